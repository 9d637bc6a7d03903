using System.CommandLine;
using Disbursement.Host.Audit;
using Disbursement.Host.Demo;
using Disbursement.Host.Security;
using Disbursement.Host.Storage;
using Spectre.Console;

namespace Disbursement.Host.Cli;

/// <summary>demo: one wage month on the input files that ship with the Host, against three sandbox banks.</summary>
public static class DemoCommand
{
    public static Command Create()
    {
        var data = new Option<DirectoryInfo>("--data")
        {
            Description = "演示目录 / folder of the demo",
            DefaultValueFactory = _ => new DirectoryInfo(Path.Combine("data", "demo")),
        };
        var demo = new Command("demo", "演示: 从考勤到发放的一个工资月 / one wage month, from attendance to paid") { data };
        demo.SetAction(parse =>
        {
            var output = Output.Of(parse);
            var folder = new DemoFolder(parse.GetValue(data)!.FullName);
            // --db names another engine; without it the demo's database stands in its folder.
            var dialect = parse.GetResult(GlobalOptions.Database) is { Implicit: false }
                ? Dialect.Parse(parse.GetValue(GlobalOptions.Database)!)
                : new SqliteDialect(folder.Database);
            var store = new LedgerStore(dialect);
            // A demo plays a made-up month: never into books that somebody keeps.
            if (folder.IsNew && (File.Exists(folder.Database) || Directory.EnumerateFiles(folder.Books).Any()))
                throw Usage.NoDemoFolder(folder.Root);
            // Claimed before the first byte of a database: a demo that dies while making it goes on as a demo.
            if (!dialect.HoldsLedgers()) folder.Claim();
            store.Migrate();
            if (folder.IsNew && store.Ledgers().Count > 0)
                throw Usage.DemoDatabaseHolds;
            folder.Claim();
            return Played(new DemoWorld(folder, store), dialect, output);
        });
        return demo;
    }

    private static int Played(DemoWorld world, Dialect dialect, Output output)
    {
        try
        {
            var changed = Run(world, output);
            var report = DemoReport.Of(world, changed, LogHolds(world, dialect));
            report.Print(output);
            Papers(world, dialect, output);
            return report.Holds ? ExitStatus.Done : ExitStatus.FoundWrong;
        }
        catch (BankEndedException bank)
        {
            Console.Error.WriteLine(bank.Message);
            Console.Error.WriteLine(output.Text("再次运行即可继续", "run it again and it goes on where it stopped"));
            return ExitStatus.WorldFailed;
        }
    }

    /// <summary>Every step not done yet, in order; true where there was one.</summary>
    private static bool Run(DemoWorld world, Output output)
    {
        var changed = false;
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        foreach (var step in DemoScript.Steps)
        {
            world.Clock(step.At);
            if (world.Folder.IsDone(step.Name)) continue;
            console.MarkupLineInterpolated($"{TimeText.Date.Format(step.At.Date)}  {output.Text(step.Zh, step.En)}");
            step.Act(world);
            world.Folder.MarkDone(step.Name);
            changed = true;
        }
        return changed;
    }

    /// <summary>The papers of the month; on a machine without a Chinese font workbooks alone, and a line that says so.
    /// </summary>
    private static void Papers(DemoWorld world, Dialect dialect, Output output)
    {
        var findings = DemoPapers.Write(world, dialect, LogKey.Ensure(KeyPath(world)));
        var files = Directory.GetFiles(world.Folder.Papers, "*", SearchOption.AllDirectories).Length;
        Console.Error.WriteLine(output.Text($"台账、清单、凭证和证据材料: {world.Folder.Papers}, {files} 个文件",
            $"wage ledgers, pay slips, vouchers and evidence: {files} files in {world.Folder.Papers}"));
        foreach (var finding in findings)
            Console.Error.WriteLine($"{output.Said(finding)}; {Terms.Advice(finding, output.Chinese)}");
    }

    private static string KeyPath(DemoWorld world) => Path.Combine(world.Folder.Keys, "log.key.pem");

    /// <summary>Signs the head, moves the anchor, and verifies the whole log against both.</summary>
    private static bool LogHolds(DemoWorld world, Dialect dialect)
    {
        // Everything a demo leaves behind is in its folder, the anchor of another engine's database too.
        var anchor = dialect is SqliteDialect ? null : Path.Combine(world.Folder.Root, "disburse.anchor");
        var files = new LogFiles(dialect, KeyPath(world), anchor);
        var key = LogKey.Ensure(files.KeyPath);
        using var log = new LiveLog(dialect, world.Ledger);
        var note = log.Sign(key);
        if (!note.Accepted) return false;
        new Anchor(files.AnchorPath(world.Ledger)).Save(note.Value);
        return log.Verify(files.Verifiers(log.Origin)).Count == 0;
    }
}
