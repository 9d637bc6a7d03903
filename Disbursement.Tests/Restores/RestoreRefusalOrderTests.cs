using System.Text;
using Disbursement.Engine.Accounts;
using Disbursement.Engine.Files;
using Disbursement.Engine.Restores;
using Disbursement.Engine.Runtime;
using Disbursement.Tests.Files;
using Disbursement.Tests.Fixtures;
using Xunit;
using static Disbursement.Tests.Fixtures.SampleLedger;

namespace Disbursement.Tests.Restores;

/// <summary>The precedence of a recovery's refusals; restore.match asks nothing and refuses nothing.</summary>
public sealed class RestoreRefusalOrderTests
{
    private const string LostWorker = "00ff";

    [Fact]
    public void Begin_is_refused_unreadable_then_unsigned_then_without_role_then_with_an_epoch_used_before()
    {
        using var outlay = new SampleOutlay();
        var (first, second) = (Record(outlay, 900), Record(outlay, 901));
        var epoch = outlay.Composition.Store.Ledgers()[0].Epoch;
        new RefusalOrder(outlay.Samples)
            .Row(RestoreRules.JournalForm, "", Begin(epoch, first[..^20], anchor: true))
            .Row(RuntimeRules.ApprovalMissing, "", Begin(epoch, first, anchor: true))
            .Row(RuntimeRules.RoleMissing, Clerk, Begin(epoch, first, anchor: true))
            .Row(RestoreRules.EpochTaken, Treasurer, Begin(epoch, first, anchor: true))
            // Nobody's word is needed to lock.
            .Row(RestoreRules.EpochTaken, "", Begin(epoch, first, anchor: false))
            .Holds();
        outlay.Samples.Done("", Begin("R001", first, anchor: false));
        new RefusalOrder(outlay.Samples)
            .Repeat("", Begin("R001", first, anchor: false))
            .Row(RestoreRules.EpochTaken, "", Begin("R001", second, anchor: false))
            .Holds();
    }

    [Fact]
    public void Resolve_is_refused_unsigned_not_found_undocumented_for_no_result_by_one_person_then_with_nothing_left()
    {
        using var outlay = new SampleOutlay();
        outlay.Samples.Done("", Begin("R001", Record(outlay, 900), anchor: false));
        outlay.Samples.Done("", new Command("restore.match"));
        outlay.Samples.Enrol("second-login", Roles.Treasurer, 3);
        new RefusalOrder(outlay.Samples)
            .Row(RuntimeRules.ApprovalMissing, "", Resolve(99, "lost", null))
            .Row(RuntimeRules.NotFound, Clerk, Resolve(99, "lost", null))
            .Row(FileRules.EvidenceMissing, Clerk, Resolve(1, "lost", null))
            .Row(FileRules.ResultUnknown, Clerk, Resolve(1, "lost", "样例"))
            .Holds();
        outlay.Samples.Done(Treasurer, Resolve(1, "absent", "样例"));
        new RefusalOrder(outlay.Samples)
            .Repeat(Treasurer, Resolve(1, "absent", "样例"))
            .Row(RuntimeRules.SamePerson, "second-login", Resolve(1, "absent", "样例"))
            .Holds();
        outlay.Samples.Done(Clerk, Resolve(1, "absent", "样例"));
        new RefusalOrder(outlay.Samples)
            .Repeat("second-login", Resolve(1, "absent", "样例"))
            .Row(RestoreRules.NothingWaits, Treasurer, Resolve(1, "absent", "样例二"))
            .Row(RestoreRules.NothingWaits, Treasurer, Resolve(1, "held", "样例"))
            .Holds();
    }

    [Fact]
    public void Lost_is_refused_unsigned_undocumented_then_where_nothing_was_sent_then_by_one_person()
    {
        using var outlay = new SampleOutlay();
        outlay.Samples.Enrol("second-login", Roles.Treasurer, 3);
        new RefusalOrder(outlay.Samples)
            .Row(RuntimeRules.ApprovalMissing, "", Lost(null))
            .Row(FileRules.EvidenceMissing, Clerk, Lost(null))
            .Row(RestoreRules.NothingLost, Clerk, Lost("样例"))
            .Holds();
        outlay.Run("file.send", "file", outlay.Sealed().File);
        outlay.Samples.Done(Treasurer, Lost("样例"));
        new RefusalOrder(outlay.Samples)
            .Repeat(Treasurer, Lost("样例"))
            .Row(RuntimeRules.SamePerson, "second-login", Lost("样例"))
            .Holds();
        outlay.Samples.Done(Clerk, Lost("样例"));
        new RefusalOrder(outlay.Samples).Repeat("second-login", Lost("样例")).Holds();
    }

    private static Command Lost(string? evidence) => evidence is null ? new Command(RestoreLost.Name)
        : new Command(RestoreLost.Name).With(
            new InputDocument(RestoreResolve.Evidence, Encoding.UTF8.GetBytes(evidence), Personal: true));

    /// <summary>A sending of a wage that nobody here knows.</summary>
    private static string Record(SampleOutlay outlay, long number)
    {
        var site = Employers[0];
        var claim = new JournalledClaim(
            site.Project.Code, site.CreditCode, "2026-01-01/2026-01-31", 0, 1, LostWorker, LostWorker, 100);
        return JournalText.Format(new JournalledSend(Ledger, outlay.Account, site.Project.Profile, ReleaseKind.Ordinary,
            FileReference.Of("ROLD", Ledger, number, 20), $"{number:x4}", 1, claim.Fen, $"{number:x4}", [claim]));
    }

    private static Command Begin(string epoch, string records, bool anchor)
    {
        var command = new Command("restore.begin", ("epoch", epoch))
            .With(new InputDocument(RestoreBegin.Journal, Encoding.UTF8.GetBytes(records)));
        return anchor ? command.With(new InputDocument(RestoreBegin.Anchor, "样例"u8.ToArray())) : command;
    }

    private static Command Resolve(long send, string outcome, string? evidence)
    {
        var command = new Command("restore.resolve", ("send", send), ("outcome", outcome));
        return evidence is null ? command : command.With(
            new InputDocument(RestoreResolve.Evidence, Encoding.UTF8.GetBytes(evidence), Personal: true));
    }
}
