namespace Disbursement.Engine.Returns;

/// <summary>
/// What a word of the bank or a piece of evidence says of a payment. Pending and doubtful words are no outcome.
/// </summary>
public enum OutcomeKind { Settled, Rejected, Returned, NotSent }

/// <summary>Where an outcome comes from. A statement, and two people with a document, outweigh a report.</summary>
public enum OutcomeSource { Report, Statement, People }

/// <summary>What the outcomes of one payment attempt come to.</summary>
public enum AttemptState { Open, NotSent, Rejected, Returned, Contradicted, Settled }

/// <summary>
/// The set of outcomes of one attempt, as twelve bits: a set knows neither order nor repetition, so the same bank
/// messages
/// give the same state however they arrive.
/// </summary>
public readonly record struct OutcomeSet
{
    private readonly ushort _bits;

    private OutcomeSet(int bits) => _bits = (ushort)bits;

    public static readonly OutcomeSet Empty;

    /// <summary>The set with one outcome more.</summary>
    public OutcomeSet With(OutcomeSource source, OutcomeKind kind) => new(_bits | 1 << Shift(source) + (int)kind);

    /// <summary>The outcomes of both.</summary>
    public OutcomeSet Union(OutcomeSet other) => new(_bits | other._bits);

    /// <summary>The set of these outcomes.</summary>
    public static OutcomeSet Of(params IEnumerable<(OutcomeSource Source, OutcomeKind Kind)> outcomes) =>
        outcomes.Aggregate(Empty, (set, outcome) => set.With(outcome.Source, outcome.Kind));

    /// <summary>
    /// The join of the outcomes. Where a statement or people have spoken, only they count, and what people could not
    /// know beside them: a return (退票), which comes after whatever they had before them (specs/adr/0022), and a
    /// payment of what they took for lost (specs/adr/0025).
    /// </summary>
    public AttemptState State
    {
        get
        {
            var (statement, report) = (From(OutcomeSource.Statement), From(OutcomeSource.Report));
            var people = From(OutcomeSource.People);
            // Who says that it was paid has found what they called absent.
            if (Has(people, OutcomeKind.Settled)) people &= ~Bit(OutcomeKind.NotSent);
            var strong = statement | people;
            var said = strong != 0 ? strong : report;
            if (statement == 0) said |= report & Bit(OutcomeKind.Returned);
            if (strong == Bit(OutcomeKind.NotSent)) said |= report & Bit(OutcomeKind.Settled);
            var settled = Has(said, OutcomeKind.Settled);
            var rejected = Has(said, OutcomeKind.Rejected);
            var notSent = Has(said, OutcomeKind.NotSent);
            if (Has(said, OutcomeKind.Returned)) return AttemptState.Returned;
            if (settled) return rejected || notSent ? AttemptState.Contradicted : AttemptState.Settled;
            if (rejected) return AttemptState.Rejected;
            return notSent ? AttemptState.NotSent : AttemptState.Open;
        }
    }

    private int From(OutcomeSource source) => _bits >> Shift(source) & 0b1111;

    private static bool Has(int kinds, OutcomeKind kind) => (kinds & Bit(kind)) != 0;

    private static int Bit(OutcomeKind kind) => 1 << (int)kind;

    private static int Shift(OutcomeSource source) => 4 * (int)source;
}
