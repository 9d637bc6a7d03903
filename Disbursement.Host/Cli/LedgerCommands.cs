using System.CommandLine;
using System.Security.Cryptography;
using Disbursement.Engine.Audit;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;
using Disbursement.Host.Storage;
using Command = System.CommandLine.Command;

namespace Disbursement.Host.Cli;

/// <summary>init, ledger list and ledger adopt.</summary>
public static class LedgerCommands
{
    public static Command Init()
    {
        var rehearsal = new Option<bool>("--rehearsal")
        {
            Description = "演练账本, 可用 --at / a rehearsal ledger, where --at works",
        };
        var init = new Command("init", "建立或升级数据库和账本 / create or migrate a database and a ledger") { rehearsal };
        init.SetAction(parse =>
        {
            var session = new Session(parse) { Creates = true };
            var text = parse.GetValue(GlobalOptions.Ledger) ?? throw Usage.InitNeedsLedger;
            if (!Region.TryLedger(text, out var region))
                throw Usage.NoRegion(text);
            var ledger = long.Parse(region.Code, System.Globalization.CultureInfo.InvariantCulture);
            // Asked before anything is made: bad input changes nothing.
            var standing = session.Dialect.HoldsLedgers()
                ? new LedgerStore(session.Dialect).Ledgers().FirstOrDefault(l => l.Ledger == ledger)
                : null;
            if (standing is { Rehearsal: 0 } && parse.GetValue(rehearsal))
                throw Usage.NoRehearsal(ledger);
            if (standing is null ? !parse.GetValue(rehearsal) : standing.Rehearsal == 0) session.NoMoment();
            if (standing is null) session.LogFiles.OneMore();
            var unfit = new List<Finding>();
            var created = Open(session.Composition, ledger, parse.GetValue(rehearsal), unfit);
            if (unfit.Count > 0) return session.Output.Refused(unfit);
            session.NearJournal();
            if (NewlyShipped(session, ledger) is [_, ..] refused) return session.Output.Refused(refused);
            session.Output.Print(new { ledger, name = region.Zh, created },
                $"{session.Output.Text("账本", "ledger")} {region.Code} {region.Zh}");
            return ExitStatus.Done;
        });
        return init;
    }

    /// <summary>
    /// A later program ships more than the ledger opened with. Whoever signs init signs for all of it, as ledger adopt
    /// would; the second person's run brings it into force. Told is what still waits.
    /// </summary>
    private static IReadOnlyList<Finding> NewlyShipped(Session session, long ledger)
    {
        foreach (var document in Shipped.Missing(session.Composition, ledger))
        {
            if (session.Signs && session.Decide(ledger, document.Adoption()) is { Accepted: false } refused)
                return refused.Findings;
        }
        session.Output.Findings([.. Shipped.Missing(session.Composition, ledger).Select(d => new Finding(
            AdoptRules.ShippedWaits, Place.Of(d.Kind, d.Name), d.Kind, d.Name, $"{ledger}"))]);
        return [];
    }

    public static Command List()
    {
        var list = new Command("list", "列出账本 / list the ledgers");
        list.SetAction(parse =>
        {
            var session = new Session(parse);
            session.Output.Table(session.Store.Ledgers(), ("ledger", l => l.Ledger), ("epoch", l => l.Epoch),
                ("rehearsal", l => l.Rehearsal == 1), ("leaves", l => l.Leaves),
                ("last_at", l => TimeText.Moment.Format(l.LastAt)));
            return ExitStatus.Done;
        });
        return new Command("ledger", "账本 / ledgers") { list, AdoptCommand.Create() };
    }

    /// <summary>
    /// Creates the ledger, writes its first leaf and adopts what ships with the Host. Safe to repeat.
    /// </summary>
    /// <param name="unfit">Takes why a document that ships was refused; without it that is a defect.</param>
    public static bool Open(Composition composition, long ledger, bool rehearsal, List<Finding>? unfit = null)
    {
        // The epoch keeps references apart between installations and restores; drawn once, stated by the first leaf.
        var epoch = (composition.Store.Ledgers() is [var other, ..] ? other.Epoch : null)
            ?? (rehearsal ? "R" : "P") + RandomNumberGenerator.GetString("ABCDEFGHJKLMNPQRTUVWXY0123456789", 3);
        var created = composition.Store.Create(LedgerHeadRow.Before(ledger, epoch, rehearsal ? 1 : 0));
        var head = composition.Store.Ledgers().First(l => l.Ledger == ledger);
        composition.Runner.Run(ledger,
            new Engine.Runtime.Command("ledger.open", ("epoch", head.Epoch), ("rehearsal", head.Rehearsal)));
        var refused = Shipped.Adopt(composition, ledger);
        Invariant.Holds(unfit is not null || refused.Count == 0, $"ledger {ledger}: what ships was refused: "
            + string.Join("; ", refused.Select(f => f.Text(chinese: false))));
        unfit?.AddRange(refused);
        return created;
    }
}
