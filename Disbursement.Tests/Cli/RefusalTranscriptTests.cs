using System.Text.Json;
using Disbursement.Tests.Architecture;
using Xunit;

namespace Disbursement.Tests.Cli;

/// <summary>
/// Every rule of the catalogue has a transcript under Golden/refusals: what provokes it, and the exact words and JSON a
/// user gets. To write the answers anew after a change of words: UPDATE_SPECS=1; then read the difference.
/// </summary>
public sealed class RefusalTranscriptTests
{
    private const string Worlds = "worlds.txt";

    public static TheoryData<string> Pages => [.. Directory.GetFiles(TranscriptScript.Page(""), "*.txt")
        .Select(p => Path.GetFileName(p)).Where(p => p != Worlds).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Pages))]
    public void Each_input_gives_the_words_the_document_and_the_status_of_its_transcript(string page)
    {
        var path = TranscriptScript.Page(page);
        var text = File.ReadAllText(path);
        var (preface, transcripts) = Transcript.Parse(text);
        var played = new Transcript[transcripts.Count];
        var failures = new string?[transcripts.Count];
        Parallel.For(0, transcripts.Count, i =>
        {
            try
            {
                played[i] = transcripts[i] with { Outputs = TranscriptScript.Play(transcripts[i]) };
            }
            catch (Exception e) when (Environment.GetEnvironmentVariable("UPDATE_SPECS") == "1")
            {
                (played[i], failures[i]) = (transcripts[i], $"{transcripts[i].Code}: {e.Message}");
            }
        });
        if (Environment.GetEnvironmentVariable("UPDATE_SPECS") == "1")
            File.WriteAllText(path, Transcript.Format(preface, played));
        var troubles = failures.Concat(played.Select(Trouble)).OfType<string>().ToList();
        Assert.True(troubles.Count == 0, string.Join('\n', troubles));
        Assert.Equal(text, Transcript.Format(preface, played), ignoreLineEndingDifferences: false);
    }

    [Fact]
    public void Every_rule_of_the_catalogue_has_a_transcript_and_none_is_of_a_rule_that_is_gone()
    {
        var told = Pages.SelectMany(row => Transcript.Parse(File.ReadAllText(TranscriptScript.Page(row.Data))).All)
            .Select(t => t.Rule).Where(r => !r.StartsWith("exception.", StringComparison.Ordinal)).Distinct();
        Assert.Equal(RefusalPage.Rules.Select(r => r.Code).Order(), told.Order());
    }

    /// <summary>
    /// The rule's code stands in every form, no place is left open, JSON is one document; or what is wrong.
    /// </summary>
    private static string? Trouble(Transcript transcript)
    {
        var outputs = transcript.Outputs;
        if (!outputs.Select(o => o.Form).SequenceEqual(Transcript.Forms))
            return $"{transcript.Code}: not in three forms";
        if (outputs.Any(o => o.Status != outputs[0].Status))
            return $"{transcript.Code}: the forms differ in status";
        var code = transcript.Rule.Replace("exception.", "", StringComparison.Ordinal);
        var list = outputs[^1].Text.StartsWith('[');
        foreach (var heard in outputs)
        {
            if (heard.Text.Contains("{0}", StringComparison.Ordinal)) return $"{transcript.Code}: a place left open";
            // A list of rows has no place for findings beside it: those are said on standard error.
            if (!(heard.Form == "json" && list) && !heard.Text.Contains(code, StringComparison.Ordinal))
                return $"{transcript.Code}: not told in {heard.Form}: {heard.Text}";
        }
        using var document = JsonDocument.Parse(outputs[^1].Text);
        return null;
    }
}
