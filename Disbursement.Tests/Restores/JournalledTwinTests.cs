using System.Text;
using Disbursement.Engine.Accounts;
using Disbursement.Engine.Files;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Restores;
using Disbursement.Engine.Runtime;
using Disbursement.Host.Files;
using Disbursement.Tests.Files;
using Disbursement.Tests.Fixtures;
using Disbursement.Tests.Recalls;
using Disbursement.Tests.Storage;
using Xunit;

namespace Disbursement.Tests.Restores;

/// <summary>A file made here before the recovery, and one of the journal with the same wages or the same
/// reference.</summary>
public class JournalledTwinTests
{
    private static readonly InputDocument Letter =
        new(FileResolve.Evidence, "样例: 银行函"u8.ToArray(), Personal: true);

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void A_sealed_file_with_a_wage_of_the_journal_stays_whatever_two_people_said_of_the_other(string engine)
    {
        using var outlay = new SampleOutlay(engine);
        var here = outlay.Sealed();
        var rows = Claims(outlay, here);
        Begin(outlay, Record(outlay, here, "ROLD000100000900", "ab", "0a", rows[0]));
        var send = Assert.Single(Open(outlay));
        Assert.Equal(1, send.LinesWaiting);
        Assert.Equal([(here.File, FileState.Sealed, send.Send, 1L)], Staying(outlay));
        Both(outlay, Settle(send.Send, "held"));
        Both(outlay, new Command("file.resolve", ("file", 900), ("outcome", "accepted")).With(Letter));
        Assert.Empty(Open(outlay));

        Refused("recovery.row-locked", outlay.Try("file.send", "file", here.File));
        AssertStays(outlay, here, "went out in a journalled file");
        outlay.Samples.Done(SampleLedger.Treasurer, new Command("file.withdraw", ("file", here.File)));
        Assert.Empty(Staying(outlay));
        Match(outlay);
        Assert.Equal(rows[0], Assert.Single(Claims(outlay, outlay.File(900))));
    }

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void Another_file_of_the_same_reference_never_goes_and_the_journalled_one_stands_beside_it(string engine)
    {
        using var outlay = new SampleOutlay(engine);
        var here = outlay.Sealed();
        var rows = Claims(outlay, here);
        Begin(outlay, Record(outlay, here, here.Reference, "ab", "0a", rows[0]));
        var send = Assert.Single(Open(outlay));
        Assert.NotEqual(here.File, send.File);
        Assert.Equal(send.File, outlay.Samples.Ask(v => JournalledFile.Named(v, here.Profile, here.Reference))?.File);
        var went = outlay.File(send.File);
        Assert.Equal((FileState.Unknown, here.Reference), (went.State, went.Reference));
        Refused("recovery.list-open", outlay.Try("file.send", "file", here.File));
        Both(outlay, Settle(send.Send, "held"));
        Both(outlay, new Command("file.resolve", ("file", send.File), ("outcome", "accepted")).With(Letter));
        Assert.Empty(Open(outlay));

        Refused("recovery.other-file", outlay.Try("file.send", "file", here.File));
        AssertStays(outlay, here, "went out as another file");
        outlay.Samples.Done(SampleLedger.Treasurer, new Command("file.withdraw", ("file", here.File)));
        Match(outlay);
        Assert.Equal(rows[0], Assert.Single(Claims(outlay, outlay.File(send.File))));
    }

    [Fact]
    public void A_file_of_as_many_rows_and_fen_with_other_wages_is_not_the_journalled_one()
    {
        using var outlay = new SampleOutlay();
        var here = outlay.Sealed();
        var rows = Claims(outlay, here);
        Assert.True(outlay.Run("file.send", "file", here.File).Leaf > 0);
        var others = rows.Select(r => r with { Worker = "00ff" }).ToArray();
        Begin(outlay, Record(outlay, here, here.Reference, "ab", "0a", others));
        var send = Assert.Single(Open(outlay));
        Assert.NotEqual(here.File, send.File);
        Assert.Equal(rows.Length, send.LinesWaiting);
        // The same wages in the same rows are this very file, whatever its bytes.
        Begin(outlay, Record(outlay, here, here.Reference, "cd", "0b", [.. rows]), "R002");
        Assert.Single(Open(outlay));
    }

    [Fact]
    public void A_file_of_the_same_wages_given_up_unsent_is_not_the_journalled_one()
    {
        using var outlay = new SampleOutlay();
        var here = outlay.Sealed();
        var rows = Claims(outlay, here);
        outlay.Samples.Done(SampleLedger.Treasurer, new Command("file.withdraw", ("file", here.File)));
        Begin(outlay, Record(outlay, here, here.Reference, "ab", "0a", rows));
        var send = Assert.Single(Open(outlay));
        Assert.NotEqual(here.File, send.File);
        Assert.Equal(rows, Claims(outlay, outlay.File(send.File)));
        Assert.Equal(send.File, outlay.Samples.Ask(v => JournalledFile.Named(v, here.Profile, here.Reference))?.File);
    }

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void A_sending_after_the_backup_of_a_file_that_was_proved_absent_before_it_is_listed(string engine)
    {
        using var outlay = new SampleOutlay(engine);
        var here = outlay.Sealed();
        var sent = Tried(outlay, here, SendingResult.Unknown);
        Both(outlay, new Command("file.resolve", ("file", here.File), ("outcome", "absent")).With(Letter));
        var again = outlay.File(here.File);
        Assert.Equal(FileState.Sealed, again.State);
        Begin(outlay, Record(outlay, here, here.Reference, again.SealedDocument!, "0b",
            [.. Claims(outlay, here)]));
        Assert.Equal((here.File, "Unknown", 0L), Open(outlay) is [var o] ? (o.File, o.State, o.LinesWaiting) : default);
        Assert.Equal(sent.FirstSentAt, outlay.File(here.File).FirstSentAt);
        Refused("machine.no-arrow", outlay.Try("file.send", "file", here.File));
    }

    [Fact]
    public void A_try_of_its_own_that_never_left_makes_the_lost_sending_no_better_known()
    {
        using var outlay = new SampleOutlay();
        var here = outlay.Sealed();
        Tried(outlay, here, SendingResult.NotSent);
        var record = Record(outlay, here, here.Reference, here.SealedDocument!, "0b", Claims(outlay, here));
        Begin(outlay, record);
        Assert.Equal((here.File, "Unknown"), Open(outlay) is [var o] ? (o.File, o.State) : default);
        Refused("machine.no-arrow", outlay.Try("file.send", "file", here.File));
        // Proved absent and gone again after the next backup: the same item is open again.
        Both(outlay, new Command("file.resolve", ("file", here.File), ("outcome", "absent")).With(Letter));
        Assert.Empty(Open(outlay));
        Begin(outlay, record, "R002");
        Assert.Empty(Open(outlay));
        Begin(outlay, Record(outlay, here, here.Reference, here.SealedDocument!, "0c", Claims(outlay, here)), "R002");
        Assert.Equal((here.File, "Unknown", 0L), Open(outlay) is [var p] ? (p.File, p.State, p.LinesWaiting) : default);
    }

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void Given_up_after_such_a_try_its_wages_are_locked_all_the_same(string engine)
    {
        using var outlay = new SampleOutlay(engine);
        var here = outlay.Sealed();
        var rows = Claims(outlay, here);
        Tried(outlay, here, SendingResult.NotSent);
        outlay.Samples.Done(SampleLedger.Treasurer, new Command("file.withdraw", ("file", here.File)));
        Begin(outlay, Record(outlay, here, here.Reference, here.SealedDocument!, "0b", rows)
            + Record(outlay, here, here.Reference, here.SealedDocument!, "0c", rows));
        var send = Assert.Single(Open(outlay));
        Assert.NotEqual(here.File, send.File);
        Assert.Empty(Staying(outlay));
        Assert.Equal(rows, Claims(outlay, outlay.File(send.File)));
        var (code, said) = outlay.Database.Outside("INSERT INTO file_sending (ledger, sending, file) VALUES ("
            + $"{SampleLedger.Ledger}, '0d', {here.File})");
        Assert.True(code != 0 && said.Contains("a sending is named as it goes", StringComparison.Ordinal), said);
    }

    [Fact]
    public void Of_another_file_the_bank_is_asked_for_no_recall_and_its_word_is_not_taken()
    {
        using var outlay = new SampleOutlay { Chosen = SampleRecall.PayrollOf("iso20022-pain") };
        var here = outlay.Sealed();
        Tried(outlay, here, SendingResult.Unknown);
        Begin(outlay, Record(outlay, here, here.Reference, "ab", "0b", Claims(outlay, here)[0]));
        foreach (var outcome in new[] { "accepted", "refused" })
            Refused("recovery.other-file", outlay.Samples.Decide(SampleLedger.Treasurer,
                new Command("file.resolve", ("file", here.File), ("outcome", outcome)).With(Letter)));
        Refused("recovery.other-file", outlay.Samples.Decide(SampleLedger.Treasurer,
            SampleRecall.Of(here.File, "Duplicate", "*")));
        Assert.Equal((here.File, FileState.Unknown), Assert.Single(Staying(outlay)) is var s ? (s.File, s.State)
            : default);
        // The way out: nothing of it went, and the wage matches the file that did.
        Both(outlay, new Command("file.resolve", ("file", here.File), ("outcome", "absent")).With(Letter));
        Assert.Equal(FileState.Withdrawn, outlay.File(here.File).State);
        Match(outlay);
        Assert.Single(Claims(outlay, outlay.File(Assert.Single(Open(outlay)).File)));
    }

    /// <summary>The header as it was while it went.</summary>
    private static DisbursementFileRow Tried(SampleOutlay outlay, DisbursementFileRow file, SendingResult result)
    {
        outlay.Samples.Done("", new Command("file.send", ("file", file.File), (FileSend.Sending, "0f")));
        var sent = outlay.File(file.File);
        outlay.Samples.Done("", new Command("file.sent", ("file", file.File), ("version", sent.Version),
            ("result", $"{result}")).With(new InputDocument(FileSent.Detail, "样例"u8.ToArray())));
        return sent;
    }

    private static void AssertStays(SampleOutlay outlay, DisbursementFileRow file, string law)
    {
        var (code, said) = outlay.Database.Outside("UPDATE disbursement_file SET version = version + 1, "
            + $"state = 'Sending', lease_until = built_at WHERE file = {file.File}");
        Assert.True(code != 0 && said.Contains(law, StringComparison.Ordinal), said);
    }

    private static JournalledClaim[] Claims(SampleOutlay outlay, DisbursementFileRow file) =>
        [.. outlay.Samples.Ask(v => FileRows.ClaimsOf(v, file.File))];

    private static string Record(SampleOutlay outlay, DisbursementFileRow file, string reference, string digest,
        string sending, params JournalledClaim[] claims) =>
        JournalText.Format(new JournalledSend(SampleLedger.Ledger, outlay.Account, file.Profile, ReleaseKind.Ordinary,
            reference, digest, claims.Length, claims.Sum(c => c.Fen), sending, claims));

    private static void Begin(SampleOutlay outlay, string records, string epoch = "R001")
    {
        Assert.True(outlay.Composition.Runner.Run(SampleLedger.Ledger, new Command("restore.begin", ("epoch", epoch))
            .With(new InputDocument(RestoreBegin.Journal, Encoding.UTF8.GetBytes(records)))).Accepted);
        Match(outlay);
    }

    private static void Match(SampleOutlay outlay) =>
        Assert.True(outlay.Composition.Runner.Run(SampleLedger.Ledger, new Command("restore.match")).Accepted);

    private static void Both(SampleOutlay outlay, Command command)
    {
        foreach (var person in new[] { SampleLedger.Treasurer, SampleLedger.Administrator })
            outlay.Samples.Done(person, command);
    }

    private static Command Settle(long send, string outcome) =>
        new Command("restore.resolve", ("send", send), ("outcome", outcome))
            .With(Letter with { Kind = RestoreResolve.Evidence });

    private static IReadOnlyList<OpenSend> Open(SampleOutlay outlay) => outlay.Samples.Ask(v => v.Queries.OpenSends());

    private static IEnumerable<(long File, FileState State, long Send, long Wages)> Staying(SampleOutlay outlay) =>
        outlay.Samples.Ask(v => v.Queries.StayingFiles()).Select(f => (f.File, f.State, f.Send, f.Wages));

    private static void Refused(string rule, Decision<Outcome> decision)
    {
        Assert.False(decision.Accepted);
        Assert.Equal(rule, decision.Findings[0].Rule.Code);
    }
}
