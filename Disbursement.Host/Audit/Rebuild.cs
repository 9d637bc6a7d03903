using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Disbursement.BankAdapters.Profiles;
using Disbursement.Engine.Audit;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;
using Disbursement.Host.Security;
using Disbursement.Host.Storage;

namespace Disbursement.Host.Audit;

/// <summary>
/// Decides every leaf of a log again, on an empty database, from leaf, documents and keys alone (L6).
/// Documents and keys are not copied: they come into the new database as the decisions need them, so what
/// no leaf accounts for stays behind.
/// </summary>
public sealed class Rebuild
{
    private readonly LogSource _source;
    private readonly LedgerStore _target;
    private readonly CommandRunner _runner;
    private readonly List<Finding> _findings = [];

    /// <param name="target">A new database. It is migrated here.</param>
    /// <param name="watch">Sees every session, for whoever wants the rows of a decision; null for nobody.</param>
    /// <param name="catalogue">Every adapter the decisions were made with; null for what ships.</param>
    public Rebuild(LogSource source, Dialect target, Func<ILedgerStore, ILedgerStore>? watch = null,
        BankCatalogue? catalogue = null)
    {
        _source = source;
        _target = new LedgerStore(target) { KeptKeys = source };
        _runner = new CommandRunner(watch?.Invoke(_target) ?? _target, new MachineClock(_target.Dialect),
            new HandlerCatalogue(Composition.Handlers(catalogue)), new SignatureCheck());
    }

    /// <summary>Leaves decided again and found equal.</summary>
    public long Leaves { get; private set; }

    /// <summary>
    /// Rebuilds one ledger, or all. Stops a ledger at its first leaf that does not come out as it stands.
    /// </summary>
    /// <param name="stop">Asked after each leaf; true ends the work early.</param>
    public IReadOnlyList<Finding> Run(long? only = null, Func<bool>? stop = null)
    {
        _target.Migrate();
        var place = "log_leaf";
        try
        {
            IReadOnlyList<long> ledgers = only is { } one ? [one] : _source.Ledgers();
            if (ledgers.Count == 0) _findings.Add(RebuildRules.LogEmpty.Of());
            foreach (var ledger in ledgers) Ledger(ledger, stop, ref place);
        }
        // A table that is missing, or holds what is no value of its column.
        catch (Exception e) when (e is DbException or InvalidCastException)
        {
            _findings.Add(RebuildRules.TableUnreadable.Of(place, e.Message));
        }
        foreach (var subject in _source.Erased)
            _findings.Add((Decided(subject) ? RebuildRules.SubjectErased : RebuildRules.FieldErased).Of(subject));
        return _findings;
    }

    /// <summary>Whether the log itself says that two people had this key deleted.</summary>
    private bool Decided(string subject)
    {
        using var connection = _target.Dialect.Open();
        return connection.ExecuteScalar<long>("""
            SELECT count(*) FROM erasure e WHERE 'worker/' || e.worker = @subject OR EXISTS (
              SELECT 1 FROM worker_document p JOIN document d ON d.ledger = p.ledger AND d.digest = p.document
              WHERE p.ledger = e.ledger AND p.worker = e.worker AND d.key_subject = @subject)
            """, new { subject }) > 0;
    }

    private void Ledger(long ledger, Func<bool>? stop, ref string place)
    {
        place = "subject_key";
        if (_source.Find(ledger, LedgerPepper.Subject) is null)
        {
            _findings.Add(RebuildRules.KeyLost.Of(Number(ledger)));
            return;
        }
        place = "log_leaf";
        var n = 0L;
        foreach (var row in _source.Leaves(ledger))
        {
            if (Again(ledger, row, ++n) is { } finding)
            {
                _findings.Add(finding);
                return;
            }
            Leaves++;
            if (stop?.Invoke() == true) return;
        }
    }

    /// <summary>Decides one leaf again; the finding says why it did not come out the same.</summary>
    private Finding? Again(long ledger, LogLeafRow row, long n)
    {
        if (row.N != n || !Leaf.HashOf(row.Leaf).ToArray().AsSpan().SequenceEqual(row.LeafHash))
            return RebuildRules.LeafHashDiffers.Of(Number(n));
        if (!Leaf.TryParse(row.Leaf, out var leaf, out var error)) return AuditRules.LeafMalformed.Of(Number(n), error);
        if (leaf.N != n || leaf.Ledger != Number(ledger)) return AuditRules.LeafMisplaced.Of(Number(n));
        var inputs = new List<InputDocument>();
        if (Opened(ledger, leaf, inputs) is { } unusable) return unusable;
        var cut = leaf.Decider.LastIndexOf('/');
        var command = new Command(leaf.Decider[..Math.Max(cut, 0)],
            [.. leaf.Arguments.Select(a => KeyValuePair.Create(a.Name, a.Value))], inputs);
        try
        {
            if (n == 1)
                _target.Create(LedgerHeadRow.Before(ledger, command.Text("epoch"), command.Number("rehearsal")));
            var version = int.Parse(leaf.Decider.AsSpan(cut + 1), CultureInfo.InvariantCulture);
            var outcome = _runner.Replay(ledger, command, version, leaf.At);
            if (!outcome.Accepted)
                return IllegalStep.Of(leaf, outcome.Findings) ?? Named(ledger, leaf)
                    ?? Undecidable(leaf, outcome.Findings[0].Text(chinese: false));
            if (outcome.Value.Repeat)
                return Named(ledger, leaf) ?? Undecidable(leaf, "it repeats an earlier decision");
        }
        // What a changed leaf, document or key can lead a decider to. All of it means: not as it was decided.
        catch (Exception e) when (e is DefectException or FormatException or OverflowException or DbException
            or CryptographicException or ArgumentException or InvalidOperationException)
        {
            return Named(ledger, leaf) ?? Undecidable(leaf, e.Message);
        }
        return Compared(ledger, row, leaf);
    }

    /// <summary>A leaf's documents as they were handed in; the finding is of one that cannot be used.</summary>
    private Finding? Opened(long ledger, Leaf leaf, List<InputDocument> inputs)
    {
        foreach (var input in leaf.Inputs)
        {
            var digest = input.Digest.ToString();
            if (_source.Gone(ledger, input.Kind, digest) is { } gone)
            {
                inputs.Add(new InputDocument(input.Kind, default, Personal: true) { Sealed = gone });
                continue;
            }
            var (content, personal, trouble) = _source.Open(ledger, digest);
            if (content is null) return RebuildRules.DocumentUnusable.Of(Number(leaf.N), digest, trouble);
            inputs.Add(new InputDocument(input.Kind, content, personal));
        }
        if (inputs.Find(i => i.Kind == Approval.Kind) is not { } approval) return null;
        for (var i = 0; i < inputs.Count; i++)
            if (inputs[i].Sealed is not null)
                inputs[i] = inputs[i] with { Stated = Approval.Stated(approval.Content.Span, inputs[i].Kind) };
        return null;
    }

    private Finding? Compared(long ledger, LogLeafRow row, Leaf leaf)
    {
        using var view = _target.Read(ledger);
        var again = view.Find<LogLeafRow>(("n", row.N))!;
        if (again.Leaf.AsSpan().SequenceEqual(row.Leaf)) return null;
        if (IllegalStep.Of(leaf, _source, view) is { } step) return step;
        var (said, given) = (Lines(row), Lines(again));
        var at = 0;
        while (at < said.Length && at < given.Length && said[at] == given[at]) at++;
        return RebuildRules.LeafDiffers.Of(Number(row.N), leaf.Decider, said.ElementAtOrDefault(at) ?? "",
            given.ElementAtOrDefault(at) ?? "");
    }

    /// <summary>The step of a leaf that could not be decided again, where the machines allow none like it.</summary>
    private Finding? Named(long ledger, Leaf leaf)
    {
        using var view = _target.Read(ledger);
        return IllegalStep.Of(leaf, _source, view);
    }

    private static string[] Lines(LogLeafRow row) => Encoding.UTF8.GetString(row.Leaf).Split('\n');

    private static Finding Undecidable(Leaf leaf, string why) =>
        RebuildRules.LeafUndecidable.Of(Number(leaf.N), leaf.Decider, why);

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
