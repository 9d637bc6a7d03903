using System.Data.Common;
using System.Reflection;
using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using DbUp.Engine;
using Disbursement.Engine.Accounts;
using Disbursement.Engine.Arrears;
using Disbursement.Engine.Cards;
using Disbursement.Engine.Feeds;
using Disbursement.Engine.Files;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;

namespace Disbursement.Host.Storage;

/// <summary>
/// Numbered scripts, run once each by DbUp; the digest of each is kept, and a changed script is refused.
/// </summary>
public static class Migrations
{
    /// <summary>Every row type there is: the tables the laws are laid on.</summary>
    public static IReadOnlyList<(Type Row, TableAttribute Table)> Tables { get; } =
        [.. typeof(IRow).Assembly.GetTypes()
            .Select(t => (Row: t, Table: t.GetCustomAttribute<TableAttribute>()))
            .Where(t => t.Table is not null)
            .Select(t => (t.Row, t.Table!))
            .OrderBy(t => t.Item2.Name, StringComparer.Ordinal)];

    /// <summary>Brings the database to the newest schema; safe to repeat.</summary>
    public static void Run(Dialect dialect)
    {
        using var alone = dialect is PostgresDialect server ? PostgresRoles.Alone(server) : null;
        if (dialect is PostgresDialect postgres) PostgresRoles.Ensure(postgres);
        else using (dialect.Open()) { }
        var result = Upgrade(dialect).PerformUpgrade();
        // A server that went away, or a disk that is full, is the world's fault and not the script's.
        if (result.Error is { } fault && (fault is Cli.UsageException || Cli.Failures.StatusOf(fault) is not null))
            ExceptionDispatchInfo.Throw(fault);
        if (!result.Successful)
            throw new DefectException($"migration {result.ErrorScript?.Name}: {result.Error.Message}");
    }

    /// <summary>Whether a database that holds ledgers is of an older schema than this program's.</summary>
    public static bool Pending(Dialect dialect) => Upgrade(dialect).IsUpgradeRequired();

    /// <summary>The first script a database was made by that is not this program's, or null.</summary>
    public static string? OtherScript(Dialect dialect)
    {
        var ours = Digests(dialect);
        using var connection = dialect.Open();
        try
        {
            return connection.Query<(string Script, string Digest)>(
                "SELECT script, digest FROM schema_version ORDER BY script")
                .Where(made => !ours.TryGetValue(made.Script, out var digest) || digest != made.Digest)
                .Select(made => made.Script).FirstOrDefault();
        }
        // No such table: what made the database, nobody can say.
        catch (DbException)
        {
            return null;
        }
    }

    private static UpgradeEngine Upgrade(Dialect dialect)
    {
        var scripts = Scripts(dialect).ToList();
        var digests = Digests(scripts);
        var journal = new ScriptJournal(digests, dialect is PostgresDialect);
        return dialect.Upgrade()
            .WithScripts(scripts)
            .WithVariablesDisabled()
            .JournalTo((connections, log) => journal.Bind(connections, log))
            .WithTransaction()
            .LogToNowhere()
            .Build();
    }

    /// <summary>The digest of each script of an engine, as its journal must hold it.</summary>
    public static IReadOnlyDictionary<string, string> Digests(Dialect dialect) => Digests(Scripts(dialect));

    private static Dictionary<string, string> Digests(IEnumerable<SqlScript> scripts) => scripts.ToDictionary(
        s => s.Name, s => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(s.Contents))));

    private static IEnumerable<SqlScript> Scripts(Dialect dialect)
    {
        var engine = dialect.Engine;
        yield return new SqlScript("0001_schema", Fill(Resource("0001_schema.sql"), dialect.Tokens));
        yield return new SqlScript("0002_laws", Resource($"0002_laws_{engine}.sql"));
        var facts = Resource($"0003_facts_{engine}.template.sql");
        var headers = Resource($"0003_headers_{engine}.template.sql");
        var all = new StringBuilder();
        foreach (var (_, table) in Tables)
        {
            // Its laws are written out in 0002: an erasure deletes a key.
            if (table.Name == "subject_key" && engine == "sqlite") continue;
            all.AppendLine(Fill(table.Header ? headers : facts, LawTokens(table, engine)));
        }
        yield return new SqlScript("0003_facts_and_headers", all.ToString());
        yield return new SqlScript("0004_arrows", Arrows(Resource($"0004_arrows_{engine}.template.sql")));
        yield return new SqlScript("0005_statistics", Resource($"0005_statistics_{engine}.sql"));
    }

    /// <summary>
    /// A header moves along the arrows of its machine, and nowhere else. One decision may take several in a row, so
    /// whatever can be reached is allowed.
    /// </summary>
    private static string Arrows(string template)
    {
        var all = new StringBuilder();
        void Lay<TState, TTrigger>(string table, TransitionTable<TState, TTrigger> machine)
            where TState : struct, Enum
            where TTrigger : struct, Enum
        {
            var steps = machine.Arrows.Select(a => (a.From, a.To)).ToHashSet();
            while (steps.SelectMany(a => steps.Where(b => b.From.Equals(a.To)).Select(b => (a.From, b.To))).ToList()
                is var longer && !steps.IsSupersetOf(longer)) steps.UnionWith(longer);
            var pairs = steps.Where(s => !s.From.Equals(s.To)).Select(s => $"'{s.From} {s.To}'");
            all.AppendLine(Fill(template, new Dictionary<string, string>
            {
                ["table"] = table,
                ["arrows"] = string.Join(", ", pairs.Order(StringComparer.Ordinal)),
            }));
        }
        Lay("payroll", PayrollMachine.Table);
        Lay("release", ReleaseMachine.Table);
        Lay("disbursement_file", FileMachine.Table);
        Lay("card_batch", CardMachine.Table);
        Lay("obligation", ObligationMachine.Table);
        Lay("recovery_claim", RecoveryMachine.Table);
        Lay("warning", WarningMachine.Table);
        Lay("feed_subscriber", SubscriberMachine.Table);
        return all.ToString();
    }

    private static Dictionary<string, string> LawTokens(TableAttribute table, string engine)
    {
        var equals = engine == "sqlite" ? "IS" : "IS NOT DISTINCT FROM";
        var keys = table.Key.Split(' ');
        string Same(IEnumerable<string> columns) =>
            "(" + string.Join(" AND ", columns.Select(c => $"t.{c} = NEW.{c}")) + ")";
        var same = new List<string> { Same(keys) };
        same.AddRange(table.Unique.Select(u => Same(["ledger", .. u.Split(' ')])));
        var kept = keys.Concat(table.Fixed.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return new()
        {
            ["table"] = table.Name,
            ["sameKey"] = string.Join(" OR ", same),
            ["oldKey"] = string.Join(" AND ", kept.Select(c => $"NEW.{c} {equals} OLD.{c}")),
        };
    }

    private static string Fill(string text, IReadOnlyDictionary<string, string> tokens)
    {
        foreach (var (name, value) in tokens) text = text.Replace($"${name}$", value, StringComparison.Ordinal);
        return text;
    }

    internal static string Resource(string name)
    {
        var assembly = typeof(Migrations).Assembly;
        var full = assembly.GetManifestResourceNames()
            .Single(n => n.EndsWith(".Migrations." + name, StringComparison.Ordinal));
        using var reader = new StreamReader(assembly.GetManifestResourceStream(full)!);
        return reader.ReadToEnd();
    }
}
