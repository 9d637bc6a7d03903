using System.Text;
using Disbursement.Engine.Arrears;
using Disbursement.Engine.Audit;
using Disbursement.Engine.Calendars;
using Disbursement.Engine.Runtime;
using Disbursement.Tests.Fixtures;
using Disbursement.Tests.Storage;
using Xunit;
using static Disbursement.Tests.Fixtures.SampleLedger;

namespace Disbursement.Tests.Audit;

/// <summary>The precedence of the refusals of a calendar, profile or rule pack that would come into force.</summary>
public sealed class AdoptRefusalOrderTests
{
    [Fact]
    public void What_is_in_force_changes_unless_unreadable_then_unsigned_then_by_one_person()
    {
        using var database = Databases.Fresh(Engines.Sqlite);
        var ledger = new SampleLedger(database.Store);
        ledger.Enrol("second-login", Roles.Supervisor, 3);
        var standing = ledger.Ask(v => v.List<AdoptionRow>(("kind", Adopt.Calendar)))[^1].Name;
        Command Of(string kind, string name, string text) => new Command("ledger.adopt", ("kind", kind), ("name", name))
            .With(new InputDocument(kind, Encoding.UTF8.GetBytes(text)));
        const string Fresh = "year 2026\n2026-01-01 holiday\n";
        new RefusalOrder(ledger)
            .Row(CalendarRules.UnreadableLine, "", Of(Adopt.Calendar, standing, "样例"))
            .Row(ArrearsRules.PackUnreadable, "", Of(Adopt.Rules, "样例", "样例"))
            .Row(RuntimeRules.ApprovalMissing, "", Of(Adopt.Calendar, standing, Fresh))
            .Holds();
        ledger.Done(Treasurer, Of(Adopt.Calendar, standing, Fresh));
        new RefusalOrder(ledger)
            .Repeat(Treasurer, Of(Adopt.Calendar, standing, Fresh))
            .Row(RuntimeRules.SamePerson, "second-login", Of(Adopt.Calendar, standing, Fresh))
            .Holds();
        ledger.Done(Clerk, Of(Adopt.Calendar, standing, Fresh));
        new RefusalOrder(ledger).Repeat("", Of(Adopt.Calendar, standing, Fresh)).Holds();
    }
}
