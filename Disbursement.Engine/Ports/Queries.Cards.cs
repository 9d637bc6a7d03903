using Disbursement.Engine.Cards;
using NodaTime;

namespace Disbursement.Engine.Ports;

public partial interface ISetQueries
{
    /// <summary>Workers on a project's site at a day, by newest registrations, who have no payee account and no
    /// application that waits; by worker.</summary>
    IReadOnlyList<CardApplicant> CardApplicants(long project, LocalDate today);

    /// <summary>The applications of a batch, by row, with what the bank has said of each.</summary>
    IReadOnlyList<CardLine> CardLines(long batch);
}
