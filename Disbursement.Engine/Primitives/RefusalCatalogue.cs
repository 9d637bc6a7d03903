using System.Collections.Frozen;
using Disbursement.Engine.Accounts;
using Disbursement.Engine.Arrears;
using Disbursement.Engine.Attendance;
using Disbursement.Engine.Audit;
using Disbursement.Engine.Calendars;
using Disbursement.Engine.Cards;
using Disbursement.Engine.Complaints;
using Disbursement.Engine.Erasure;
using Disbursement.Engine.Feeds;
using Disbursement.Engine.Files;
using Disbursement.Engine.Papers;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.People;
using Disbursement.Engine.Recalls;
using Disbursement.Engine.Restores;
using Disbursement.Engine.Returns;
using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.Primitives;

/// <summary>
/// Every rule there is, in one order: of several findings at one place the earlier rule is told first.
/// </summary>
public static class RefusalCatalogue
{
    /// <summary>The rules of all nouns, each noun's in its own order of precedence.</summary>
    public static IReadOnlyList<RefusalRule> Ordered { get; } =
    [
        .. RegionRules.All,
        .. IdentifierRules.All,
        .. CalendarRules.All,
        .. MachineRules.All,
        .. SheetRules.All,
        .. RuntimeRules.All,
        .. PersonRules.All,
        .. PeopleRules.All,
        .. AttendanceRules.All,
        .. PayrollRules.All,
        .. ProjectRules.All,
        .. RegisterRules.All,
        .. ErasureRules.All,
        .. ComplaintRules.All,
        .. StandingRules.All,
        .. ArrearsRules.All,
        .. OrderRules.All,
        .. FundingRules.All,
        .. FeedRules.All,
        .. PaperRules.All,
        .. ClosingRules.All,
        .. ReleaseRules.All,
        .. FileRules.All,
        .. RecallRules.All,
        .. CardRules.All,
        .. RestoreRules.All,
        .. ReturnsRules.All,
        .. AdoptRules.All,
        .. AuditRules.All,
        .. RebuildRules.All,
    ];

    private static readonly FrozenDictionary<string, RefusalRule> ByCode = Ordered.ToFrozenDictionary(r => r.Code);

    /// <summary>The rule of a code, or null.</summary>
    public static RefusalRule? Find(string code) => ByCode.GetValueOrDefault(code);
}
