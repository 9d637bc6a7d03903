using System.Text;
using System.Text.Json.Nodes;
using Disbursement.BankAdapters.Seams;
using Disbursement.Engine.Accounts;
using Disbursement.Engine.Arrears;
using Disbursement.Engine.Files;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Restores;
using Disbursement.Engine.Returns;
using Disbursement.Engine.Runtime;
using Disbursement.Host.Demo;
using Disbursement.Host.Files;
using Disbursement.Host.Jobs;
using Disbursement.Tests.Files;
using Disbursement.Tests.Storage;
using Xunit;

namespace Disbursement.Tests.Restores;

/// <summary>A backup from before the sending comes back: nobody is paid twice, and nothing goes before all is
/// known.</summary>
public class RecoveryTests
{
    public static TheoryData<string, bool> Backups =>
        new() { { Engines.Sqlite, false }, { Engines.Sqlite, true }, { Engines.Postgres, false } };

    [Theory, MemberData(nameof(Backups))]
    public void After_a_restore_each_worker_is_credited_once_by_the_banks_own_books(string engine, bool built)
    {
        using var month = new LostMonth(engine, built);
        var world = month.Restored;
        AnchorRefuses(month);
        AssertRecovered(month);
        NothingTakesAClaim(month);
        var waiting = LostMonth.Seal(world, Funded(world, month.Payrolls[^1]));
        NothingIsSent(month, waiting[0]);

        world.Clock(new(2026, 2, 9, 15, 0));
        world.Exchange();
        Assert.Empty(world.Ask(v => v.Queries.OpenSends()));
        var (code, output, errors) = month.Cli("recover");
        Assert.True(code == 0, output + errors);

        // The list is empty: the fourth payroll goes, under the new epoch and a number of its own.
        var epoch = world.Ask(v => v.List<LedgerRestoreRow>())[^1].Epoch;
        Assert.All(waiting, f => Assert.StartsWith(epoch, f.Reference, StringComparison.Ordinal));
        Assert.DoesNotContain(waiting[0].File, month.Sent.Select(f => f.File));
        foreach (var step in DemoScript.Steps.SkipWhile(s => s.Name != "late-returns"))
        {
            world.Clock(step.At);
            step.Act(world);
        }
        Assert.Empty(world.Ask(v => BankComparison.Differences(v, world.Banks)));
        CreditedOnce(world);
        var rebuilt = month.Cli("audit", "rebuild");
        Assert.True(rebuilt.Code == 0, rebuilt.Output + rebuilt.Errors);
    }

    private static long Funded(DemoWorld world, PayrollRow payroll)
    {
        var release = LostMonth.Plan(world, payroll);
        world.Unsigned(new Command("release.fund", ("release", release)));
        return release;
    }

    private static void AnchorRefuses(LostMonth month)
    {
        var (code, _, errors) = month.Cli("payroll", "list");
        Assert.Equal(3, code);
        Assert.Contains("audit.anchor-ahead", errors, StringComparison.Ordinal);
    }

    private static void AssertRecovered(LostMonth month)
    {
        // Anybody may lock; only a supervisor's word passes the anchor over.
        var (code, output, errors) = month.Cli("recover", "--json");
        Assert.True(code == 1, output + errors);
        Assert.Contains("recovery.anchor-stays", errors, StringComparison.Ordinal);
        AnchorStillRefuses(month);
        (code, output, errors) = month.Signed("recover", "--json");
        Assert.True(code == 1, output + errors);
        var open = JsonNode.Parse(output)!["ledgers"]![0]!["open"]!.AsArray();
        Assert.Equal(month.Sent.Select(f => f.Reference).Order(),
            open.Select(o => o!["reference"]!.GetValue<string>()).Order());
        Assert.All(open, o => Assert.Equal(("Unknown", 0L),
            (o!["state"]!.GetValue<string>(), o["lines_waiting"]!.GetValue<long>())));
        Assert.Equal(0, month.Cli("payroll", "list").Code);
        Assert.Single(Directory.GetFiles(month.Root, "disburse.anchor.before-*"));
        var flying = month.Restored.Ask(v => v.List<PayrollRow>().Sum(p => p.LinesInFlight));
        Assert.Equal(month.Sent.Sum(f => f.Lines), flying);
        // A second run finds nothing new, and the list as it was.
        var leaves = month.Restored.Composition.Store.Ledgers()[0].Leaves;
        Assert.Equal(1, month.Signed("recover").Code);
        Assert.Equal(leaves, month.Restored.Composition.Store.Ledgers()[0].Leaves);
    }

    private static void AnchorStillRefuses(LostMonth month) => Assert.Equal(3, month.Cli("payroll", "list").Code);

    private static void NothingTakesAClaim(LostMonth month)
    {
        var world = month.Restored;
        var claim = world.Ask(v => v.List<PaymentRow>(("file", month.Sent[0].File)))[0];
        var evidence = Encoding.UTF8.GetBytes("样例 SAMPLE\n");
        foreach (var payroll in world.Ask(v => v.List<PayrollRow>()).Where(p => p.LinesInFlight == p.LinesDeclared))
            foreach (var kind in new[] { "Ordinary", "RePayment", "Advance" })
            {
                var planned = world.Decide(world.People.Treasurer,
                    new Command("release.plan", ("kind", kind), ("payrolls", payroll.Payroll)));
                // What the backup had planned already is told again; nothing is planned anew.
                if (kind == "Ordinary" && planned.Accepted) Assert.True(planned.Value.Repeat);
                else LostMonth.Refused(ReleaseRules.NothingToPlan, planned);
            }
        LostMonth.Refused(StandingRules.PaymentLive, world.Decide(world.People.Supervisor,
            new Command("claim.void", ("claim", claim.Claim)).With(new InputDocument(ClaimVoid.Input, evidence))));
        // Evidence of another payment of it is an exception, never a discharge.
        Assert.IsType<BankExceptionRow>(world.Done(world.People.Supervisor, new Command("arrears.discharge",
            ("claim", claim.Claim)).With(new InputDocument(Discharge.Evidence, evidence))).Result);
        foreach (var statement in new[]
        {
            Copied(claim, "attempt = 1"), Copied(claim, "attempt = 2, prior_attempt = 1"),
            Copied(claim, "attempt = 2, prior_attempt = 1, channel = 'Void'"),
            $"INSERT INTO payment_death (ledger, claim, attempt, seq) VALUES ({LostMonth.Ledger}, {claim.Claim}, 1, 1)",
            Range(world, claim),
        })
        {
            var (code, said) = month.Backup.Outside(statement);
            Assert.True(code != 0, statement + said);
        }
    }

    /// <summary>A release of the fourth payroll that reaches for a line which has gone out.</summary>
    private static string Range(DemoWorld world, PaymentRow claim)
    {
        var line = world.Ask(v => v.Find<WageClaimRow>(("claim", claim.Claim)))!;
        var release = world.Ask(v => v.List<ReleaseRow>()).Max(r => r.Release) + 1;
        return "INSERT INTO release (ledger, release, version, kind, account, state, due_date, send_by, lines, "
            + "amount_fen, "
            + $"reserved_fen, lines_open) SELECT ledger, {release}, 1, kind, account, 'Planned', due_date, send_by, "
            + "1, 1, "
            + $"0, 0 FROM release WHERE release = {claim.Release};\n"
            + "INSERT INTO release_range (ledger, release, payroll, from_line, to_line) VALUES "
            + $"({LostMonth.Ledger}, {release}, {line.Payroll}, {line.PayrollLine}, {line.PayrollLine})";
    }

    private static string Copied(PaymentRow claim, string changes)
    {
        var changed = changes.Split(", ").Select(c => c.Split(" = ")).ToDictionary(c => c[0], c => c[1]);
        string[] columns = ["ledger", "claim", "attempt", "prior_attempt", "channel", "release", "file",
            "row_reference", "amount_fen", "payee_version", "payee_hash", "document"];
        return $"INSERT INTO payment ({string.Join(", ", columns)}) SELECT "
            + string.Join(", ", columns.Select(c => changed.GetValueOrDefault(c, c)))
            + $" FROM payment WHERE claim = {claim.Claim} AND attempt = 1";
    }

    private static void NothingIsSent(LostMonth month, DisbursementFileRow sealedFile)
    {
        var world = month.Restored;
        var before = month.Journalled;
        LostMonth.Refused(RestoreRules.ListOpen, new FileSending(world.Composition, new SendJournal(month.Journal),
            _ => Decision<ITransport>.Accept(new ScriptedTransport(
                (_, _) => throw new InvalidOperationException("nothing may reach a bank"))))
            .Send(LostMonth.Ledger, sealedFile.File));
        var steps = new Pump(world.Composition, world.Settings).UntilIdle(LostMonth.Ledger);
        Assert.Contains(steps, s => s.Findings.Any(f => f.Rule == RestoreRules.ListOpen));
        Assert.Equal(3, month.Cli("file", "send", $"{sealedFile.File}").Code);
        var (code, said) = month.Backup.Outside(
            "UPDATE disbursement_file SET version = version + 1, state = 'Sending', "
            + $"lease_until = built_at WHERE file = {sealedFile.File}");
        Assert.True(code != 0 && said.Contains("nothing is sent", StringComparison.Ordinal), said);
        Assert.Equal(before, month.Journalled);
    }

    /// <summary>The banks' own journals: of every payee account and pay month one credit that stayed.</summary>
    private static void CreditedOnce(DemoWorld world)
    {
        var claims = world.Ask(v => v.List<WageClaimRow>()).ToDictionary(c => c.Claim, c => c.NetFen);
        Assert.All(world.Ask(v => v.List<PaymentOutcomeRow>(("kind", OutcomeKind.Settled)))
            .GroupBy(o => (o.Claim, o.Attempt)), o => Assert.Single(o.Select(x => x.AmountFen).Distinct()));
        var net = world.Banks.Values.Sum(b =>
        {
            using var books = b.Books();
            return books.RootElement.GetProperty("payees").EnumerateArray()
                .Sum(p => p.GetProperty("net_fen").GetInt64());
        });
        var paid = world.Ask(v => v.List<PayrollRow>()).Sum(p => p.PaidFen);
        var outside = world.Ask(v => v.List<PaymentRow>(("channel", PaymentChannel.Outside)))
            .Sum(p => claims[p.Claim]);
        Assert.Equal(paid - outside, net);
    }
}
