using System.CommandLine;
using Disbursement.Engine.People;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Runtime;
using Disbursement.Host.Security;
using Command = System.CommandLine.Command;

namespace Disbursement.Host.Cli;

/// <summary>person enroll, rekey, revoke and list.</summary>
public static class PersonCommands
{
    public static Command Create() =>
        new("person", "人员与密钥 / people and keys") { Enroll(), Rekey(), Revoke(), List() };

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

    private static Command Rekey()
    {
        var handle = new Argument<string>("person") { Description = "登记名 / handle" };
        var key = new Option<FileInfo>("--public-key")
        { Required = true, Description = "新公钥 PEM / new public key, PEM" };
        var rekey = new Command("rekey",
            "由两人为一名人员换密钥; 旧密钥即行停用 / two people give a person a new key; the old one counts no more")
        { handle, key };
        rekey.SetAction(parse =>
        {
            var session = new Session(parse);
            var (person, given) = (parse.GetValue(handle)!, PublicKey(parse.GetValue(key)!));
            var command = new Engine.Runtime.Command("person.rekey", ("person", person))
                .With(PersonRekey.Document(person, given.Algorithm, given.Pem));
            return session.Run(command, outcome => Changed(session, outcome));
        });
        return rekey;
    }

    private static Command Revoke()
    {
        var handle = new Argument<string>("person") { Description = "登记名 / handle" };
        var revoke = new Command("revoke",
            "停用密钥: 本人一次, 他人须两人 / revoke a key: the person alone, else two people") { handle };
        revoke.SetAction(parse =>
        {
            var session = new Session(parse);
            return session.Run(new Engine.Runtime.Command("person.revoke", ("person", parse.GetValue(handle)!)),
                outcome => Changed(session, outcome));
        });
        return revoke;
    }

    private static int Changed(Session session, Outcome outcome)
    {
        var person = (PersonRow)outcome.Result!;
        using var view = session.Store.Read(session.Ledger());
        var now = KeyInForce.Of(view, person);
        session.Output.Print(new
        {
            person.Person,
            person.Handle,
            key_version = KeyInForce.Newest(view, person),
            algorithm = now?.Algorithm,
            revoked = now is null,
            repeat = outcome.Repeat,
        }, $"{person.Handle}: {KeyText(session.Output, view, person)}");
        return ExitStatus.Done;
    }

    private static string KeyText(Output output, IRowReader rows, PersonRow person) =>
        KeyInForce.Of(rows, person) is { } key
            ? output.Text($"第 {key.Version} 把密钥 ({key.Algorithm})", $"key {key.Version} ({key.Algorithm})")
            : output.Text("密钥已停用", "key revoked");

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
            var people = view.List<PersonRow>().Select(p => new
            {
                p.Person,
                p.Handle,
                p.Roles,
                algorithm = KeyInForce.Of(view, p)?.Algorithm,
                key_version = KeyInForce.Newest(view, p),
                revoked = KeyInForce.Of(view, p) is null,
                key = KeyText(session.Output, view, p),
            }).ToList();
            session.Output.Table(people, ("person", p => p.Person), ("handle", p => p.Handle), ("roles", p => p.Roles),
                ("key", p => p.key));
            return ExitStatus.Done;
        });
        return list;
    }
}
