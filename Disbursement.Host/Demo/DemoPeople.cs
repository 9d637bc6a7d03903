using System.Text;
using Disbursement.Engine.People;
using Disbursement.Engine.Runtime;
using Disbursement.Host.Samples;
using Disbursement.Host.Security;

namespace Disbursement.Host.Demo;

/// <summary>A sample person with a key of their own: signs commands as --as and --key would.</summary>
public sealed record DemoPerson(
    string Handle, string Name, string Identity, string Roles, string PrivateKeyPem, string PublicKeyPem)
{
    public Command Sign(long ledger, Command command)
    {
        var text = Encoding.UTF8.GetBytes(Approval.Text(ledger, command, Handle));
        return command.With(Approval.Document(ledger, command, Handle,
            ApprovalSignature.Sign(PrivateKeyPem, text).Base64));
    }

    public Command Enrolment() => new Command("person.enrol", ("person", Handle), ("roles", Roles))
        .With(new Enrolment(Name, Identity, "ed25519", PublicKeyPem).Document());
}

/// <summary>The four people of the demo. Keys are made at the first run and kept in the folder.</summary>
public sealed class DemoPeople
{
    public DemoPeople(DemoFolder folder)
    {
        Clerk = Person(folder, "clerk", "样例甲", "520102198001010", Roles.Clerk);
        Administrator = Person(folder, "administrator", "样例乙", "520103198202020", Roles.WageAdministrator);
        Treasurer = Person(folder, "treasurer", "样例丙", "520111198503030", $"{Roles.Treasurer} {Roles.Supervisor}");
        Supervisor = Person(folder, "supervisor", "样例丁", "520112197904040", $"{Roles.Supervisor} {Roles.Treasurer}");
    }

    public DemoPerson Clerk { get; }
    public DemoPerson Administrator { get; }
    public DemoPerson Treasurer { get; }
    public DemoPerson Supervisor { get; }
    public IEnumerable<DemoPerson> All => [Clerk, Administrator, Treasurer, Supervisor];

    private static DemoPerson Person(DemoFolder folder, string handle, string name, string fifteen, string roles)
    {
        var path = Path.Combine(folder.People, $"{handle}.key.pem");
        var publicPath = Path.Combine(folder.People, $"{handle}.pem");
        if (!File.Exists(publicPath))
        {
            var pair = Ed25519Keys.Generate();
            File.WriteAllText(path, pair.PrivatePem);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            var temporary = publicPath + ".new";
            File.WriteAllText(temporary, pair.PublicPem);
            File.Move(temporary, publicPath);
        }
        var seventeen = fifteen + "12";
        var identity = seventeen + Engine.Primitives.IdentityNumber.CheckCharacter(seventeen);
        return new DemoPerson(handle, name, identity, roles, File.ReadAllText(path), File.ReadAllText(publicPath));
    }
}
