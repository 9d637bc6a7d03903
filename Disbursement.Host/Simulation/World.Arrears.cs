using Disbursement.Engine.Runtime;

namespace Disbursement.Host.Simulation;

/// <summary>What people leave undone about a project's payrolls of a month.</summary>
internal enum Neglected
{
    /// <summary>No sheet is handed in.</summary>
    Sheet,

    /// <summary>The sheet is wrong, is refused by its check, and no other comes.</summary>
    Check,

    /// <summary>The sheet is checked and not submitted.</summary>
    Submission,

    /// <summary>The sheet is submitted and not approved.</summary>
    Approval,
}

/// <summary>What time does to wages: the night's sweep, and what is left undone until it is too late.</summary>
internal sealed partial class World
{
    /// <summary>A sheet's number beyond those that are drawn: the wrong one and no other.</summary>
    private const int OnlyWrong = 16;

    private readonly Dictionary<int, Neglected> _neglected = [];

    /// <summary>The sweep of the night, and nothing else.</summary>
    private void Night() => _laws.HasSwept |= Asked(null, new Command("arrears.sweep")) is not null;

    /// <summary>From now on nobody does this for the project.</summary>
    private void Neglect(Step step) => _neglected[step.A] = (Neglected)(step.B % 4);

    /// <summary>A month later, past every pay day, somebody does it after all; or it is left for good.</summary>
    private void Mend(Step step)
    {
        if (!_neglected.Remove(step.A, out var what) || step.B % 3 == 0) return;
        if (what is Neglected.Sheet or Neglected.Check) Sheet(step with { B = 0 }, Worked.PlusMonths(-1));
        Review(step with { B = 0 });
        Approve(step with { B = 0 });
        Plan(step with { B = 1 });
    }

    private bool Leaves(long project, Neglected what) =>
        _neglected.TryGetValue((int)project, out var left) && left == what;
}
