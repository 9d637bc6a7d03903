using Disbursement.BankAdapters.Profiles;
using Disbursement.Engine.Arrears;
using Disbursement.Engine.Audit;
using Disbursement.Engine.Files;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;
using Disbursement.Host.Audit;
using Disbursement.Host.Security;
using Disbursement.Host.Storage;

namespace Disbursement.Host.Papers;

/// <summary>Proves rows of a ledger under one signed checkpoint: a proof for each, to be checked by anybody.</summary>
public sealed class RowProver : IDisposable
{
    private readonly Dialect _dialect;
    private readonly BankCatalogue _catalogue;
    private readonly LiveLog _log;
    private readonly SignedNote _note;
    private readonly IReadOnlyList<NoteKey> _keys;
    private readonly Dictionary<string, List<BoundRows>> _found = new(StringComparer.Ordinal);

    private RowProver(
        Dialect dialect, BankCatalogue catalogue, LiveLog log, SignedNote note, IReadOnlyList<NoteKey> keys) =>
        (_dialect, _catalogue, _log, _note, _keys) = (dialect, catalogue, log, note, keys);

    /// <summary>Signs the head as it stands; a head that may not be signed is refused.</summary>
    public static Decision<RowProver> Begin(Dialect dialect, long ledger, LogKey key, BankCatalogue catalogue)
    {
        var log = new LiveLog(dialect, ledger);
        var signed = log.Sign(key);
        if (signed.Accepted)
            return Decision<RowProver>.Accept(new RowProver(dialect, catalogue, log, signed.Value,
                [.. key.Signers(log.Origin).Select(s => s.Key)]));
        log.Dispose();
        return Decision<RowProver>.Refuse(signed.Findings);
    }

    public void Dispose() => _log.Dispose();

    /// <summary>The claims of a payroll are one decision's rows.</summary>
    public Decision<ProofFile> Of(WageClaimRow row) =>
        Of(row, $"payroll = {row.Payroll} AND revision = {row.Revision} ORDER BY claim", $"claim = {row.Claim}");

    /// <summary>The lines of a file are; a payment outside is alone.</summary>
    public Decision<ProofFile> Of(PaymentRow row) => Of(row, $"file = {row.File ?? 0} ORDER BY row_reference",
        $"release = {row.Release ?? 0} ORDER BY file, row_reference",
        $"claim = {row.Claim} AND attempt = {row.Attempt}");

    public Decision<ProofFile> Of(PaymentOutcomeRow row) => Of(row,
        $"claim = {row.Claim} AND attempt = {row.Attempt} AND seq = {row.Seq}",
        $"document = '{row.Document}' AND claim IN (SELECT p.claim FROM payment p WHERE p.ledger = @ledger "
            + $"AND p.file = (SELECT q.file FROM payment q WHERE q.ledger = @ledger AND q.claim = {row.Claim} "
            + $"AND q.attempt = {row.Attempt})) ORDER BY claim");

    public Decision<ProofFile> Of(ObligationLineRow row) => Of(row,
        $"obligation = {row.Obligation} ORDER BY line", $"obligation = {row.Obligation} AND line = {row.Line}");

    public Decision<ProofFile> Of(ObligationLineLeftRow row) => Of(row,
        $"obligation = {row.Obligation} AND line = {row.Line}", $"obligation = {row.Obligation} ORDER BY line");

    private Decision<ProofFile> Of<T>(T row, params ReadOnlySpan<string> likely) where T : class, IRow
    {
        var map = TableMap<T>.Shared;
        var wanted = new RowBytes().Of(map, row).ToArray();
        if (!_found.TryGetValue(map.Name, out var known)) _found[map.Name] = known = [];
        // Rows of a case come in dozens from one decision, and finding one may mean to decide the log again.
        var bound = known.Find(b => b.Rows.Any(r => r.Span.SequenceEqual(wanted)));
        if (bound is null && DecisionRows.Find(_dialect, _log.Ledger, row, _catalogue, likely) is { } found)
            known.Add(bound = found);
        return DecisionRows.Prove(_log, row, bound, _note, _keys);
    }
}
