using Disbursement.Engine.Accounts;
using NodaTime;

namespace Disbursement.Engine.Ports;

public partial interface ISetQueries
{
    /// <summary>Claims of a payroll without a live payment, in order of line, with how often each was tried.</summary>
    IReadOnlyList<UnpaidClaim> Unpaid(long payroll);

    /// <summary>Ranges of a payroll's lines in releases that are not yet filed, less what left them.</summary>
    IReadOnlyList<HeldRange> Held(long payroll);

    /// <summary>
    /// Rows of a file whose claim another attempt may have paid: its words come to settled or contradicted.
    /// </summary>
    IReadOnlyList<long> RowsPaidBefore(long file);

    /// <summary>
    /// Claims in a release's ranges, also those that left it, in order of payroll and line, each with the newest payee
    /// account that is approved and in effect at the moment.
    /// </summary>
    IReadOnlyList<ReleaseLine> ReleaseLines(long release, Instant at);

    /// <summary>The lines of a built file, by payroll and line, and whether each goes to an approved account.</summary>
    IReadOnlyList<Files.SealedLine> SealedLines(long file);

    /// <summary>The payrolls a built file pays lines of, in order.</summary>
    IReadOnlyList<long> PayrollsIn(long file);

    /// <summary>What is left in an earmark, in fen: the sum of its entries.</summary>
    long EarmarkFen(long earmark);
}
