using Disbursement.Engine.Audit;
using Disbursement.Engine.Primitives;

namespace Disbursement.Host.Storage;

/// <summary>
/// Holds a database's triggers, functions, tables, constraints, views and rights against those this program's scripts
/// make (<see cref="SchemaText"/>, kept beside the scripts and held to them by a test). Whoever owns the database can
/// lift a law; this is how it is noticed before anything is written.
/// </summary>
public static class SchemaCheck
{
    /// <summary>Refusals store.schema-altered, one for each object that is missing, other than it was made, or one too
    /// many; none where the schema is as made.</summary>
    public static IReadOnlyList<Finding> Altered(Dialect dialect)
    {
        using var connection = dialect.Open();
        var stands = Read(SchemaText.Of(connection));
        var made = Read(Made(dialect.Engine));
        var sameVersion = stands.Version == made.Version;
        var findings = new List<Finding>();
        foreach (var (name, digest) in made.Objects.OrderBy(o => o.Key, StringComparer.Ordinal))
        {
            if (IsDeparsed(name) && !sameVersion) continue;
            if (!stands.Objects.TryGetValue(name, out var now))
            {
                // Told once, under its own kind.
                if (!IsDeparsed(name)) findings.Add(Of(name, Bilingual.Of("缺失", "is missing")));
            }
            else if (now != digest) findings.Add(Of(name, Bilingual.Of("被改动或停用", "is altered")));
        }
        findings.AddRange(stands.Objects.Keys.Order(StringComparer.Ordinal)
            .Where(name => SchemaText.Acting.Contains(name.Split(' ')[0]) && !made.Objects.ContainsKey(name))
            .Select(name => Of(name, Bilingual.Of("多出", "was added"))));
        return findings;
    }

    /// <summary>The same for who only looks: a database of another version is told as one, before what differs in it.
    /// </summary>
    public static IReadOnlyList<Finding> Told(Dialect dialect)
    {
        var altered = Altered(dialect);
        return altered.Count > 0 && Migrations.OtherScript(dialect) is { } script
            ? [AuditRules.OtherVersion.Of(script), .. altered] : altered;
    }

    /// <summary>The objects an engine's scripts make.</summary>
    public static IReadOnlyList<string> Made(string engine) =>
        Migrations.Resource($"schema_{engine}.txt").Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static bool IsDeparsed(string name) => name.StartsWith(SchemaText.Deparsed, StringComparison.Ordinal);

    private static Finding Of(string name, string how) => AuditRules.SchemaAltered.Of(
        name.Replace(SchemaText.Deparsed + " ", "", StringComparison.Ordinal), how);

    private static (string Version, Dictionary<string, string> Objects) Read(IReadOnlyList<string> lines) =>
        (lines[0], lines.Skip(1).ToDictionary(l => l[..l.LastIndexOf(' ')], l => l[(l.LastIndexOf(' ') + 1)..]));
}
