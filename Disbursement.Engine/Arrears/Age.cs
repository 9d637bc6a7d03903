using NodaTime;

namespace Disbursement.Engine.Arrears;

/// <summary>How long arrears last: "over n months" is the day after the same day n months later, or after the month's
/// last day where it has no such day: of what was due on 31 January the first month is over on 1 March.</summary>
public readonly record struct Age(LocalDate DueDate, LocalDate Today)
{
    public bool Over(long months) => Today > DueDate.PlusMonths((int)months);
}

/// <summary>A rule's level from an age on, as a pack states it row by row.</summary>
/// <param name="Rule">Code of the rule.</param>
/// <param name="OverMonths">Whole months after the due date; 0 is any arrears.</param>
/// <param name="Source">Where the row is written, with its mark.</param>
public sealed record AgedLevel(string Rule, long OverMonths, WarningLevel Level, string Source);
