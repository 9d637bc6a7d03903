using System.Text;
using Disbursement.Engine.Accounts;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Restores;
using Disbursement.Engine.Returns;
using Disbursement.Engine.Runtime;
using Disbursement.Tests.Fixtures;
using Disbursement.Tests.Returns;

namespace Disbursement.Tests.Restores;

/// <summary>Statements of the account that pays both files.</summary>
internal sealed partial class TwinRig
{
    public long TotalFen => Claims.Sum(c => c.Fen);

    /// <summary>What is posted and reserved on each wage account.</summary>
    public IReadOnlyList<(long Account, long Posted, long Reserved)> Books =>
        [.. Rows<AccountEntryRow>().GroupBy(e => e.Account).OrderBy(g => g.Key)
            .Select(g => (g.Key, g.Last().PostedAfterFen, g.Last().ReservedAfterFen))];

    /// <summary>Of the bank's statements, without the money that a test credited.</summary>
    public IReadOnlyList<StatementEntryRow> Entries =>
        [.. Rows<StatementEntryRow>().Where(e => e.Statement < 1_000_000)];

    public void Statement(string id, params (long Fen, string Kind, string Reference)[] entries) =>
        Reports.Receive($"statement-9571-{id}.csv", Text(id, entries));

    /// <summary>The same under another name.</summary>
    public void Again(string id, params (long Fen, string Kind, string Reference)[] entries) =>
        Reports.Receive($"statement-9571-{id}-again.csv", Text(id, entries));

    /// <summary>Kept, and not looked at yet.</summary>
    public void Kept(string id, params (long Fen, string Kind, string Reference)[] entries) =>
        Reports.Keep($"statement-9571-{id}.csv", Text(id, entries));

    /// <summary>The same by hand, on a treasurer's word.</summary>
    public Decision<Outcome> Import(string id, params (long Fen, string Kind, string Reference)[] entries) =>
        Outlay.Samples.Decide(SampleLedger.Treasurer,
            new Command("statement.import", ("profile", IcbcReports.Profile), ("name", $"statement-{id}.csv"))
                .With(new InputDocument(BankReceive.Body, Text(id, entries), Personal: true)));

    public void Dismiss(BankExceptionRow exception) =>
        Both(new Command("restore.dismiss", ("exception", exception.Exception))
            .With(Letter with { Kind = RestoreResolve.Evidence }));

    private byte[] Text(string id, (long Fen, string Kind, string Reference)[] entries) =>
        Encoding.UTF8.GetBytes(MoneyRig.StatementText(SampleLedger.Employers[0].Project.Account, id, "2026-02-10",
            Outlay.Payroll.DeclaredFen, [.. entries.Select(e => (e.Fen, e.Kind, e.Reference, ""))]));
}
