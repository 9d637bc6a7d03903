using Disbursement.Engine.Accounts;
using Disbursement.Engine.Files;
using Disbursement.Host.Files;
using Disbursement.Tests.Fixtures;
using Xunit;

namespace Disbursement.Tests.Files;

public class SendJournalTests
{
    [Fact]
    public void A_record_cut_anywhere_is_torn_and_the_next_record_is_read_after_it()
    {
        using var outlay = new SampleOutlay();
        var file = outlay.Sealed();
        Append(outlay, file);
        var whole = File.ReadAllBytes(outlay.Settings.Journal);
        foreach (var cut in new[] { 1, 4, whole.Length / 2, whole.Length - 20, whole.Length - 2 })
        {
            File.WriteAllBytes(outlay.Settings.Journal, whole[..cut]);
            Assert.Equal((0, 1), (outlay.Journal.Read().Sends.Count, outlay.Journal.Read().Torn));
            Append(outlay, file);
            var reading = outlay.Journal.Read();
            Assert.Equal(file.Reference, Assert.Single(reading.Sends).Reference);
            Assert.Equal(1, reading.Torn);
        }
    }

    [Fact]
    public void A_changed_figure_makes_a_record_worthless()
    {
        using var outlay = new SampleOutlay();
        var file = outlay.Sealed();
        Append(outlay, file);
        File.WriteAllText(outlay.Settings.Journal, File.ReadAllText(outlay.Settings.Journal)
            .Replace($" {file.TotalFen} ", $" {file.TotalFen + 1} ", StringComparison.Ordinal));
        Assert.Empty(outlay.Journal.Read().Sends);
    }

    [Fact]
    public void The_journal_names_no_worker()
    {
        using var outlay = new SampleOutlay();
        var file = outlay.Sealed();
        Append(outlay, file);
        var hashes = outlay.Samples.Ask(v => FileRows.Of(v, file.File)).Select(r => r.IdentityHash);
        Assert.Equal(hashes, outlay.Journal.Read().Sends[0].Claims.Select(c => c.Worker));
    }

    [Fact]
    public void Recovery_lists_what_was_sent_and_is_not_known_here()
    {
        using var outlay = new SampleOutlay();
        var file = outlay.Sealed();
        // Sealed here and never sent: the state a restored backup is in.
        Append(outlay, file);
        var found = Recovery.Compare(outlay.Composition, outlay.Journal);
        Assert.Equal(file.Reference, Assert.Single(found.Unknown).Reference);
    }

    private static void Append(SampleOutlay outlay, DisbursementFileRow file) =>
        outlay.Journal.Append(SampleLedger.Ledger, file with { Version = file.Version + 1 }, "0a",
            ReleaseKind.Ordinary, [1, 2, 3], outlay.Samples.Ask(v => FileRows.ClaimsOf(v, file.File)));
}
