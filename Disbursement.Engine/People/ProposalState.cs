namespace Disbursement.Engine.People;

/// <summary>Where two people are asked for: the first one's word waits until another person decides.</summary>
public enum ProposalState { Pending, Decided }

/// <summary>A worker's place on a project: newest version, with the identity hash a sheet's line is found by.</summary>
public sealed record RegisteredWorker
{
    public required long Worker { get; init; }
    public required long Employer { get; init; }
    public required string Team { get; init; }
    public required string IdentityHash { get; init; }
    public required byte[] Sealed { get; init; }

    /// <summary>The worker's key; null once erased.</summary>
    public byte[]? Secret { get; init; }
    public required NodaTime.LocalDate JoinedOn { get; init; }
    public NodaTime.LocalDate? LeftOn { get; init; }
}
