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
        var desk = ObligationDesk.Load(context, pack.Value);
        DueSweep.Run(context, desk);
        Unassessed.Run(context, desk, pack.Value, calendar.Value);
        desk.Lapse();
        var changed = desk.Write(changes);
        changed |= new WarningSweep(context, pack.Value, calendar.Value).Run(changes, desk);
        return Decision<Changes>.Accept(changed ? changes : Changes.Repeated());
    }

    private static Decision<LegalCalendar> Calendar(DecisionContext context)
    {
        var versions = context.Rows.List<AdoptionRow>(("kind", Adopt.Calendar), ("name", CalendarName));
        return versions.Count > 0 && context.Vault.Open(versions[^1].Document) is { } bytes
            ? CalendarText.Of(bytes)
            : Decision<LegalCalendar>.Refuse(ArrearsRules.CalendarMissing, Place.Of(Adopt.Calendar, CalendarName));
    }
}
