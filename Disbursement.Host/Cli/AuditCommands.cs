using System.CommandLine;
using Disbursement.Engine.Audit;
using Disbursement.Engine.Primitives;
using Disbursement.Host.Audit;
using Disbursement.Host.Security;
using Disbursement.Host.Storage;

namespace Disbursement.Host.Cli;

/// <summary>
/// audit verify, prove, export, rebuild and checkpoint. None of them migrates the database or trusts it.
/// </summary>
public static class AuditCommands
{
    public static Command Create() => new("audit", "审计日志 / the audit log")
    {
        Verify(), ProveCommand.Create(), Export(), Rebuild(), Checkpoint(),
    };

    private static Command Verify()
    {
        var folder = new Argument<DirectoryInfo?>("dir")
        {
            Arity = ArgumentArity.ZeroOrOne,
            Description = "导出的目录, 缺省为数据库 / an exported folder; without it the database"
        };
        var verify = new Command("verify", "验证日志 / verify the log") { folder };
        verify.SetAction(parse =>
        {
            var session = new Session(parse) { Anchored = false };
            return parse.GetValue(folder) is { } exported
                ? Exported(session, exported, parse.GetValue(GlobalOptions.Key)?.FullName)
                : Live(session);
        });
        return verify;
    }

    private static int Exported(Session session, DirectoryInfo folder, string? keyFile)
    {
        if (!folder.Exists) throw Usage.NoFolder(folder);
        var verdict = ExportCheck.Verify(folder.FullName, keyFile);
        return Verdict(session.Output, verdict.Findings,
            new { origin = verdict.Head?.Origin, leaves = verdict.Leaves, documents = verdict.Documents },
            $"{session.Output.Text("日志条数", "leaves")} {verdict.Leaves}, "
                + $"{session.Output.Text("文件", "documents")} {verdict.Documents}");
    }

    private static int Live(Session session)
    {
        var findings = new List<Finding>(SchemaCheck.Told(session.Dialect));
        var leaves = 0L;
        foreach (var head in Ledgers(session))
        {
            using var log = new LiveLog(session.Dialect, head);
            leaves += log.Row.Leaves;
            var known = session.LogFiles.Verifiers(log.Origin);
            if (known.Count == 0 && log.Checkpoints().Count > 0)
                findings.Add(RebuildRules.LogKeyMissing.Of(session.LogFiles.KeyPath));
            findings.AddRange(log.Verify(known));
            if (log.Head is not null) findings.AddRange(session.LogFiles.CheckAnchor(log));
        }
        return Verdict(session.Output, findings, new { leaves }, $"{session.Output.Text("日志条数", "leaves")} {leaves}");
    }

    private static Command Checkpoint()
    {
        var checkpoint = new Command("checkpoint", "签署日志头并更新锚点 / sign the head and move the anchor");
        checkpoint.SetAction(parse =>
        {
            var session = new Session(parse) { Anchored = false };
            var signed = new List<object>();
            var words = new List<string>();
            foreach (var ledger in Ledgers(session))
            {
                var key = LogKey.Ensure(session.LogFiles.KeyPath);
                using var log = new LiveLog(session.Dialect, ledger);
                var anchor = session.LogFiles.AnchorPath(ledger);
                // An anchor ahead, or of another history, is never overwritten.
                if (File.Exists(anchor) && session.LogFiles.CheckAnchor(log) is [_, ..] behind)
                    return session.Output.Refused(behind);
                var note = log.Sign(key);
                if (!note.Accepted) return session.Output.Refused(note.Findings);
                log.Alone(() => new Anchor(anchor).Advance(note.Value));
                words.Add($"{log.Origin} {log.Head!.Size} {log.Head.Root} → {anchor}");
                signed.Add(new
                {
                    ledger,
                    size = log.Head.Size,
                    root =
                    log.Head.Root.ToString(),
                    anchor,
                    note = note.Value.Text
                });
            }
            session.Output.Print(signed, string.Join('\n', words));
            return ExitStatus.Done;
        });
        return checkpoint;
    }

    private static Command Export()
    {
        var folder = new Option<DirectoryInfo>("--out")
        {
            Required = true,
            Description = "新目录或空目录 / a new or empty folder"
        };
        var export = new Command("export", "导出日志和文件 / write the log with its documents") { folder };
        export.SetAction(async (parse, cancel) =>
        {
            var session = new Session(parse) { Anchored = false };
            var into = parse.GetValue(folder)!.FullName;
            var ledger = One(session);
            var written = await LiveExport.WriteAsync(session.Dialect, ledger,
                LogKey.Ensure(session.LogFiles.KeyPath), into, cancel);
            if (!written.Accepted) return session.Output.Refused(written.Findings);
            session.Output.Print(new { ledger, folder = into, files = written.Value },
                $"{into}: {written.Value} {session.Output.Text("个文件", "files")}");
            return ExitStatus.Done;
        });
        return export;
    }

    private static Command Rebuild()
    {
        var into = new Option<string?>("--into")
        {
            Description = "新数据库 sqlite:PATH 或 postgres:CONNECTION / a new database"
        };
        var rebuild = new Command("rebuild", "由日志、文件和密钥重建并比对 / decide everything again and compare") { into };
        rebuild.SetAction(parse =>
        {
            var session = new Session(parse) { Anchored = false };
            return parse.GetValue(into) is { } target
                ? Anew(session, Dialect.Parse(target, "--into"))
                : Compared(session);
        });
        return rebuild;
    }

    private static int Anew(Session session, Dialect target)
    {
        // Both are looked at before anything is made.
        using var source = new LogSource(session.Dialect);
        var fresh = new LedgerStore(target);
        if (target.HoldsLedgers() && fresh.Ledgers().Count > 0)
            throw Usage.IntoHolds;
        fresh.Migrate();
        var rebuild = new Rebuild(source, target, catalogue: session.Adapters.Catalogue);
        var findings = rebuild.Run();
        return Verdict(session.Output, findings,
            new { leaves = rebuild.Leaves },
            $"{session.Output.Text("重建日志条数", "leaves decided again")} {rebuild.Leaves}");
    }

    private static int Compared(Session session)
    {
        var only = session.RegionOption();
        var comparison = LiveRebuild.Compare(session.Dialect, only, session.LogFiles.Verifiers,
            session.Adapters.Catalogue);
        if (!File.Exists(session.LogFiles.KeyPath) && comparison.Checkpoints > 0)
            comparison = comparison with
            {
                Findings = [.. comparison.Findings, RebuildRules.LogKeyMissing.Of(session.LogFiles.KeyPath)],
            };
        var schema = SchemaCheck.Told(session.Dialect).ToLookup(f => f.Rule == AuditRules.OtherVersion);
        return Verdict(session.Output, [.. schema[true], .. comparison.Findings, .. schema[false]],
            new { leaves = comparison.Leaves, equal = comparison.Equal },
            $"{session.Output.Text("重建日志条数", "leaves decided again")} {comparison.Leaves}");
    }

    internal static IReadOnlyList<long> Ledgers(Session session)
    {
        IReadOnlyList<long> all = [.. new LedgerStore(session.Dialect).Ledgers().Select(l => l.Ledger)];
        return session.RegionOption() is not { } one ? all
            : all.Contains(one) ? [one] : throw Usage.NoSuchLedger(one);
    }

    internal static long One(Session session) => Ledgers(session) switch
    {
        [var one] => one,
        [] => throw Usage.NoLedger,
        _ => throw Usage.SeveralLedgers,
    };

    /// <summary>Exit status 0 where nothing is refused, 1 with the findings otherwise.</summary>
    internal static int Verdict(Output output, IReadOnlyList<Finding> findings, object facts, string words)
    {
        var valid = findings.All(f => f.Rule.Severity != Severity.Refusal);
        if (!output.Json) output.Findings(findings);
        output.Print(new { valid, facts, findings = findings.Select(Output.Plain) },
            $"{(valid ? output.Text("相符", "in order") : output.Text("不相符", "NOT in order"))}: {words}");
        return valid ? ExitStatus.Done : ExitStatus.FoundWrong;
    }
}
