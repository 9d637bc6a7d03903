using System.CommandLine;
using Disbursement.BankAdapters.Profiles;
using Disbursement.Engine.Audit;
using Disbursement.Engine.Primitives;

namespace Disbursement.Host.Cli;

/// <summary>profile list, check and test: partner banks as data.</summary>
public static class ProfileCommands
{
    public static Command Create() => new("profile", "合作银行配置 / profiles of partner banks")
    {
        List(), Check(), ConformanceReport.Create(),
    };

    private static Command List()
    {
        var list = new Command("list",
            "列出随附的配置; 加 --ledger 列出账本采用的 / list what ships, or with --ledger what it adopted");
        list.SetAction(parse =>
        {
            var session = new Session(parse);
            var rows = Shipped.Profiles().Select(file => new Shown("shipped", file, File.ReadAllBytes(file)))
                .Concat(session.Adapters.Profiles.Select(file => new Shown(file, file, File.ReadAllBytes(file))))
                .ToList();
            if (parse.GetValue(GlobalOptions.Ledger) is not null) rows = [.. Adopted(session)];
            session.Output.Table([.. rows.Select(row => Line(row, session.Adapters.Catalogue))],
                ("profile", p => $"{p.Profile}\n{p.Name}\nversion {p.Version}, {p.From}"),
                ("out, in, statement, envelope", p => $"{p.Outbound}\n{p.Inbound}\n{p.Statement}\n{p.Envelope}"),
                ("at most", p => $"{p.RowsPerFile} rows\n{new Money(p.FileFen)} yuan a file\n"
                    + $"{new Money(p.RowFen)} yuan a row"),
                ("adapters from outside", p => string.Join('\n', p.Adapters)),
                ("unsourced", p => string.Join('\n', p.Unsourced)));
            return ExitStatus.Done;
        });
        return list;
    }

    private static Command Check()
    {
        var file = Named();
        var check = new Command("check", "检查配置, 给出全部问题 / check a profile and print all findings") { file };
        check.SetAction(parse =>
        {
            var session = new Session(parse);
            var output = session.Output;
            var named = Found(session, parse.GetValue(file)!);
            var decision = Read(named, session.Adapters.Catalogue);
            if (!decision.Accepted) return Refused(output, decision.Findings);
            IReadOnlyList<Finding> findings = [.. OtherThanShipped(named, decision.Value.Id), .. decision.Findings];
            output.Findings(findings);
            output.Print(new { profile = decision.Value.Id, findings = findings.Select(Output.Plain) },
                $"{decision.Value.Id}: {output.Text("可用", "good")}, {findings.Count} "
                + output.Text("项提示", "warnings"));
            return ExitStatus.Done;
        });
        return check;
    }

    /// <summary>A changed copy may take the place of what ships, by two people; one that took its name by mistake is
    /// told.</summary>
    private static IEnumerable<Finding> OtherThanShipped(FileInfo file, string id) =>
        Shipped.Profiles().FirstOrDefault(ours => Path.GetFileNameWithoutExtension(ours) == id) is { } ours
            && !File.ReadAllBytes(ours).AsSpan().SequenceEqual(File.ReadAllBytes(file.FullName))
            ? [new(ProfileRules.IdShips, new Place(file.Name, 0, "id", id), id)] : [];

    /// <summary>The argument of check and test.</summary>
    internal static Argument<FileInfo> Named() => new("FILE")
    {
        Description = "配置文件, 或随附配置的编号 (见 profile list) / a profile file, or the id of one that ships (profile "
            + "list)",
    };

    /// <summary>The file as it was named, or else the one of that id among those that ship and those from outside.
    /// </summary>
    internal static FileInfo Found(Session session, FileInfo named) => named.Exists ? named
        : Shipped.Profiles().Concat(session.Adapters.Profiles)
            .FirstOrDefault(file => Path.GetFileNameWithoutExtension(file) == $"{named}") is { } known
            ? new FileInfo(known) : throw Usage.NoProfile(named);

    /// <summary>A profile file against a catalogue.</summary>
    internal static Decision<BankProfile> Read(FileInfo file, BankCatalogue catalogue) =>
        ProfileValidation.Read(file.Name, File.ReadAllBytes(file.FullName), catalogue);

    /// <summary>A file that is no profile at all was not decoded: that is bad input, not a rule broken.</summary>
    internal static int Refused(Output output, IReadOnlyList<Finding> findings)
    {
        var status = output.Refused(findings);
        return findings.Any(f => f.Rule == ProfileRules.Unreadable) ? ExitStatus.BadUsage : status;
    }

    private static IEnumerable<Shown> Adopted(Session session)
    {
        using var view = session.Store.Read(session.Ledger());
        var newest = view.List<AdoptionRow>(("kind", Adopt.Profile)).GroupBy(row => row.Name)
            .Select(versions => versions.MaxBy(row => row.Version)!);
        return [.. newest.Select(row => new Shown($"adopted {row.Version}", row.Name,
            view.Vault.Open(row.Document) ?? throw new DefectException($"profile {row.Name} has no document")))];
    }

    private static ProfileLine Line(Shown shown, BankCatalogue catalogue)
    {
        var decision = ProfileValidation.Read(shown.File, shown.Json, catalogue);
        if (!decision.Accepted)
            throw new DefectException($"{shown.File} does not hold: {decision.Findings[0].Text(chinese: false)}");
        var p = decision.Value;
        return new(p.Id, p.Version, shown.From, p.NameZh, p.Outbound.Codec, p.Inbound.Codec, p.Statement.Codec,
            p.Envelope.Kind, p.Limits.RowsPerFile, p.Limits.FileFen, p.Limits.RowFen, [.. Outside(p, catalogue)],
            [.. decision.Findings.Where(f => f.Rule == ProfileRules.Unsourced).Select(f => f.Arguments[0])]);
    }

    /// <summary>Names of the profile that no shipped adapter bears, each with the file and digest it is from.</summary>
    private static IEnumerable<string> Outside(BankProfile profile, BankCatalogue catalogue) =>
        profile.Forms().Select(form => form.Form.Codec).Append(profile.Envelope.Kind).Concat(profile.Transport.Kinds)
            .Distinct(StringComparer.Ordinal).Where(name => catalogue.Origin(name) is not null)
            .Select(name => $"{name}: {catalogue.Origin(name)}");

    private sealed record Shown(string From, string File, byte[] Json);

    private sealed record ProfileLine(string Profile, int Version, string From, string Name, string Outbound,
        string Inbound, string Statement, string Envelope, int RowsPerFile, long FileFen, long RowFen,
        IReadOnlyList<string> Adapters, IReadOnlyList<string> Unsourced);
}
