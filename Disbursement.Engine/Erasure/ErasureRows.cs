using Disbursement.Engine.Ports;
using NodaTime;

namespace Disbursement.Engine.Erasure;

/// <summary>A project that is completed (竣工) with every wage of it settled; a later version is a later word on it.
/// </summary>
[Table("project_completion", "ledger project version")]
public sealed record ProjectCompletionRow : IFactRow
{
    public long Ledger { get; set; }
    public required long Project { get; init; }
    public required long Version { get; init; }

    /// <summary>The day of completion, by the document.</summary>
    public required LocalDate CompletedOn { get; init; }

    /// <summary>The day on which this ledger found every wage of the project settled.</summary>
    public required LocalDate SettledOn { get; init; }

    /// <summary>The versions of the project's payrolls added up: whatever moves a wage raises one of them.</summary>
    public required long PayrollVersions { get; init; }
    public required long Person { get; init; }
    public required string Document { get; init; }
}

/// <summary>A worker whose key two people had deleted. What was sealed under it cannot be read by anybody.</summary>
[Table("erasure", "ledger worker")]
public sealed record ErasureRow : IFactRow
{
    public long Ledger { get; set; }
    public required long Worker { get; init; }

    /// <summary>The last day on which the wage records had to be kept.</summary>
    public required LocalDate RetainedUntil { get; init; }

    /// <summary>The request (个人信息删除申请) that both people signed for.</summary>
    public required string Document { get; init; }
}

/// <summary>A project of a worker as the retention of its wage records sees it.</summary>
public sealed record RetainedProject
{
    public required long Project { get; init; }
    public required string Code { get; init; }

    /// <summary>Null with what follows: nobody has entered a completion.</summary>
    public LocalDate? CompletedOn { get; init; }
    public LocalDate? SettledOn { get; init; }
    public long? PayrollVersionsThen { get; init; }

    public required long PayrollVersions { get; init; }

    /// <summary>A payroll with a wage not paid and not voided, or that nobody has decided yet; null where none is.
    /// </summary>
    public long? OpenPayroll { get; init; }

    /// <summary>An obligation of the general contractor that is not at its end; null where none is.</summary>
    public long? OpenObligation { get; init; }
}

/// <summary>Something of a worker that is not at its end: its noun and number.</summary>
public sealed record OpenMatter
{
    public required string Noun { get; init; }
    public required long Id { get; init; }
}

/// <summary>A project on which an erased number of a person was registered.</summary>
public sealed record ErasedBefore
{
    public required string IdentityHash { get; init; }
    public required long Worker { get; init; }
    public required long Project { get; init; }
}
