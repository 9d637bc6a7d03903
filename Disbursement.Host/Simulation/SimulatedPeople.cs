using System.Security.Cryptography;
using System.Text;
using Disbursement.Engine.People;
using Disbursement.Engine.Runtime;
using Disbursement.Host.Demo;
using Disbursement.Host.Samples;
using Disbursement.Host.Security;
using Org.BouncyCastle.Crypto.Parameters;

namespace Disbursement.Host.Simulation;

/// <summary>Who signs in a simulated world, with keys that are the same in every world.</summary>
internal static class SimulatedPeople
{
    public const string Clerk = "clerk", Administrator = "administrator", Treasurer = "treasurer",
        Supervisor = "supervisor";

    /// <summary>The first keys of the four people.</summary>
    public static IReadOnlyList<DemoPerson> All { get; } =
    [
        Person(Clerk, "样例甲", "52010219800101012", Roles.Clerk),
        Person(Administrator, "样例乙", "52010319820202012", Roles.WageAdministrator),
        Person(Treasurer, "样例丙", "52011119850303012", $"{Roles.Treasurer} {Roles.Supervisor}"),
        Person(Supervisor, "样例丁", "52011219790404012", $"{Roles.Supervisor} {Roles.Treasurer}"),
    ];

    /// <summary>The key of a person's nth version.</summary>
    public static KeyPairPem Key(string handle, int version)
    {
        var secret = SHA256.HashData(Encoding.UTF8.GetBytes($"simulated key of {handle} {version}"));
        var key = new Ed25519PrivateKeyParameters(secret);
        return PemText.Pair(key, key.GeneratePublicKey());
    }

    private static DemoPerson Person(string handle, string name, string seventeen, string roles)
    {
        var key = Key(handle, 1);
        return new DemoPerson(handle, name, SampleIdentifiers.Identity(seventeen), roles, key.PrivatePem,
            key.PublicPem);
    }
}

/// <summary>Keys of persons and documents that follow from their subject: the same world seals the same bytes.
/// </summary>
internal sealed class SimulatedKeys : IKeptKeys
{
    public byte[] Find(long ledger, string subject) =>
        SHA256.HashData(Encoding.UTF8.GetBytes($"simulated secret of {ledger} {subject}"));

    byte[]? IKeptKeys.Find(long ledger, string subject) => Find(ledger, subject);

    public byte[]? ErasedField(long ledger, string subject, string label, string value) => null;

    public string? Known(long ledger, string subject, string label) => null;

    public void Forget(long ledger, string subject) { }
}
