using System.Text;
using Disbursement.Engine.Primitives;
using Disbursement.Host;
using Disbursement.Host.Cli;
using Disbursement.Host.Samples;
using Disbursement.Tests.Architecture;
using NodaTime;
using Xunit;

namespace Disbursement.Tests.Cli;

/// <summary>
/// Runs a transcript's script. What stands before: "world NAME", "at INSTANT", "file NAME [CHARSET]" with "| " rows,
/// "workbook NAME" with rows, "bytes NAME HEX", "repeat NAME COUNT" with one row, "shipped PATH NAME",
/// "copy", "edit NAME OLD => NEW", "remove",
/// "mkdir", "sign NAME good|forged|expired"; "run ARGS" and "decide …" must be done, "run?" may come to anything; "sql"
/// (laws are lifted and put back), "schema" and "leaf N OLD => NEW" tamper. Last the act itself: "$ disburse
/// ARGS", "! decide …" (a decider that no verb reaches
/// so) or "! enter NAME" (code). "note" is for the reader.
/// </summary>
internal static class TranscriptScript
{
    private static readonly Lock Building = new();
    private static readonly Dictionary<string, TranscriptFolder> Worlds = [];
    private static readonly IReadOnlyList<Transcript> WorldScripts =
        Transcript.Parse(File.ReadAllText(Page("worlds.txt"))).All;

    public static string Page(string name) => Repository.PathOf("Disbursement.Tests", "Golden", "refusals", name);

    /// <summary>The answer in all three forms; a refusal must have changed nothing.</summary>
    public static IReadOnlyList<Transcript.Heard> Play(Transcript transcript)
    {
        var heard = new List<Transcript.Heard>();
        TranscriptFolder? folder = null;
        try
        {
            foreach (var form in Transcript.Forms)
            {
                folder ??= Prepare(transcript.Script);
                var act = transcript.Script[^1];
                var received = act.StartsWith("$ disburse bank receive", StringComparison.Ordinal);
                // A bank's message is kept whatever it says.
                string[] but = received ? ["bank_message", "message_progress", "document", "subject_key", "log_leaf",
                    "ledger_head", "adoption", "checkpoint"] : [];
                var before = folder.State(but);
                var taken = Act(folder, act, form);
                var text = folder.Masked(form == "json" ? taken.Output : taken.Seen);
                heard.Add(new Transcript.Heard(form, taken.Status, text));
                var refused = taken.Status is ExitStatus.BadUsage or ExitStatus.Refused;
                if (refused) Assert.Equal(before, folder.State(but));
                if (refused && !received) continue;
                folder.Dispose();
                folder = null;
            }
        }
        finally
        {
            folder?.Dispose();
        }
        return heard;
    }

    /// <summary>A folder of its own in one of the states that transcripts begin in.</summary>
    public static TranscriptFolder Begin(string world) => new(World(world));

    private static ConsoleTaken Act(TranscriptFolder folder, string act, string form)
    {
        var (json, chinese) = (form == "json", form == "zh");
        if (act.StartsWith("$ disburse ", StringComparison.Ordinal))
            return folder.Run(folder.Filled(act[11..]), json ? ["--json"] : ["--lang", form]);
        if (act.StartsWith("! decide ", StringComparison.Ordinal)) return folder.Decide(act[9..], chinese, json);
        if (act.StartsWith("! sent ", StringComparison.Ordinal)) return folder.Sent(act[7..], chinese, json);
        Assert.StartsWith("! enter ", act, StringComparison.Ordinal);
        return ConsoleTap.Take(() => new Output(json, chinese).Refused(DirectEntries.All[act[8..]]()));
    }

    private static TranscriptFolder Prepare(IReadOnlyList<string> script)
    {
        var first = script[0];
        Assert.StartsWith("world ", first, StringComparison.Ordinal);
        var folder = new TranscriptFolder(World(first[6..]));
        for (var i = 1; i < script.Count - 1; i++)
        {
            var rows = script.Skip(i + 1).TakeWhile(l => l.StartsWith('|'))
                .Select(l => l.Length > 1 ? l[2..] : "").ToList();
            Step(folder, script[i], rows);
            i += rows.Count;
        }
        return folder;
    }

    private static void Step(TranscriptFolder folder, string line, List<string> rows)
    {
        var word = line.Split(' ')[0];
        var rest = line[Math.Min(line.Length, word.Length + 1)..];
        var words = rest.Split(' ');
        switch (word)
        {
            case "note": break;
            case "at": folder.At = rest == "now" ? "" : rest; break;
            case "file":
                var encoding = words.Length > 1 ? Encoding.GetEncoding(words[1]) : new UTF8Encoding(false);
                File.WriteAllText(folder.InFolder(folder.Filled(words[0])),
                    folder.Filled(string.Concat(rows.Select(r => r + "\n"))), encoding);
                break;
            case "bytes": File.WriteAllBytes(folder.InFolder(words[0]), Convert.FromHexString(words[1])); break;
            case "workbook":
                var lines = rows.Select(r => r.Split(',')).ToList();
                File.WriteAllBytes(folder.InFolder(words[0]), new SampleSheet(".xlsx", lines[0], lines[1..]).Bytes());
                break;
            case "shipped":
                File.Copy(Path.Combine(AppContext.BaseDirectory, words[0]), folder.InFolder(words[1]));
                break;
            case "run?":
                folder.Run(folder.Filled(rest), "--lang", "en");
                break;
            case "run":
                var taken = folder.Run(folder.Filled(rest), "--lang", "en");
                Assert.True(taken.Status is ExitStatus.Done or ExitStatus.FoundWrong or ExitStatus.WorldFailed,
                    $"{line}: {taken.Status} {taken.Seen}");
                break;
            case "decide":
                var decided = folder.Decide(rest, chinese: false, json: false);
                Assert.True(decided.Status == ExitStatus.Done, $"{line}: {decided.Seen}");
                break;
            case "sign": folder.Sign(folder.Filled(words[0]), words[1]); break;
            case "sql": folder.Sql(folder.Filled(rest)); break;
            case "schema": folder.Schema(rest); break;
            case "edit": Edit(folder.InFolder(words[0]), rest[(words[0].Length + 1)..].Split(" => ")); break;
            case "mkdir": Directory.CreateDirectory(folder.InFolder(words[0])); break;
            case "remove":
                if (Directory.Exists(folder.InFolder(words[0]))) Directory.Delete(folder.InFolder(words[0]));
                else File.Delete(folder.InFolder(folder.Filled(words[0])));
                break;
            case "leaf":
                folder.ForgeLeaf(words[0], rest[(words[0].Length + 1)..].Split(" => "));
                break;
            case "copy":
                folder.Settle();
                File.Copy(folder.InFolder(words[0]), folder.InFolder(words[1]), overwrite: true);
                break;
            case "repeat":
                var times = int.Parse(words[1], System.Globalization.CultureInfo.InvariantCulture);
                File.AppendAllText(folder.InFolder(words[0]), string.Concat(Enumerable.Range(0, times)
                    .Select(n => rows[0].Replace("{day}", $"{new LocalDate(1950, 1, 1).PlusDays(n):uuuu-MM-dd}",
                        StringComparison.Ordinal) + "\n")));
                break;
            default: throw new DefectException($"no such line of a script: {line}");
        }
    }

    private static void Edit(string path, string[] change)
    {
        var text = File.ReadAllText(path);
        Assert.Contains(change[0], text, StringComparison.Ordinal);
        var at = text.IndexOf(change[0], StringComparison.Ordinal);
        File.WriteAllText(path, text[..at] + change[1] + text[(at + change[0].Length)..]);
    }

    /// <summary>A state of the ledger that many transcripts begin in: made once, copied for each.</summary>
    private static TranscriptFolder? World(string name)
    {
        lock (Building)
        {
            if (name == "nothing") return null;
            if (Worlds.TryGetValue(name, out var known)) return known;
            var script = WorldScripts.Single(s => s.Code == name).Script;
            var made = Prepare([.. script, "end"]);
            made.Settle();
            AppDomain.CurrentDomain.ProcessExit += (_, _) => made.Dispose();
            return Worlds[name] = made;
        }
    }
}
