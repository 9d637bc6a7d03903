using Disbursement.Engine.Erasure;

namespace Disbursement.Engine.Ports;

public partial interface ISetQueries
{
    /// <summary>What the retention of one project's wage records depends on.</summary>
    RetainedProject RetainedProject(long project);

    /// <summary>The same of every project a worker was ever registered on, in order of project.</summary>
    IReadOnlyList<RetainedProject> RetainedProjects(long worker);

    /// <summary>What of a worker is not at its end, beside the wages of the projects.</summary>
    IReadOnlyList<OpenMatter> OpenMatters(long worker);

    /// <summary>Erased numbers of these people, with each project they were registered on.</summary>
    IReadOnlyList<ErasedBefore> ErasedBefore(IReadOnlyCollection<string> identityHashes);
}
