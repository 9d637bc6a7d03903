using Disbursement.Engine.Files;
using Disbursement.Engine.Runtime;
using NodaTime;

namespace Disbursement.Engine.Returns;

/// <summary>One payment of a file, with what its claim shares.</summary>
public sealed record FilePayment
{
    public required long RowReference { get; init; }
    public required long Claim { get; init; }
    public required long Attempt { get; init; }
    public required long AmountFen { get; init; }
    public required byte[] PayeeHash { get; init; }
    public required long Worker { get; init; }
    public required long Payroll { get; init; }

    /// <summary>The claim's newest attempt; greater than <see cref="Attempt"/> once it was paid again.</summary>
    public required long Latest { get; init; }

    /// <summary>1 where a death of this attempt is recorded.</summary>
    public required long Dead { get; init; }
}

/// <summary>An outcome on record, as far as a repeat is recognised by it.</summary>
public sealed record KnownOutcome
{
    public required long RowReference { get; init; }
    public required long Seq { get; init; }
    public required OutcomeKind Kind { get; init; }
    public required OutcomeSource Source { get; init; }
    public required string BankReference { get; init; }
    public LocalDate? ValueDate { get; init; }
}

/// <summary>Payments of a file with their outcomes, loaded by two statements whatever their number.</summary>
public sealed class FileLines
{
    private readonly Dictionary<long, FilePayment> _payments;
    private readonly Dictionary<long, List<KnownOutcome>> _outcomes = [];

    private FileLines(IReadOnlyList<FilePayment> payments, IReadOnlyList<KnownOutcome> outcomes)
    {
        Payments = payments;
        _payments = payments.ToDictionary(p => p.RowReference);
        foreach (var outcome in outcomes)
        {
            if (!_outcomes.TryGetValue(outcome.RowReference, out var known))
                _outcomes[outcome.RowReference] = known = [];
            known.Add(outcome);
        }
    }

    /// <summary>Of a file that is not here.</summary>
    public static readonly FileLines None = new([], []);

    /// <summary>In the order of their rows.</summary>
    public IReadOnlyList<FilePayment> Payments { get; }

    /// <summary>The rows of a file from one position to another.</summary>
    public static FileLines Load(DecisionContext context, long file, long fromRow = 1, long toRow = long.MaxValue) =>
        new(context.Queries.PaymentsOf(file, fromRow, toRow), context.Queries.OutcomesOf(file, fromRow, toRow));

    /// <summary>The payment of that row, or null where the file has none (or it was not loaded).</summary>
    public FilePayment? At(long row) => _payments.GetValueOrDefault(row);

    /// <summary>What is known of a row's payment so far.</summary>
    public IReadOnlyList<KnownOutcome> Known(long row) => _outcomes.TryGetValue(row, out var known) ? known : [];
}

/// <summary>One word about one row of a file: from the bank, or from people with a document.</summary>
/// <param name="Row">Position in the file, from 1.</param>
/// <param name="Reason">Canonical reason and the bank's own code, e.g. "AccountClosed 4002"; no personal data.</param>
/// <param name="Document">Digest of the stored message or evidence; must be stored
/// before or with this decision.</param>
public readonly record struct LineOutcome(long Row, OutcomeKind Kind, OutcomeSource Source, string Reason,
    string BankReference, LocalDate? ValueDate, string Document, long DocumentLine);
