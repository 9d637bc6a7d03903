using System.Text;
using System.Text.RegularExpressions;
using Dapper;
using Disbursement.BankAdapters.Envelopes;
using Disbursement.BankAdapters.Seams;
using Disbursement.Engine.Audit;
using Disbursement.Engine.Files;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;
using Disbursement.Host;
using Disbursement.Host.Cli;
using Disbursement.Host.Files;
using Disbursement.Host.Security;
using Disbursement.Host.Storage;
using Disbursement.Tests.Files;
using Microsoft.Data.Sqlite;
using NodaTime;
using NodaTime.Text;
using EngineCommand = Disbursement.Engine.Runtime.Command;

namespace Disbursement.Tests.Cli;

/// <summary>A folder with a database, keys and files, in which the product is run by its real command line.</summary>
internal sealed partial class TranscriptFolder : IDisposable
{
    public const long Ledger = 520100;
    public static readonly IReadOnlyList<string> People = ["clerk", "administrator", "treasurer", "supervisor"];
    private readonly SqliteDialect _dialect;

    public TranscriptFolder(TranscriptFolder? from)
    {
        Root = Directory.CreateTempSubdirectory("transcript-").FullName;
        _dialect = new SqliteDialect(InFolder("./ledger.db"));
        if (from is null) MakeKeys();
        else Copy(from.Root, Root);
        At = from?.At ?? "2026-02-06T01:00:00Z";
    }

    public string Root { get; }

    /// <summary>The moment, in the rehearsal ledger.</summary>
    public string At { get; set; }

    public string InFolder(string path) => path.StartsWith("./", StringComparison.Ordinal)
        ? Path.Combine(Root, path[2..])
        : path;

    /// <summary>Runs the program's own entry point with a command line; paths begin with "./".</summary>
    public ConsoleTaken Run(string line, params IReadOnlyList<string> more)
    {
        var words = Words(line).Select(InFolder).ToList();
        if (words.IndexOf("--as") is >= 0 and var at && !words.Contains("--key"))
            words.InsertRange(at + 2, ["--key", InFolder($"./{words[at + 1]}.pem")]);
        if (!words.Contains("--db")) words.AddRange(["--db", "sqlite:" + InFolder("./ledger.db")]);
        if (At.Length > 0) words.AddRange(["--at", At]);
        words.AddRange(more);
        var main = typeof(Composition).Assembly.EntryPoint!;
        return ConsoleTap.Take(() => (int)main.Invoke(null, [words.ToArray()])!);
    }

    /// <summary>
    /// Asks a decider directly, for what no verb of the command line asks: "VERB name=value… kind:./file… by PERSON".
    /// </summary>
    public ConsoleTaken Decide(string line, bool chinese, bool json)
    {
        var words = Words(line);
        var command = new EngineCommand(words[0],
            [.. words.Where(w => w.Contains('=')).Select(Argument)]);
        foreach (var input in words.Where(w => w.Contains(":./", StringComparison.Ordinal)))
        {
            var kind = input[..input.IndexOf(':', StringComparison.Ordinal)];
            command = command.With(
                new InputDocument(kind, File.ReadAllBytes(InFolder(input[(kind.Length + 1)..])), Personal: true));
        }
        if (words.IndexOf("by") is >= 0 and var by)
        {
            var text = Encoding.UTF8.GetBytes(Approval.Text(Ledger, command, words[by + 1]));
            var signature = ApprovalSignature.Sign(File.ReadAllText(InFolder($"./{words[by + 1]}.pem")), text);
            command = command.With(Approval.Document(Ledger, command, words[by + 1], signature.Base64));
        }
        var clock = new FixedMoment(InstantPattern.ExtendedIso.Parse(At).Value);
        var runner = new Composition(new LedgerStore(_dialect), clock).Runner;
        return ConsoleTap.Take(() =>
        {
            var output = new Output(json, chinese);
            var decision = runner.Run(Ledger, command);
            if (!decision.Accepted) return output.Refused(decision.Findings);
            output.Findings(decision.Findings);
            return ExitStatus.Done;
        });
    }

    /// <summary>Sends file 1 by a link that answers as said: "OUTCOME WORDS", for what no folder does.</summary>
    public ConsoleTaken Sent(string said, bool chinese, bool json)
    {
        var (outcome, words) = (said.Split(' ')[0], said[(said.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
        var link = new ScriptedTransport((_, _) => new SendResult(Enum.Parse<SendOutcome>(outcome), words));
        var clock = new FixedMoment(InstantPattern.ExtendedIso.Parse(At).Value);
        var composition = new Composition(new LedgerStore(_dialect), clock);
        return ConsoleTap.Take(() =>
        {
            var sent = new FileSending(composition, new SendJournal(InFolder("./send-journal")),
                _ => Decision<ITransport>.Accept(link)).Send(Ledger, 1);
            var output = new Output(json, chinese);
            output.Findings(sent.Findings);
            var state = ((DisbursementFileRow)sent.Value.Result!).State;
            output.Print(new { file = 1, state }, $"1: {output.State(state)}");
            return ExitStatus.WorldFailed;
        });
    }

    private (string, object) Argument(string word)
    {
        var at = word.IndexOf('=', StringComparison.Ordinal);
        return (word[..at], Filled(word[(at + 1)..]));
    }

    /// <summary>
    /// "{reference}" is the reference of the first file (its epoch is drawn anew for each database), "{reference-2}" of
    /// the second, "{root}" the lines root of the first payroll.
    /// </summary>
    public string Filled(string text)
    {
        if (!text.Contains('{', StringComparison.Ordinal)) return text;
        foreach (var (name, reference) in References())
            text = text.Replace(name, reference, StringComparison.Ordinal);
        var root = Ask("payroll", "lines_root", "payroll").FirstOrDefault();
        return text.Replace("{root}", root, StringComparison.Ordinal);
    }

    /// <summary>The same text wherever and whenever it was run.</summary>
    public string Masked(string text)
    {
        text = text.Replace(Root, ".", StringComparison.Ordinal);
        foreach (var (name, reference) in References())
            text = text.Replace(reference, name, StringComparison.Ordinal);
        text = Lost().Replace(text, "{lost reference}");
        text = Origin().Replace(PublicKey().Replace(text, "{key}"), "disburse/{epoch}/");
        text = NewEpoch().Replace(text, "{epoch}");
        return string.Join('\n', Digest().Replace(text, "{digest}").Split('\n').Select(l => l.TrimEnd()));
    }

    /// <summary>Rows of each table, and the ledger's head: what bad input leaves as it was.</summary>
    public string State(params IReadOnlyList<string> but)
    {
        if (!File.Exists(_dialect.Path)) return "no database";
        using var connection = Raw();
        var text = new StringBuilder();
        var tables = connection.Query<string>("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name");
        foreach (var table in tables.Where(t => !but.Contains(t)))
            text.Append(table).Append(' ').Append(connection.ExecuteScalar<long>($"SELECT count(*) FROM {table}"))
                .Append('\n');
        if (!but.Contains("ledger_head"))
            foreach (var head in connection.Query<string>("SELECT frontier || ' ' || leaves FROM ledger_head"))
                text.Append(head).Append('\n');
        return text.ToString();
    }

    /// <summary>Somebody lifts laws, changes rows and puts the laws back, so that no start sees it.</summary>
    public void Sql(string script)
    {
        using var connection = Raw();
        var laws = connection.Query<(string Name, string Table, string Sql)>(
            "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'").ToList();
        connection.Execute(script);
        var left = connection.Query<string>("SELECT name FROM sqlite_master").ToHashSet();
        foreach (var law in laws.Where(l => !left.Contains(l.Name) && left.Contains(l.Table)))
            connection.Execute(law.Sql);
    }

    /// <summary>Changes the schema and leaves it so.</summary>
    public void Schema(string script)
    {
        using var connection = Raw();
        connection.Execute(script);
    }

    /// <summary>Changes a stored leaf ("{last}" is the last one) and makes its hash fit again.</summary>
    public void ForgeLeaf(string n, string[] change)
    {
        using var connection = Raw();
        var law = connection.ExecuteScalar<string>("SELECT sql FROM sqlite_master WHERE name = 'log_leaf_fixed'")!;
        connection.Execute("DROP TRIGGER log_leaf_fixed");
        var number = n == "{last}" ? connection.ExecuteScalar<string>("SELECT max(n) FROM log_leaf")! : n;
        var text = Encoding.UTF8.GetString(
            connection.ExecuteScalar<byte[]>("SELECT leaf FROM log_leaf WHERE n = @number", new { number })!);
        var leaf = Encoding.UTF8.GetBytes(text.Replace(change[0], change[1], StringComparison.Ordinal));
        connection.Execute("UPDATE log_leaf SET leaf = @leaf, leaf_hash = @hash WHERE n = @number",
            new { leaf, hash = Leaf.HashOf(leaf).ToArray(), number });
        connection.Execute(law);
    }

    /// <summary>A detached signature of the bank beside a message: good, forged (of other bytes) or expired.</summary>
    public void Sign(string path, string manner)
    {
        var keys = InFolder("./keys");
        var name = manner == "expired" ? "expired-icbc-bxt" : "bank-icbc-bxt";
        if (manner == "expired")
            SampleKeys.Ensure(keys, name, SampleKeyKind.Sm2, Instant.FromUtc(2024, 1, 1, 0, 0),
                Instant.FromUtc(2025, 1, 1, 0, 0));
        var body = File.ReadAllBytes(InFolder(path));
        var seal = EnvelopeCatalogue.Find("sm2-gmt0010")!.Seal(manner == "forged" ? body.AsMemory(1) : body,
            new PemKeyRing(keys), new EnvelopeKeys(name, name));
        File.WriteAllBytes(InFolder(path) + ".p7s", seal.Signature!.Value.ToArray());
    }

    /// <summary>Puts the write-ahead log into the file, so that the folder may be copied.</summary>
    public void Settle()
    {
        if (!File.Exists(_dialect.Path)) return;
        using (var connection = Raw()) connection.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        Close();
    }

    public void Dispose()
    {
        Close();
        Directory.Delete(Root, recursive: true);
    }

    public static List<string> Words(string line) =>
        [.. Word().Matches(line).Select(m => m.Groups[1].Success ? m.Groups[1].Value : m.Value)];

    private SqliteConnection Raw()
    {
        var connection = new SqliteConnection($"Data Source={_dialect.Path};Pooling=False");
        connection.Open();
        return connection;
    }

    private IEnumerable<(string Name, string Reference)> References() =>
        Ask("disbursement_file", "reference", "file")
            .Select((reference, i) => (i == 0 ? "{reference}" : $"{{reference-{i + 1}}}", reference));

    /// <summary>A column of a table in the order of a key; nothing where there is no such table yet.</summary>
    private List<string> Ask(string table, string column, string key)
    {
        if (!File.Exists(_dialect.Path)) return [];
        using var connection = Raw();
        var known = connection.ExecuteScalar<long>(
            "SELECT count(*) FROM sqlite_master WHERE name = @table", new { table });
        return known == 0 ? [] : [.. connection.Query<string>($"SELECT {column} FROM {table} ORDER BY {key}")];
    }

    private void Close()
    {
        if (!File.Exists(_dialect.Path)) return;
        using var connection = _dialect.Open();
        SqliteConnection.ClearPool((SqliteConnection)connection);
    }

    private void MakeKeys()
    {
        foreach (var person in People)
        {
            var key = Ed25519Keys.Generate();
            File.WriteAllText(InFolder($"./{person}.pem"), key.PrivatePem);
            File.WriteAllText(InFolder($"./{person}.pub"), key.PublicPem);
        }
        var keys = Directory.CreateDirectory(InFolder("./keys")).FullName;
        foreach (var name in new[] { "ours-icbc-bxt", "bank-icbc-bxt" })
            SampleKeys.Ensure(keys, name, SampleKeyKind.Sm2, Instant.FromUtc(2026, 1, 1, 0, 0),
                Instant.FromUtc(2030, 1, 1, 0, 0));
    }

    private static void Copy(string from, string to)
    {
        foreach (var folder in Directory.GetDirectories(from, "*", SearchOption.AllDirectories))
            Directory.CreateDirectory(folder.Replace(from, to, StringComparison.Ordinal));
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
            File.Copy(file, file.Replace(from, to, StringComparison.Ordinal));
    }

    [GeneratedRegex("""(?:[^\s"]+)?"([^"]*)"|\S+""")]
    private static partial Regex Word();

    [GeneratedRegex(@"(?<=/520100)\+[0-9a-f]{8}\+[A-Za-z0-9+/=]+")]
    private static partial Regex PublicKey();

    /// <summary>A reference of the ledger that its database does not know.</summary>
    [GeneratedRegex("R[0-9A-Z]{3}B5B8[0-9]+")]
    private static partial Regex Lost();

    [GeneratedRegex("disburse/R[0-9A-Z]{3}/")]
    private static partial Regex Origin();

    [GeneratedRegex("(?<=\"epoch\": \")R[0-9A-Z]{3}(?=\")")]
    private static partial Regex NewEpoch();

    [GeneratedRegex("[0-9a-f]{64}|[0-9a-f]{12}(?=…)")]
    private static partial Regex Digest();
}
