using Dapper;
using Disbursement.Engine.Accounts;
using Disbursement.Engine.Arrears;
using Disbursement.Engine.Audit;
using Disbursement.Engine.Files;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;
using Disbursement.Host;
using Disbursement.Host.Audit;
using Disbursement.Host.Security;
using Disbursement.Host.Storage;
using Disbursement.Tests.Demo;
using Disbursement.Tests.Storage;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Disbursement.Tests.Audit;

/// <summary>
/// A log forged with the product's own runner and the log's own key: the leaf is hashed, its rows fit, the head and the
/// checkpoint are new. One header took a step that its machine does not have, and the rebuild names it.
/// </summary>
public sealed class IllegalStepTests : IDisposable
{
    private readonly DemoCopy _demo = new();

    public void Dispose() => _demo.Dispose();

    [Fact]
    public void A_payroll_that_was_approved_is_sent_back() => Forge<PayrollRow, PayrollState, PayrollTrigger>(
        "payroll.send-back", PayrollMachine.Table, r => r.Payroll, r => r.State, PayrollState.SentBack,
        (r, s) => r with { Version = r.Version + 1, State = s, SentBackDocument = r.LinesRoot });

    [Fact]
    public void A_release_that_is_done_is_funded_again() => Forge<ReleaseRow, ReleaseState, ReleaseTrigger>(
        "release.fund", ReleaseMachine.Table, r => r.Release, r => r.State, ReleaseState.Funded,
        (r, s) => r with { Version = r.Version + 1, State = s });

    [Fact]
    public void A_file_that_is_reconciled_is_sent_again() => Forge<DisbursementFileRow, FileState, FileTrigger>(
        "file.send", FileMachine.Table, r => r.File, r => r.State, FileState.Sending,
        (r, s) => r with { Version = r.Version + 1, State = s, LeaseUntil = r.BuiltAt }, $"{FileTrigger.Send}");

    [Fact]
    public void An_obligation_that_was_discharged_is_withdrawn() =>
        Forge<ObligationRow, ObligationState, ObligationTrigger>(
            "arrears.sweep", ObligationMachine.Table, r => r.Obligation, r => r.State, ObligationState.Withdrawn,
            (r, s) => r with { Version = r.Version + 1, State = s });

    [Fact]
    public void A_warning_that_was_published_is_as_if_nobody_had_been_told() =>
        Forge<WarningRow, WarningState, WarningTrigger>(
            "arrears.sweep", WarningMachine.Table, r => r.Warning, r => r.State, WarningState.Raised,
            (r, s) => r with { Version = r.Version + 1, State = s });

    /// <summary>Some header that cannot come into the state is put there by a leaf of the verb.</summary>
    private void Forge<TRow, TState, TTrigger>(string verb, TransitionTable<TState, TTrigger> machine,
        Func<TRow, long> id, Func<TRow, TState> state, TState forged, Func<TRow, TState, TRow> move,
        string? trigger = null)
        where TRow : class, IHeaderRow
        where TState : struct, Enum
        where TTrigger : struct, Enum
    {
        var dialect = new SqliteDialect(_demo.Database);
        using (var raw = new SqliteConnection($"Data Source={_demo.Database};Pooling=False"))
        {
            raw.Open();
            RebuildTests.Unguarded(raw, Engines.Sqlite);
        }
        var store = new LedgerStore(dialect);
        var ledger = store.Ledgers()[0];
        TRow row;
        using (var view = store.Read(ledger.Ledger))
            row = view.List<TRow>().First(r => !machine.Reaches(state(r), forged));
        var runner = new CommandRunner(store, new FixedMoment(ledger.LastAt),
            new HandlerCatalogue([new Forger(verb, changes => changes.Update(move(row, forged)))]),
            new SignatureCheck());
        var leaf = runner.Run(ledger.Ledger, new Command(verb, (machine.Noun, id(row)))).Value.Leaf;
        var key = LogKey.Find(_demo["keys/log.key.pem"])!;
        using (var log = new LiveLog(dialect, ledger.Ledger)) Assert.True(log.Sign(key).Accepted);
        var finding = LiveRebuild.Compare(dialect, null, key.Verifiers).Findings
            .Single(f => f.Rule.Severity == Severity.Refusal);
        Assert.Equal("audit.illegal-step", finding.Rule.Code);
        Assert.Equal([$"{leaf}", machine.Noun, $"{id(row)}", $"{state(row)}"], finding.Arguments.Take(4));
        Assert.Equal($"leaf {leaf} ({verb}/1): {machine.Noun} {id(row)}: no arrow leads from {state(row)} by "
            + (trigger ?? $"{verb}/1 to {forged}"), finding.Text(chinese: false));
        var (code, output, errors) = Disburse.Run("audit", "rebuild", "--db", _demo.Option);
        Assert.Equal(1, code);
        Assert.Contains($"audit.illegal-step: leaf {leaf} ({verb}/1): ", output + errors, StringComparison.Ordinal);
    }

    private sealed class Forger(string verb, Action<Changes> forge) : ICommandHandler
    {
        public string Verb => verb;

        public Decision<Changes> Decide(DecisionContext context)
        {
            var changes = new Changes();
            forge(changes);
            return Decision<Changes>.Accept(changes);
        }
    }
}
