using System.Text.Json;
using Disbursement.Engine.Accounts;
using Disbursement.Engine.Files;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.People;
using Disbursement.Engine.Returns;
using Disbursement.Host;
using Disbursement.Host.Demo;
using Disbursement.Tests.Cli;
using Disbursement.Tests.Storage;
using NodaTime;
using Xunit;

namespace Disbursement.Tests.Sandbox;

/// <summary>
/// The demo's month on its three banks, of three formats: three payrolls go out on 9 February, and from then on each
/// bank is run by the program's own command line with a script of misbehaviour.
/// </summary>
internal sealed class MisbehavingMonth : IDisposable
{
    public const string Nothing = "";
    private static readonly Lazy<(Database Database, string Folder)> s_funded = new(Funded);
    private readonly Database _database;
    private readonly string _folder;
    private readonly string _script;

    public MisbehavingMonth(string script)
    {
        _script = script;
        _database = Databases.Copy(s_funded.Value.Database);
        _folder = Directory.CreateTempSubdirectory("misbehaving-month-").FullName;
        foreach (var file in Directory.GetFiles(s_funded.Value.Folder, "*", SearchOption.AllDirectories))
        {
            var into = Path.Combine(_folder, Path.GetRelativePath(s_funded.Value.Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(into)!);
            File.Copy(file, into);
        }
        World = new DemoWorld(new DemoFolder(_folder), _database.Store);
        Step("release", new(2026, 2, 9, 9, 0));
    }

    public DemoWorld World { get; }

    public IReadOnlyList<DisbursementFileRow> Files => World.Ask(v => v.List<DisbursementFileRow>());

    /// <summary>How often each kind of exception was raised; some are the magic accounts' of the month.</summary>
    public IReadOnlyDictionary<string, int> Kinds => World.Ask(v => v.List<BankExceptionRow>()).CountBy(x => x.Kind)
        .ToDictionary(StringComparer.Ordinal);

    public ProjectTotals Totals
    {
        get
        {
            var all = World.Ask(ProjectTotals.Of);
            return all[0] with
            {
                Project = "",
                Name = "",
                LinesDeclared = all.Sum(p => p.LinesDeclared),
                DeclaredFen = all.Sum(p => p.DeclaredFen),
                LinesPaid = all.Sum(p => p.LinesPaid),
                PaidFen = all.Sum(p => p.PaidFen),
                LinesInFlight = all.Sum(p => p.LinesInFlight),
                InFlightFen = all.Sum(p => p.InFlightFen),
                LinesUnpaid = all.Sum(p => p.LinesUnpaid),
                UnpaidFen = all.Sum(p => p.UnpaidFen),
                LinesVoided = all.Sum(p => p.LinesVoided),
                VoidedFen = all.Sum(p => p.VoidedFen),
            };
        }
    }

    /// <summary>An act of the demo's script, at a moment of ours.</summary>
    public void Step(string name, LocalDateTime at)
    {
        World.Clock(at);
        DemoScript.Steps.Single(s => s.Name == name).Act(World);
        AddsUp();
    }

    /// <summary>The banks take our files and answer; we take the answers.</summary>
    public void Exchange(int day)
    {
        World.Clock(new(2026, 2, day, 15, 0));
        foreach (var profile in DemoWorld.Profiles)
            Bank("run", profile, day, ["--once", .. _script == Nothing ? [] : new[] { "--misbehave", _script }]);
        World.Receive();
        AddsUp();
    }

    public void DayEnd(int day)
    {
        World.Clock(new(2026, 2, day, 18, 0));
        foreach (var profile in DemoWorld.Profiles) Bank("day-end", profile, day, []);
        World.Receive();
        AddsUp();
    }

    /// <summary>Both, day after day.</summary>
    public void Days(int from, int to)
    {
        for (var day = from; day <= to; day++)
        {
            Exchange(day);
            DayEnd(day);
        }
    }

    /// <summary>The names of messages from a bank, as they stand in its folder.</summary>
    public IReadOnlyList<string> Messages(string profile) => [.. Directory.GetFiles(
        Path.Combine(World.Folder.Exchange, profile, "from-bank")).Select(path => Path.GetFileName(path))];

    /// <summary>Nothing lost and nothing paid twice, at any moment: every claim is one of the four, by counters and by
    /// facts; no bank holds more credits than we count as paid or on the way; nobody got more than is owed.</summary>
    public void AddsUp()
    {
        var totals = World.Ask(ProjectTotals.Of);
        Assert.All(totals, p => Assert.True(p.AddsUp, $"{p}"));
        Assert.Equal(World.Ask(ProjectTotals.FromFacts), totals);
        var owed = World.Ask(v => v.List<WageClaimRow>()).GroupBy(c => c.Worker)
            .ToDictionary(g => g.Key, g => g.Sum(c => c.NetFen));
        var got = Got();
        Assert.True(got.Values.Sum() <= Totals.PaidFen + Totals.InFlightFen,
            $"the banks credited {got.Values.Sum()} fen: {Totals}");
        Assert.All(got, worker => Assert.True(worker.Value <= owed[worker.Key], $"{worker} of {owed[worker.Key]}"));
    }

    /// <summary>After the last answers: our payments are the banks' credits, account by account, and our books are
    /// theirs.</summary>
    public void MoneyAgrees()
    {
        Assert.Empty(World.Ask(v => BankComparison.Differences(v, DemoWorld.Profiles, Books)));
        var posted = World.Ask(v => v.List<AccountEntryRow>()).GroupBy(e => e.Account)
            .Sum(g => g.Last().PostedAfterFen);
        Assert.Equal(DemoWorld.Profiles.Sum(Balance), posted);
        var (code, output) = Run("audit", "rebuild", "--db", _database.Option);
        Assert.True(code == 0, output);
    }

    private long Balance(string profile)
    {
        using var books = Books(profile);
        return books.RootElement.GetProperty("payers").EnumerateArray()
            .Sum(p => p.GetProperty("balance_fen").GetInt64());
    }

    /// <summary>What went wrong, by the banks' own books.</summary>
    public IReadOnlyList<string> Misbehaved => [.. DemoWorld.Profiles.SelectMany(profile =>
    {
        using var books = Books(profile);
        return books.RootElement.GetProperty("files").EnumerateArray().SelectMany(f =>
            f.GetProperty("misbehaves").GetString()!.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
    })];

    /// <summary>What each worker got and kept, by the banks' books.</summary>
    private Dictionary<long, long> Got()
    {
        var workers = World.Ask(v => v.List<PayeeAccountRow>()
            .Select(p => (PayeeText.Open(v.Vault, p.Worker, p.Version, p.Sealed)!.Account, p.Worker)).Distinct()
            .ToDictionary());
        var got = new Dictionary<long, long>();
        foreach (var profile in DemoWorld.Profiles)
        {
            using var books = Books(profile);
            foreach (var payee in books.RootElement.GetProperty("payees").EnumerateArray())
            {
                var worker = workers[payee.GetProperty("account").GetString()!];
                got[worker] = got.GetValueOrDefault(worker) + payee.GetProperty("net_fen").GetInt64();
            }
        }
        return got;
    }

    private JsonDocument Books(string profile)
    {
        var (code, output) = Run("bank-sandbox", "books", "--profile", profile, "--books", World.Folder.Books,
            "--json");
        Assert.Equal(0, code);
        return JsonDocument.Parse(output);
    }

    private void Bank(string verb, string profile, int day, IReadOnlyList<string> more)
    {
        var (code, output) = Run(["bank-sandbox", verb, "--profile", profile, "--books", World.Folder.Books,
            "--exchange", World.Folder.Exchange, "--keys", World.Folder.Keys, "--date", $"2026-02-{day:00}", .. more]);
        Assert.True(code == 0, output);
    }

    /// <summary>The program's own entry point, in this process.</summary>
    private static (int Code, string Output) Run(params IReadOnlyList<string> words)
    {
        var main = typeof(Composition).Assembly.EntryPoint!;
        var taken = ConsoleTap.Take(() => (int)main.Invoke(null, [words.ToArray()])!);
        return (taken.Status, taken.Status == 0 ? taken.Output : taken.Seen);
    }

    private static (Database, string) Funded()
    {
        var database = Databases.Fresh(Engines.Sqlite);
        var folder = Directory.CreateTempSubdirectory("funded-month-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            database.Dispose();
            Directory.Delete(folder, recursive: true);
        };
        var world = new DemoWorld(new DemoFolder(folder), database.Store);
        foreach (var step in DemoScript.Steps.TakeWhile(s => s.Name != "release"))
        {
            world.Clock(step.At);
            step.Act(world);
        }
        return (database, folder);
    }

    public void Dispose()
    {
        _database.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
