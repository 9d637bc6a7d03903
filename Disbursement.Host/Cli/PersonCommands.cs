using System.CommandLine;
using Disbursement.Engine.People;
using Disbursement.Engine.Runtime;
using Disbursement.Host.Security;
using Command = System.CommandLine.Command;

namespace Disbursement.Host.Cli;

/// <summary>person enroll and person list.</summary>
public static class PersonCommands
{
    public static Command Create() => new("person", "人员与密钥 / people and keys") { Enroll(), List() };

    private static Command Enroll()
    {
        var handle = new Argument<string>("person") { Description = "登记名 / handle" };
        var name = new Option<string>("--name") { Required = true, Description = "姓名 / name" };
        var identity = new Option<string>("--identity") { Required = true, Description = "身份证号 / identity number" };
        var roles = new Option<string>("--roles")
        {
            DefaultValueFactory = _ => Roles.Clerk,
            Description = "角色, 空格分隔 / roles, separated by blanks",
        };
        var key = new Option<FileInfo>("--public-key") { Required = true, Description = "公钥 PEM / public key, PEM" };
        var enroll = new Command("enroll",
            "登记人员及其公钥 / enrol a person with a key") { handle, name, identity, roles, key };
        enroll.SetAction(parse =>
        {
            var session = new Session(parse);
            var given = PublicKey(parse.GetValue(key)!);
            var enrolment = new Enrolment(
                parse.GetValue(name)!, parse.GetValue(identity)!, given.Algorithm, given.Pem);
            var command = new Engine.Runtime.Command("person.enrol", ("person", parse.GetValue(handle)!),
                ("roles", parse.GetValue(roles)!))
                .With(enrolment.Document());
            return session.Run(command, outcome =>
            {
                var person = (PersonRow)outcome.Result!;
                session.Output.Print(new { person.Person, person.Handle, person.Roles, repeat = outcome.Repeat },
                    $"{person.Handle} ({person.Roles})");
                return ExitStatus.Done;
            });
        });
        return enroll;
    }

    /// <summary>What would verify nothing, or must stay secret, never reaches a ledger.</summary>
    private static PersonKey PublicKey(FileInfo file)
    {
        if (!file.Exists) throw Usage.NoFile(file, "--public-key ");
        return PersonKey.Read(File.ReadAllText(file.FullName), out var fault)
            ?? throw Usage.NoPublicKey(file, fault);
    }

    private static Command List()
    {
        var list = new Command("list", "列出人员 / list people");
        list.SetAction(parse =>
        {
            var session = new Session(parse);
            using var view = session.Store.Read(session.Ledger());
            var people = view.List<PersonRow>().Select(p => new { p.Person, p.Handle, p.Roles, p.Algorithm }).ToList();
            session.Output.Table(people, ("person", p => p.Person), ("handle", p => p.Handle), ("roles", p => p.Roles),
                ("algorithm", p => p.Algorithm));
            return ExitStatus.Done;
        });
        return list;
    }
}
