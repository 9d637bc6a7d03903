using Disbursement.Engine.Audit;
using Disbursement.Engine.Calendars;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.Arrears;

/// <summary>
/// arrears.sweep: the only entry that time has. Compares the ledger with today and writes one leaf where something is
/// different from what stands; else it is a repeat.
/// </summary>
public sealed class ArrearsSweep : ICommandHandler
{
    public const string CalendarName = "cn";

    public string Verb => "arrears.sweep";

    public Decision<Changes> Decide(DecisionContext context)
    {
        var pack = RulePack.InForce(context);
        if (!pack.Accepted) return Decision<Changes>.Refuse(pack.Findings);
        var calendar = Calendar(context);
        if (!calendar.Accepted) return Decision<Changes>.Refuse(calendar.Findings);
        var changes = new Changes();
        var desk = Due(context, pack.Value, calendar.Value);
        var changed = desk.Write(changes);
        changed |= new WarningSweep(context, pack.Value, calendar.Value).Run(changes, desk);
        return Decision<Changes>.Accept(changed ? changes : Changes.Repeated());
    }

    /// <summary>
    /// What a pack would raise of the ledger as the context has it, were it in force: the very sweep, and nothing
    /// written. Refused where the ledger has no calendar then.
    /// </summary>
    public static Decision<IReadOnlyList<FoundWarning>> Look(DecisionContext context, RulePack pack)
    {
        var calendar = Calendar(context);
        return calendar.Accepted
            ? Decision<IReadOnlyList<FoundWarning>>.Accept(new WarningSweep(context, pack, calendar.Value)
                .Find(Due(context, pack, calendar.Value)))
            : Decision<IReadOnlyList<FoundWarning>>.Refuse(calendar.Findings);
    }

    /// <summary>The obligations as the clock has them today.</summary>
    private static ObligationDesk Due(DecisionContext context, RulePack pack, LegalCalendar calendar)
    {
        var desk = ObligationDesk.Load(context, pack);
        DueSweep.Run(context, desk);
        Unassessed.Run(context, desk, pack, calendar);
        desk.Lapse();
        return desk;
    }

    private static Decision<LegalCalendar> Calendar(DecisionContext context)
    {
        var versions = context.Rows.List<AdoptionRow>(("kind", Adopt.Calendar), ("name", CalendarName));
        return versions.Count > 0 && context.Vault.Open(versions[^1].Document) is { } bytes
            ? CalendarText.Of(bytes)
            : Decision<LegalCalendar>.Refuse(ArrearsRules.CalendarMissing, Place.Of(Adopt.Calendar, CalendarName));
    }
}
