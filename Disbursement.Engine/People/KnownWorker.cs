using NodaTime;

namespace Disbursement.Engine.People;

/// <summary>A worker found by identity hash, with the newest payee account.</summary>
public sealed record KnownWorker
{
    public required long Worker { get; init; }
    public required string IdentityHash { get; init; }
    public required byte[] Sealed { get; init; }

    /// <summary>Newest version of the payee account, or null before the first.</summary>
    public long? PayeeVersion { get; init; }
    public byte[]? PayeeSealed { get; init; }
    public string? BankCode { get; init; }

    /// <summary>The worker's key; null once erased.</summary>
    public byte[]? Secret { get; init; }
}

/// <summary>A worker's newest registration on any project, in the codes sheets use.</summary>
public sealed record RegisteredAnywhere
{
    public required string IdentityHash { get; init; }
    public required long Worker { get; init; }
    public required byte[] Sealed { get; init; }
    public byte[]? Secret { get; init; }
    public required string Project { get; init; }
    public required string Employer { get; init; }
    public required string Team { get; init; }
    public required LocalDate JoinedOn { get; init; }
    public LocalDate? LeftOn { get; init; }
}
