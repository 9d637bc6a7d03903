using System.Diagnostics;
using System.Text.RegularExpressions;
using Dapper;
using Disbursement.Engine.Files;
using Disbursement.Host.Audit;
using Disbursement.Host.Demo;
using Disbursement.Host.Storage;
using Disbursement.Tests.Architecture;
using Disbursement.Tests.Demo;
using Disbursement.Tests.Kills;
using Disbursement.Tests.Security;
using Npgsql;
using Xunit;

namespace Disbursement.Tests.Failover;

/// <summary>
/// Two real servers of PostgreSQL, a primary and its standby, by the very commands of specs/failover.md. Each morning
/// is a database of its own on them: what befalls the primary befalls it while files go out.
/// </summary>
public sealed partial class FailoverTests : IDisposable
{
    private const string Unconfirmed = "the standby has not confirmed the commit";
    private static readonly string[] s_mornings = ["halted", "stopped", "struck", "lost"];
    private readonly string _root = Directory.CreateTempSubdirectory("failover-").FullName;
    private readonly PostgresNode _first, _second;

    public FailoverTests()
    {
        OutsideTool.Run("chmod", "777", _root);
        (_first, _second) = (new PostgresNode(_root, "first"), new PostgresNode(_root, "second"));
    }

    public void Dispose()
    {
        _second.Dispose();
        _first.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    [Fact]
    public void A_primary_that_fails_costs_no_decision_and_a_tail_that_was_lost_is_found_out()
    {
        Begin();
        NoStandbyConfirms();
        StoppedAndStarted();
        FailedOver();
        ThePrimaryOfBeforeIsRefused();
        AnUnconfirmedTailIsFoundOut();
    }

    private void Begin()
    {
        _first.Make();
        _first.Start();
        Prepare();
        _second.RunBlock(Block("standby"), _first);
        _second.Start();
        _first.RunBlock(Block("synchronous"), _second);
        Confirms("sync");
    }

    /// <summary>The standby is away: a commit that only the primary has counts as none. No file goes out on it, and the
    /// bank is not told that its message was taken, however often this is tried.</summary>
    private void NoStandbyConfirms()
    {
        _second.Stop("fast");
        var impatient = Morning("halted", "Command Timeout=3");
        using (var host = impatient.Tick(0)) Failed(host, Unconfirmed);
        Assert.Empty(impatient.Standing());
        Assert.Null(impatient.Journal.Length);
        var anchored = Anchored(impatient);
        _second.Start();
        Confirms("sync");
        var morning = Morning("halted");
        using (var host = morning.Tick(0)) SendingMorning.Ended(host);
        Assert.True(Anchored(morning) > anchored);
        anchored = Anchored(morning);
        foreach (var bank in morning.World.Banks.Values) bank.TakeFiles(morning.World.Today);
        var told = Acknowledged(morning);
        _second.Stop("fast");
        string[][] verbs = [["bank", "receive"], ["bank", "receive"], ["audit", "checkpoint"], ["audit", "checkpoint"]];
        foreach (var verb in verbs)
        {
            using var host = Disburse.StartGroup(morning.Words(verb));
            GivesUp(host);
            Failed(host, Unconfirmed);
            Assert.Equal(told, Acknowledged(morning));
            Assert.Equal(anchored, Anchored(morning));
        }
        _second.Start();
        Confirms("sync");
        morning.EveryFileStandsOnceAsSealed();
        morning.BanksAnswerAndAgree();
        Assert.True(Acknowledged(morning).Count > told.Count);
    }

    /// <summary>Twice in one morning, while a Host works: by the operator, and as by a lack of memory.</summary>
    private void StoppedAndStarted()
    {
        var morning = Morning("stopped");
        foreach (var mode in new[] { "fast", "immediate" })
        {
            Disturbed(morning, () => _first.Stop(mode));
            using (var host = Alone("stopped", _first).Tick(0)) Failed(host, "does not answer");
            _first.Start();
            Confirms("sync");
        }
        morning.GoesOn();
    }

    private void FailedOver()
    {
        var morning = Morning("struck", "Target Session Attributes=read-write");
        var before = Anchored(morning);
        var (code, said, errors) = Disburse.Run(morning.Words(["release", "fund", "1"]));
        Assert.True(code == 0, said + errors);
        Assert.True(Anchored(morning) > before);
        var decided = Disturbed(morning, _first.Kill);
        // The standby alone takes no writes, and says so.
        using (var host = Alone("struck", _second).Tick(0)) Failed(host, "it is a standby");
        _second.RunBlock(Block("promote"), _first);
        morning = Morning("struck");
        Assert.Equal(decided, Leaves(_second, "struck").Take(decided.Count));
        var known = morning.World.Ask(v => v.List<DisbursementFileRow>().ToDictionary(f => f.Reference, f => f.State));
        Assert.NotEmpty(morning.Journal.Read().Sends);
        Assert.All(morning.Journal.Read().Sends,
            sent => Assert.False(known[sent.Reference] is FileState.Built or FileState.Sealed, sent.Reference));
        morning.GoesOn();
    }

    private void ThePrimaryOfBeforeIsRefused()
    {
        _first.Start();
        using (var host = Alone("struck", _first).Tick(3))
            Refused(host, "audit.anchor-ahead");
        _first.Stop("fast");
    }

    /// <summary>By an asynchronous standby what was committed last is lost with the primary: files that went out.
    /// </summary>
    private void AnUnconfirmedTailIsFoundOut()
    {
        foreach (var gone in s_mornings.Where(m => m != "lost"))
            _second.Ask<int>($"DROP DATABASE {gone} WITH (FORCE)");
        _first.RunBlock(Block("standby"), _second);
        _first.Start();
        _second.RunBlock(Block("synchronous"), _first);
        Confirms("sync", by: _second);
        _second.Ask<int>("ALTER SYSTEM RESET synchronous_standby_names");
        _second.Ask<bool>("SELECT pg_reload_conf()");
        Confirms("async", by: _second);
        _first.Stop("fast");
        var morning = Morning("lost");
        using (var host = morning.Tick(0)) SendingMorning.Ended(host);
        Assert.Equal(3, morning.Standing().Count);
        _second.Kill();
        _first.Start();
        _first.RunBlock(Block("promote"), _second);
        morning = Morning("lost");
        Assert.Empty(morning.World.Ask(v => v.List<DisbursementFileRow>()));
        using (var host = morning.Tick(1)) Refused(host, "audit.anchor-ahead");
        Assert.Equal(1, Recover(morning).Code);
        using (var host = morning.Tick(1)) Disburse.End(host);
        Assert.Equal(3, morning.Standing().Count);
        morning.World.Clock(SendingMorning.Morning.PlusHours(3));
        morning.World.Exchange();
        var (code, output, errors) = Recover(morning);
        Assert.True(code == 0, output + errors);
        Assert.Empty(morning.World.Ask(v => BankComparison.Differences(v, morning.World.Banks)));
    }

    private static (int Code, string Output, string Errors) Recover(SendingMorning morning) => Disburse.Run(
        [.. morning.Words(["recover"], 2), "--as", "supervisor", "--key",
            Path.Combine(morning.Root, "people", "supervisor.key.pem")]);

    /// <summary>What befalls the primary while a Host waits for it between two of its decisions.</summary>
    /// <returns>The leaves that were committed when it did.</returns>
    private List<string> Disturbed(SendingMorning morning, Action befalls)
    {
        var name = Path.GetFileName(morning.Root);
        List<string> decided;
        using (var holder = new NpgsqlConnection(_first.Connection(name)))
        {
            holder.Open();
            var written = morning.Journal.Length ?? 0;
            using var host = morning.Tick(0);
            for (var wait = 0; wait < 60_000 && (morning.Journal.Length ?? 0) <= written; wait++)
            {
                Assert.False(host.HasExited, "the host sent nothing");
                Thread.Sleep(1);
            }
            using var held = holder.BeginTransaction();
            holder.Execute("SELECT ledger FROM ledger_head FOR UPDATE");
            Thread.Sleep(200);
            decided = Leaves(_first, name);
            befalls();
            Failed(host, "does not answer");
        }
        Assert.True(morning.Standing().Count < 3, "it was over before it was struck");
        return decided;
    }

    private static List<string> Leaves(PostgresNode node, string database) =>
        node.Ask<string>("SELECT n || ' ' || encode(leaf_hash, 'hex') FROM log_leaf ORDER BY n", database);

    private static long Anchored(SendingMorning morning) =>
        new Anchor(Path.Combine(morning.Root, "disburse.anchor")).Stated()!.Size;

    private static List<string> Acknowledged(SendingMorning morning) =>
        [.. Directory.GetDirectories(Path.Combine(morning.Root, "exchange"), ".taken", SearchOption.AllDirectories)
            .SelectMany(Directory.GetFiles).Order()];

    /// <summary>What a time-out does, without waiting for it.</summary>
    private void GivesUp(Process host)
    {
        while (!host.WaitForExit(50))
            _first.Ask<bool>("SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'");
    }

    private static void Failed(Process host, string words)
    {
        var (code, output, errors) = Disburse.End(host);
        Assert.True(code == 4, $"{code}: {output}{errors}");
        Assert.Contains(words, errors, StringComparison.Ordinal);
    }

    private static void Refused(Process host, string rule)
    {
        var (code, output, errors) = Disburse.End(host);
        Assert.True(code == 3, $"{code}: {output}{errors}");
        Assert.Contains(rule, output + errors, StringComparison.Ordinal);
    }

    /// <summary>Waits until the standby follows again.</summary>
    private void Confirms(string state, PostgresNode? by = null)
    {
        for (var attempt = 0; attempt < 600; attempt++)
        {
            if (((by ?? _first).Ask<string>("SELECT sync_state FROM pg_stat_replication WHERE state = 'streaming'"))
                .Contains(state)) return;
            Thread.Sleep(50);
        }
        throw new TimeoutException($"no standby is {state}");
    }

    /// <summary>One morning, made once, in a database and folder for each of what befalls.</summary>
    private void Prepare()
    {
        _first.Ask<int>("CREATE DATABASE template_morning");
        var template = Alone("template_morning", _first);
        new LedgerStore(Dialect.Parse(template.Database)).Migrate();
        template.Prepare();
        var (code, said, errors) = Disburse.Run(template.Words(["audit", "checkpoint"]));
        Assert.True(code == 0, said + errors);
        NpgsqlConnection.ClearAllPools();
        _first.Ask<bool>("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'template_morning'");
        foreach (var name in s_mornings)
        {
            _first.Ask<int>($"CREATE DATABASE {name} TEMPLATE template_morning");
            Assert.Equal(0, OutsideTool.Run("cp", "-a", template.Root, Path.Combine(_root, "mornings", name)).Code);
        }
        _first.Ask<int>("DROP DATABASE template_morning");
    }

    // The standby is named first: whoever takes any server that answers takes that one.
    private SendingMorning Morning(string name, string more = "Command Timeout=30") => new(Folder(name),
        $"postgres:Host=127.0.0.1:{_second.Port},127.0.0.1:{_first.Port};Username=postgres;Database={name};{more}");

    private SendingMorning Alone(string name, PostgresNode node) =>
        new(Folder(name), $"postgres:Host=127.0.0.1;Port={node.Port};Username=postgres;Database={name}");

    private string Folder(string name) => Directory.CreateDirectory(Path.Combine(_root, "mornings", name)).FullName;

    private static string Block(string name) => ShellBlock()
        .Matches(File.ReadAllText(Repository.PathOf("specs", "failover.md")))
        .Single(match => match.Groups[1].Value == name).Groups[2].Value;

    [GeneratedRegex("```sh (\\S+)\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex ShellBlock();
}
