using System.Text;
using System.Text.Json.Nodes;
using Dapper;
using Disbursement.Tests.Demo;
using Disbursement.Tests.Storage;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Disbursement.Tests.Erasure;

/// <summary>
/// The demo's month, three years and a day after its first project was completed: a worker who was paid is erased by
/// the program itself, and every sum, proof and screen stands.
/// </summary>
public sealed class ErasedDemoTests
{
    private const string Site = "GY2025A001";

    [Fact]
    public void Sums_proofs_exports_and_rebuild_stand_after_a_paid_worker_was_erased()
    {
        using var demo = new DemoCopy();
        string Said(params string[] words) => Done(0, [.. words, "--db", demo.Option]);
        string[][] screens =
        [
            ["payroll", "show", "1", "--json"], ["payroll", "list", "--json"], ["claim", "show", "1", "--json"],
            ["claim", "list", "--worker", "1", "--json"], ["release", "list", "--json"], ["file", "list", "--json"],
            ["file", "show", "1", "--json"], ["account", "explain", "2", "--json"],
            ["arrears", "list", "--all", "--json"], ["arrears", "show", "1", "--json"],
            ["exception", "list", "--all", "--json"], ["feed", "records", "--json"], ["feed", "list", "--json"],
            ["payee", "list", "--json"], ["worker", "list", "--project", "GY2025B001", "--json"],
        ];
        var before = screens.Select(Said).ToList();
        Erase(demo.Option, demo.Folder);
        Assert.Equal(before, screens.Select(Said));
        var worker = JsonNode.Parse(Said("worker", "list", "--project", Site, "--limit", "1", "--json"))!.AsArray()[0]!;
        Assert.Equal((1, "2029-03-01"), ((int)worker["worker"]!, (string)worker["erased_after"]!));
        Assert.Contains("已删除", Said("worker", "list", "--project", Site, "--lang", "zh"), StringComparison.Ordinal);
        Said("audit", "verify");
        Said("audit", "prove", "--claim", "1", "--out", demo["claim.proof"]);
        Done(0, "audit", "prove", "--check", demo["claim.proof"]);
        Said("audit", "export", "--out", demo["export"]);
        Done(0, "audit", "verify", demo["export"]);
        Assert.Contains("audit.erased", Said("audit", "rebuild", "--json"), StringComparison.Ordinal);
        NothingPlain(demo);
    }

    /// <summary>Completion by one person, then the request by two; a later run of it is a repeat.</summary>
    internal static void Erase(string database, string folder)
    {
        var (papers, request) = (Path.Combine(folder, "papers.txt"), Path.Combine(folder, "request.txt"));
        File.WriteAllText(papers, "样例: 竣工验收");
        File.WriteAllText(request, "样例: 工人 1 申请删除");
        string Run(string at, string person, params string[] words) => Done(0,
        [
            .. words, "--db", database, "--lang", "en", "--at", at, "--as", person,
            "--key", Path.Combine(folder, "people", $"{person}.key.pem"), "--keys", Path.Combine(folder, "keys"),
            "--anchor", Directory.GetFiles(folder, "*.anchor")[0],
        ]);
        const string Later = "2029-03-02T01:00:00Z";
        Run("2026-03-01T01:00:00Z", "clerk", "project", "complete", Site, "--on", "2026-02-20", "--document", papers);
        string[] erase = ["worker", "erase", "1", "--document", request];
        Assert.Contains("waiting for another person", Run(Later, "supervisor", erase), StringComparison.Ordinal);
        Assert.Contains("worker 1 erased", Run(Later, "administrator", erase), StringComparison.Ordinal);
        Assert.Contains("worker 1 erased", Run(Later, "treasurer", erase), StringComparison.Ordinal);
    }

    /// <summary>Neither key nor name, number or card of the worker stands in the database's files.</summary>
    private static void NothingPlain(DemoCopy demo)
    {
        var roster = Encoding.GetEncoding("GB18030").GetString(File.ReadAllBytes(demo["inputs/roster-a.csv"]));
        var cells = roster.Split('\n')[1].Split(',');
        using (var raw = new SqliteConnection($"Data Source={demo.Database};Mode=ReadOnly;Pooling=False"))
            Assert.Equal(0, raw.ExecuteScalar<long>("SELECT count(*) FROM subject_key WHERE subject = 'worker/1'"));
        foreach (var path in Directory.GetFiles(demo.Folder, "disburse.db*"))
            foreach (var cell in new[] { cells[4], cells[5], cells[6], cells[12] })
                Assert.True(File.ReadAllBytes(path).AsSpan().IndexOf(Encoding.UTF8.GetBytes(cell)) < 0,
                    $"{path}: {cell}");
    }

    private static string Done(int status, params string[] words)
    {
        var (code, output, errors) = Disburse.Run(words);
        Assert.True(code == status, $"{string.Join(' ', words)}: {code} {output}{errors}");
        return output + (words.Contains("--json") ? "" : errors);
    }
}
