using Disbursement.Engine.Arrears;
using NodaTime;

namespace Disbursement.Engine.Ports;

public partial interface ISetQueries
{
    /// <summary>
    /// Open obligation lines of the claims a file carries, in key order. Empty, at once, while none is due.
    /// </summary>
    IReadOnlyList<OpenObligationLine> OpenObligationLinesOfFile(long file);

    /// <summary>Open obligation lines of a payroll's claims.</summary>
    IReadOnlyList<OpenObligationLine> OpenObligationLinesOfPayroll(long payroll);

    /// <summary>Open obligation lines of one claim: one at most, unless a law is broken.</summary>
    IReadOnlyList<OpenObligationLine> OpenObligationLinesOfClaim(long claim);

    /// <summary>Open lines of kind Unassessed against a subcontractor on a project, with their periods.</summary>
    IReadOnlyList<OpenObligationLine> OpenUnassessedLines(long project, long subcontractor);

    /// <summary>Approved payrolls due before a day with claims unpaid or in flight, by number.</summary>
    IReadOnlyList<DuePayroll> DuePayrolls(LocalDate before);

    /// <summary>
    /// Of those payrolls the claims most likely owed: an attempt died, or stands in a file with lines unanswered; in
    /// order of payroll and line.
    /// </summary>
    IReadOnlyList<ClaimFacts> LikelyDueClaims(LocalDate before);

    /// <summary>Claims of a payroll with their latest attempts, by line. None before it is approved.</summary>
    IReadOnlyList<ClaimFacts> ClaimsOfPayroll(long payroll);

    /// <summary>One claim with its latest attempt, or null.</summary>
    ClaimFacts? ClaimFacts(long claim);

    /// <summary>Releases that carry a claim and have not filed, left or finished with it.</summary>
    IReadOnlyList<long> UnfiledReleasesOf(long payroll, long line);

    /// <summary>
    /// Days worked that no standing claim covers, of registered workers, within [from, before); newest versions, in
    /// order of project, worker and day.
    /// </summary>
    IReadOnlyList<UncoveredDay> UncoveredDays(LocalDate from, LocalDate before);

    /// <summary>
    /// Per project and month ("2026-01") from one day to before another: who worked, has a claim, was paid.
    /// </summary>
    IReadOnlyList<MonthHeads> MonthHeads(LocalDate from, LocalDate before);

    /// <summary>Per payroll: claims whose newest attempt a bank returned, since when, and how much.</summary>
    IReadOnlyList<ReturnedClaims> ReturnedClaims();

    /// <summary>Warnings that are neither closed nor cleared.</summary>
    IReadOnlyList<WarningRow> LiveWarnings();

    /// <summary>
    /// Approved ordinary payrolls whose period ends on or after a day and whose mean net per head and month begun is
    /// below an amount in fen; by number.
    /// </summary>
    IReadOnlyList<LowMean> LowMeans(LocalDate from, long belowFen);

    /// <summary>
    /// Who was paid more than so many fen for a wage month or a calendar year, over all projects: how many such workers
    /// each project paid, and how much. A wage is of the month its period ends in, and paid once the bank's word or
    /// evidence says so.
    /// </summary>
    /// <param name="from">First day of the first year looked at.</param>
    IReadOnlyList<OverpaidSpan> Overpaid(LocalDate from, long monthFen, long yearFen);

    /// <summary>
    /// Approved payrolls whose period ends on or after a day, whose check found that attendance derives something else,
    /// and that have lines of a day rate where the wage is the stated whole days × the rate, and the gate knows other
    /// days: neither as many days present nor as many standard days of time. By number; supplements left out.
    /// </summary>
    IReadOnlyList<BackwardLines> BackwardLines(LocalDate from);

    /// <summary>What open lines owe, by obligation and worker.</summary>
    IReadOnlyList<OwedToWorker> OwedToWorkers();

    /// <summary>
    /// Per project: workers on its site at a day whose approved account, in effect at a moment, is that of another
    /// identity number too, or another than their last and in effect since less than a span. By project.
    /// </summary>
    IReadOnlyList<OddCards> OddCards(Instant at, Instant since, LocalDate today);

    /// <summary>Agreed funding dates before a day, newest versions that still stand, of projects not completed by then;
    /// in order of project and day.</summary>
    IReadOnlyList<AgreedFunding> FundingDates(LocalDate before);

    /// <summary>
    /// Per project with such dates what came into its wage account, but for money earmarked for somebody's arrears and
    /// what a bank gave back of our own files.
    /// </summary>
    IReadOnlyList<OwnerDeposit> OwnerDeposits(LocalDate before);
}
