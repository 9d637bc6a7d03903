using System.CommandLine;
using System.Globalization;
using System.Text;
using Disbursement.BankAdapters.Envelopes;
using Disbursement.BankAdapters.Profiles;
using Disbursement.Engine.Arrears;
using Disbursement.Engine.Audit;
using Disbursement.Engine.Calendars;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;
using Disbursement.Engine.Runtime;
using Command = System.CommandLine.Command;
using EngineCommand = Disbursement.Engine.Runtime.Command;

namespace Disbursement.Host.Cli;

/// <summary>
/// ledger adopt: a calendar, bank profile, rule pack or bank's certificate comes into force by two people, each by a
/// run.
/// </summary>
internal static class AdoptCommand
{
    public static Command Create()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "文件 / the file" };
        var kind = new Option<string>("--kind") { Required = true, Description = "种类 / what it is" };
        kind.AcceptOnlyFromAmong(Adopt.Calendar, Adopt.Profile, Adopt.Rules, BankReceive.Certificate);
        var profile = new Option<string?>("--profile")
        {
            Description = "银行配置, 采用银行证书时 / the bank profile, with a bank's certificate",
        };
        var adopt = new Command("adopt", "由两人采用工作日历、银行配置、预警规则包或银行证书 / two people adopt a calendar, bank "
            + "profile, rule pack or bank's certificate") { file, kind, profile };
        adopt.SetAction(parse =>
        {
            var session = new Session(parse);
            var given = parse.GetValue(file)!;
            if (!given.Exists) throw Usage.NoFile(given);
            var (what, bytes) = (parse.GetValue(kind)!, File.ReadAllBytes(given.FullName));
            var named = NameOf(session, what, given, bytes, parse.GetValue(profile));
            if (!named.Accepted) return ProfileCommands.Refused(session.Output, named.Findings);
            var command = new EngineCommand("ledger.adopt", ("kind", what), ("name", named.Value))
                .With(new InputDocument(what, bytes, Name: given.Name));
            return session.Run(command, outcome =>
            {
                var row = (AdoptionRow)outcome.Result!;
                session.Output.Print(
                    new { row.Kind, row.Name, row.Version, row.Document, repeat = outcome.Repeat },
                    $"{row.Kind} {row.Name}: {session.Output.Text("版本", "version")} {row.Version}, {row.Document}");
                return ExitStatus.Done;
            });
        });
        return adopt;
    }

    /// <summary>The name it is adopted under: later decisions look for it there.</summary>
    private static Decision<string> NameOf(Session session, string kind, FileInfo file, byte[] bytes,
        string? profile)
    {
        if (kind == BankReceive.Certificate)
        {
            if (profile is null) throw Usage.KindNeedsProfile(kind);
            if (EnvelopeCatalogue.KeyFault(Encoding.UTF8.GetString(bytes)) is { } fault)
                throw Usage.Unusable(file, fault);
            return Decision<string>.Accept(profile);
        }
        if (profile is not null) throw Usage.ProfileGoesWith(BankReceive.Certificate);
        if (kind == Adopt.Calendar) return Decision<string>.Accept(ArrearsSweep.CalendarName);
        if (kind == Adopt.Rules) return PackName(session, file, bytes);
        var read = ProfileValidation.Read(file.Name, bytes, session.Adapters.Catalogue);
        return read.Accepted ? Decision<string>.Accept(read.Value.Id) : Decision<string>.Refuse(read.Findings);
    }

    private static Decision<string> PackName(Session session, FileInfo file, byte[] bytes)
    {
        var ledger = session.Ledger();
        var pack = RulePackForm.Adoptable(file.Name, bytes, ledger.ToString(CultureInfo.InvariantCulture),
            ChinaTime.DayOf(session.Now(ledger)));
        return pack.Accepted ? Decision<string>.Accept(pack.Value.Id) : Decision<string>.Refuse(pack.Findings);
    }
}
