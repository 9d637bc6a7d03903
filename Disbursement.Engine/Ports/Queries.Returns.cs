using Disbursement.Engine.Returns;

namespace Disbursement.Engine.Ports;

public partial interface ISetQueries
{
    /// <summary>Payments of a file in a range of its rows, by row.</summary>
    IReadOnlyList<FilePayment> PaymentsOf(long file, long fromRow, long toRow);

    /// <summary>Outcomes known of those payments, by row and seq.</summary>
    IReadOnlyList<KnownOutcome> OutcomesOf(long file, long fromRow, long toRow);

    /// <summary>
    /// Lines without a word in accepted files whose time to answer passed before; those already in the worklist are
    /// left out.
    /// </summary>
    IReadOnlyList<SilentLine> SilentLines(NodaTime.Instant at);
}
