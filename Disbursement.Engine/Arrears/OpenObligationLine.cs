using NodaTime;

namespace Disbursement.Engine.Arrears;

/// <summary>A line of an obligation that has not left it, with what its obligation says of it.</summary>
public sealed record OpenObligationLine
{
    public required long Obligation { get; init; }
    public required long Line { get; init; }
    public required long Subcontractor { get; init; }
    public required string Period { get; init; }
    public required LocalDate DueDate { get; init; }
    public required long Worker { get; init; }

    /// <summary>Null in an obligation of kind Unassessed.</summary>
    public long? Claim { get; init; }
    public required long AmountFen { get; init; }
}
