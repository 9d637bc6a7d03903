using Disbursement.Engine.Arrears;
using Disbursement.Engine.Complaints;
using NodaTime;

namespace Disbursement.Engine.Ports;

public partial interface ISetQueries
{
    /// <summary>Complaints that no answer has ended, by number.</summary>
    IReadOnlyList<OpenComplaint> OpenComplaints();

    /// <summary>A worker's last day on a project, with every employer there; null while one registration has none.
    /// </summary>
    LocalDate? LeftOn(long worker, long project);

    /// <summary>Claims of a worker on a project with their latest attempts, voided ones too, by number.</summary>
    IReadOnlyList<ClaimFacts> ClaimsOfWorker(long worker, long project);

    /// <summary>The same of everybody an open complaint is of, on the project it is about.</summary>
    IReadOnlyList<ClaimFacts> ClaimsOfComplainants();

    /// <summary>
    /// Per project: workers who left it within [from, before) with every employer there, and of whom there is no final
    /// settlement since they came that stands, no confirmation from the last day on, and no open complaint.
    /// </summary>
    IReadOnlyList<UnsettledLeavers> UnsettledLeavers(LocalDate from, LocalDate before);
}
