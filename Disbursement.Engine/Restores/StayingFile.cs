using Disbursement.Engine.Files;

namespace Disbursement.Engine.Restores;

/// <summary>
/// A file of ours that no bank has answered and that goes no more: a journalled file has its reference, or wages of it.
/// Given up, it leaves those wages to the journalled file.
/// </summary>
public sealed record StayingFile
{
    public required long File { get; init; }
    public required string Reference { get; init; }
    public required FileState State { get; init; }

    /// <summary>The item of the list of journalled files.</summary>
    public required long Send { get; init; }
    public required string WentAs { get; init; }

    /// <summary>Its wages that went out in the journalled file; zero where it has nothing but the reference.</summary>
    public required long Wages { get; init; }
}
