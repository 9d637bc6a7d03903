using System.Data.Common;
using System.Globalization;
using System.Text;
using Dapper;
using Disbursement.BankAdapters.Envelopes;
using Disbursement.BankAdapters.Seams;
using Disbursement.Engine.Accounts;
using Disbursement.Engine.Arrears;
using Disbursement.Engine.Files;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;
using Disbursement.Engine.Runtime;
using Disbursement.Host;
using Disbursement.Host.Files;
using Disbursement.Host.Simulation.Laws;
using Disbursement.Host.Storage;
using Disbursement.Tests.Audit;
using Disbursement.Tests.Files;
using Disbursement.Tests.Fixtures;
using Disbursement.Tests.Returns;
using Disbursement.Tests.Storage;
using NodaTime;
using Xunit;

namespace Disbursement.Tests.Laws;

/// <summary>
/// Plays steps on the real engine and store against banks that know nothing of it. A refusal is an answer; a defect
/// ends the history. What a step needs and does not find, it leaves.
/// </summary>
internal sealed partial class LawWorld : IDisposable
{
    private readonly Scratch _folder = new();
    private readonly Settings _settings;
    private readonly DbConnection _eye;

    public LawWorld(string engine = Engines.Sqlite)
    {
        (Database, Samples) = LawBase.Copy(engine);
        _settings = new Settings(_folder["exchange"], LawBase.KeysFolder, _folder["journal"]);
        _eye = Database.Owner();
    }

    public Database Database { get; }
    public SampleLedger Samples { get; }
    public LawBank[] Banks { get; } = [new(0), new(1)];
    public List<BankWord> Coming { get; } = [];
    public List<BankWord> Came { get; } = [];

    /// <summary>What this history came to see.</summary>
    public SortedSet<string> Reached { get; } = [];

    /// <summary>Plays a history and holds every law after each step (L4 after each sweep).</summary>
    /// <param name="between">Called after each step.</param>
    public static LawWorld Play(History history, string engine = Engines.Sqlite, string? only = null,
        Action<LawWorld>? between = null)
    {
        var world = new LawWorld(engine);
        try
        {
            foreach (var step in history.Steps)
            {
                world.Do(step);
                world.Hold(only);
                between?.Invoke(world);
            }
            return world;
        }
        catch
        {
            world.Dispose();
            throw;
        }
    }

    /// <summary>Every law holds, or the one asked for.</summary>
    public void Hold(string? only = null)
    {
        foreach (var (law, sql) in LawQueries.Always)
            if (only is null || only == law) Assert.Empty(Broken(sql));
    }

    /// <summary>The rows that break a law, as sentences.</summary>
    public IReadOnlyList<string> Broken(string sql, long file = 0) => _eye.Query<string>(sql,
        Moment.Named(file)).AsList();

    public string Today => TimeText.Date.Format(Day);

    /// <summary>Now, as after a sweep of this day.</summary>
    public LawMoment Moment => LawMoment.AfterSweep(SampleLedger.Ledger, Samples.Moment.At, Day);

    private LocalDate Day => Samples.Moment.At.InZone(DecisionContext.China).Date;

    public void Do(Step step)
    {
        ComeLate();
        Of(step.Act)(step.A, step.B);
    }

    private Action<int, int> Of(Act act) => act switch
    {
        Act.Approve => (a, _) => Approve(a),
        Act.Plan => Plan,
        Act.Fund => (a, _) => With(Releases(ReleaseState.Planned, ReleaseState.Short), a,
            r => Try("release.fund", "release", r.Release)),
        Act.Allot => (a, _) => Try("release.allot", "account", 1 + a % 5),
        Act.Build => (a, _) => With(Releases(ReleaseState.Funded), a, r => Build(r.Release)),
        Act.Seal => (a, _) => With(Files(FileState.Built), a, f => Seal(f.File)),
        Act.Send => (a, b) => With(Files(FileState.Sealed), a, f => Send(f, b)),
        Act.SendLost or Act.SendLate or Act.SendRefused or Act.SendCrossed or Act.SendAsleep => (a, b) =>
            With(Files(FileState.Sealed), a, f => Send(f, b, act)),
        Act.Pump => (_, b) => Pump(b),
        Act.Cancel => (a, _) => With(Releases(ReleaseState.Planned, ReleaseState.Funded, ReleaseState.Short), a,
            r => By(SampleLedger.Treasurer, new Command("release.cancel", ("release", r.Release)))),
        Act.GiveBack => (a, _) => With(Releases(ReleaseState.Funded), a,
            r => Try("release.yield", "release", r.Release)),
        Act.Withdraw => (a, _) => With(Files(FileState.Built, FileState.Sealed), a,
            f => By(SampleLedger.Treasurer, new Command("file.withdraw", ("file", f.File)))),
        Act.Deposit => (a, b) => Banks[LawBase.BankOf(1 + a % 3)].Books((b + 1) * 250_000, "TRANSFER",
            a switch { 10 => "垫付 9999", 11 => "人工费", _ => LawBase.Project(1 + a % 3) }),
        Act.Foreign => (a, b) => Foreign(Banks[a % 3 / 2], a, b),
        Act.BankWorks => (_, b) => Coming.AddRange(Banks.SelectMany(bank => bank.Works(b, 1 + b % 3))),
        Act.BankReverses => (a, b) => Coming.InsertRange(0, Banks[a % 2].Reverses(b) is { } word ? [word] : []),
        Act.Again => (_, _) => Again(),
        Act.BankReturns => (_, _) => Coming.AddRange(Banks.SelectMany(bank => bank.Returns())),
        Act.BankCloses => (_, _) => Close(),
        Act.Deliver => (a, _) => With(Coming, a, Deliver),
        Act.Repeat => (a, b) => With(Came, a, w => Deliver(b % 2 == 0 ? w
            : w with { Name = w.Name.Replace(".", $"-again{b}.", StringComparison.Ordinal) })),
        Act.Void => (a, b) => Both(new Command("claim.void", ("claim", 1 + (a + b) % 14)), ClaimVoid.Input, b % 4 == 1),
        Act.Discharge => (a, b) => Both(new Command("arrears.discharge", ("claim", 1 + (a + b) % 14)),
            b % 8 == 6 ? null : Discharge.Evidence, b % 4 == 1),
        Act.ResolveLine => (a, b) => ResolveLine(a, b % 2 == 0 ? OutcomeKind.Settled : OutcomeKind.Rejected),
        Act.ResolveFile => (a, _) => With(Files(FileState.Unknown), a, ResolveFile),
        Act.Allocate => Allocate,
        Act.Earmark => (a, b) => With(All<ObligationRow>(o => o.Payroll is not null), a,
            o => Banks[LawBase.BankOf((int)o.Project)].Books((b + 1) * 100_000, "TRANSFER", $"垫付 {o.Obligation}")),
        Act.Advance => (a, b) => With(All<ObligationRow>(o => o.Payroll is not null), a,
            o => By(SampleLedger.Treasurer, new Command("release.plan", ("obligation", o.Obligation),
                ("kind", b % 4 == 3 ? ReleaseKind.Deposit : ReleaseKind.Advance)))),
        Act.Free => (a, _) => With(All<EarmarkRow>(_ => true), a,
            e => By(SampleLedger.Treasurer, new Command("account.free", ("earmark", e.Earmark)))),
        Act.Wait => (_, b) => Samples.Moment.At += Duration.FromHours(3 + 13 * b),
        Act.Sweep => (_, _) => Sweep(),
        Act.Silence => (_, _) => By("", new Command("returns.silence")),
        _ => throw new ArgumentOutOfRangeException(nameof(act)),
    };

    /// <summary>The bank takes a fee, or a court a part of what is there, up to all of it.</summary>
    private static void Foreign(LawBank bank, int a, int b)
    {
        if (a % 4 == 3) bank.Books(-1_500 * (b + 1), "FEE", "手续费");
        else if (bank.Balance > 0) bank.Books(-Math.Max(1, bank.Balance * (b + 1) / 16), "COURT", "司法扣划");
    }

    /// <summary>The clock's sweep, and L4 after it.</summary>
    public void Sweep()
    {
        Assert.True(By("", new Command("arrears.sweep")).Accepted);
        Assert.Empty(Broken(LawQueries.OverdueIsEscalated));
    }

    /// <summary>What goes by itself: fund, build, seal, send; the bank takes it, or as the number says.</summary>
    public void Pump(int outcome)
    {
        foreach (var r in Releases(ReleaseState.Planned, ReleaseState.Short)) Try("release.fund", "release", r.Release);
        foreach (var r in Releases(ReleaseState.Funded)) Build(r.Release);
        foreach (var f in Files(FileState.Built)) Seal(f.File);
        foreach (var f in Files(FileState.Sealed)) Send(f, outcome);
    }

    public void Close()
    {
        foreach (var bank in Banks)
            if (bank.Closes(Today) is { } statement) Coming.Add(statement);
    }

    /// <summary>Hands a message over, in as many parts as it has, and looks at what yielded.</summary>
    public void Deliver(BankWord word)
    {
        Coming.Remove(word);
        if (!Came.Contains(word)) Came.Add(word);
        var (before, earmarked) = (Funded(), Earmarked());
        var statement = word.Name.StartsWith("statement", StringComparison.Ordinal);
        var body = (statement ? Encoding.UTF8 : MoneyRig.Gb18030).GetBytes(word.Text);
        var seal = EnvelopeCatalogue.Find("sm2-gmt0010")!.Seal(body, new PemKeyRing(LawBase.KeysFolder),
            new EnvelopeKeys("bank-icbc-bxt", "bank-icbc-bxt"));
        var message = (BankMessageRow)Samples.Done("", new Command("bank.receive",
            ("profile", LawBase.Profiles[word.Bank]), ("name", word.Name)).With(
            new InputDocument(BankReceive.Body, body, Personal: true),
            new InputDocument(BankReceive.Signature, seal.Signature!.Value))).Result!;
        for (long? from = 0; from is { } at;)
            from = ((MessageApplied)Samples.Done("",
                new Command("bank.apply", ("message", message.Message), ("from", at))).Result!).Next;
        Assert.All(word.Misstated, row => Assert.Empty(_eye.Query<string>("""
            SELECT 'row ' || p.row_reference || ' is not what the bank says, and counts' FROM payment_outcome o
            JOIN payment p ON p.ledger = o.ledger AND p.claim = o.claim AND p.attempt = o.attempt
            JOIN disbursement_file f ON f.ledger = p.ledger AND f.file = p.file
            WHERE o.document = @document AND p.row_reference = @row AND f.reference = @reference
            """, new { document = message.Document, row, reference = word.Reference })));
        YieldedInTurn(before, Funded());
        Assert.Equal(earmarked, Earmarked());
    }

    public void Dispose()
    {
        _eye.Dispose();
        Database.Dispose();
        _folder.Dispose();
    }
}
