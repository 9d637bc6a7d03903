using System.Text;
using System.Text.Json.Nodes;
using Disbursement.Engine.Audit;
using Disbursement.Engine.Files;
using Disbursement.Engine.Runtime;
using Disbursement.Host.Audit;
using Disbursement.Host.Demo;
using Disbursement.Host.Storage;
using Disbursement.Tests.Demo;
using Disbursement.Tests.Storage;
using Xunit;

namespace Disbursement.Tests.Audit;

/// <summary>
/// L6 over a change of the rules: in the middle of the demo's month (SAMPLE, 样例) two people adopt other profiles of all
/// three banks and another calendar. What was decided before is decided again by the old ones, what came after by the
/// new ones, each from the document the log names.
/// </summary>
public sealed class ChangedProfileTests
{
    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void A_rebuild_gives_equal_rows_though_calendar_and_profiles_changed_in_between(string engine)
    {
        using var folder = new Scratch();
        using var database = Databases.Fresh(engine);
        using var anew = Databases.Fresh(engine);
        var world = new DemoWorld(new DemoFolder(folder.Root), database.Store);
        foreach (var step in DemoScript.Steps)
        {
            world.Clock(step.At);
            if (step.Name == "corrections") ChangeTheRules(world);
            step.Act(world);
        }
        var files = world.Ask(view => view.List<DisbursementFileRow>());
        Assert.Equal([1L, 2L], files.Select(f => f.ProfileVersion).Distinct().Order());
        // The changed limit splits what comes after, and the changed holiday moves the days the banks have to answer.
        Assert.All(files.Where(f => f.ProfileVersion == 2), f => Assert.Equal(1, f.Lines));
        Assert.Contains(files, f => f.ProfileVersion == 1 && f.Lines > 50);
        using (var source = new LogSource(database.Dialect))
            Assert.Empty(new Rebuild(source, anew.Dialect).Run());
        Assert.Empty(new TableComparison(database.Dialect, anew.Dialect, null).Run());
        var (code, output, errors) = Disburse.Run("audit", "rebuild", "--db", database.Option);
        Assert.True(code == 0, output + errors);
    }

    [Fact]
    public void The_profile_a_file_was_built_by_is_the_document_that_was_adopted_then()
    {
        using var folder = new Scratch();
        using var database = Databases.Fresh(Engines.Sqlite);
        var world = new DemoWorld(new DemoFolder(folder.Root), database.Store);
        foreach (var step in DemoScript.Steps.TakeWhile(s => s.Name != "deadline"))
        {
            world.Clock(step.At);
            if (step.Name == "corrections") ChangeTheRules(world);
            step.Act(world);
        }
        foreach (var file in world.Ask(view => view.List<DisbursementFileRow>()))
        {
            var used = world.Ask(view => view.Vault.Open(view.Find<AdoptionRow>(("kind", Adopt.Profile),
                ("name", file.Profile), ("version", file.ProfileVersion))!.Document))!;
            Assert.Equal(file.ProfileVersion == 2, (int)JsonNode.Parse(used)!["limits"]!["rowsPerFile"]! == 1);
        }
    }

    private static void ChangeTheRules(DemoWorld world)
    {
        foreach (var profile in DemoWorld.Profiles)
        {
            var changed = JsonNode.Parse(InForce(world, Adopt.Profile, profile))!;
            changed["version"] = 2;
            changed["limits"]!["rowsPerFile"] = 1;
            changed["manners"]!["answerByDays"] = 4;
            Adopted(world, Adopt.Profile, profile, changed.ToJsonString());
        }
        Adopted(world, Adopt.Calendar, "cn", Encoding.UTF8.GetString(InForce(world, Adopt.Calendar, "cn"))
            + "# SAMPLE 样例: a notice came in between\n2026-02-26 off\n");
    }

    private static byte[] InForce(DemoWorld world, string kind, string name) => world.Ask(view =>
        view.Vault.Open(view.List<AdoptionRow>(("kind", kind), ("name", name))[^1].Document)!);

    private static void Adopted(DemoWorld world, string kind, string name, string content)
    {
        foreach (var person in new[] { world.People.Treasurer, world.People.Supervisor })
            world.Done(person, new Command("ledger.adopt", ("kind", kind), ("name", name))
                .With(new InputDocument(kind, Encoding.UTF8.GetBytes(content))));
    }
}
