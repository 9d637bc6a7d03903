using System.Text;
using Dapper;
using Disbursement.Engine.Audit;
using Disbursement.Engine.Erasure;
using Disbursement.Engine.People;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;
using Disbursement.Host.Audit;
using Disbursement.Host.Storage;
using Disbursement.Tests.Files;
using Disbursement.Tests.Fixtures;
using Disbursement.Tests.Storage;
using NodaTime;
using Xunit;
using static Disbursement.Tests.Fixtures.SampleLedger;

namespace Disbursement.Tests.Erasure;

/// <summary>A worker's key is deleted once it need not be kept, and everything else stands.</summary>
public sealed class ErasureTests
{
    private const string Site = "GY2025A001";

    /// <summary>The day after three years, in China.</summary>
    private static readonly Instant s_free = Instant.FromUtc(2029, 2, 7, 1, 0);

    private static readonly PayeeChangeText s_account =
        new("6217004508929900019", "样例", "样例支行", "105701000374");

    [Fact]
    public void A_project_is_completed_unless_unsigned_not_found_or_completed_later()
    {
        using var database = Databases.Fresh(Engines.Sqlite);
        var ledger = new SampleLedger(database.Store).Registers();
        new RefusalOrder(ledger)
            .Row(RuntimeRules.ApprovalMissing, "", Complete("nowhere", "2026-12-31"))
            .Row(RuntimeRules.NotFound, Clerk, Complete("nowhere", "2026-12-31"))
            .Row(ErasureRules.CompletedLater, Clerk, Complete(Site, "2026-12-31"))
            .Holds();
        var payroll = (Engine.Payroll.PayrollRow)ledger.Done(Clerk, SampleLedger.Payroll(Employers[0])).Result!;
        new RefusalOrder(ledger).Row(ErasureRules.WagesOpen, Clerk, Complete(Site)).Holds();
        ledger.Done(Clerk, new Command("payroll.withdraw", ("payroll", payroll.Payroll)));
        ledger.Done(Clerk, Complete(Site));
        new RefusalOrder(ledger).Repeat(Clerk, Complete(Site)).Holds();
    }

    [Fact]
    public void A_worker_is_erased_unless_unsigned_not_found_open_not_completed_moved_retained_then_by_one_person()
    {
        using var database = Databases.Fresh(Engines.Sqlite);
        var ledger = new SampleLedger(database.Store).Registers();
        ledger.Enrol("second-login", Roles.Supervisor, 3);
        ledger.Done(Clerk, new Command("payee.change", ("worker", 2)).With(s_account.Document()));
        new RefusalOrder(ledger)
            .Row(RuntimeRules.ApprovalMissing, "", Erase(9_999))
            .Row(RuntimeRules.NotFound, Clerk, Erase(9_999))
            .Row(ErasureRules.MatterOpen, Clerk, Erase(2))
            .Row(ErasureRules.NotCompleted, Clerk, Erase(1))
            .Holds();
        var payroll = (Engine.Payroll.PayrollRow)ledger.Done(Clerk, SampleLedger.Payroll(Employers[0])).Result!;
        new RefusalOrder(ledger).Row(ErasureRules.WagesOpen, Clerk, Erase(1)).Holds();
        ledger.Done(Clerk, new Command("payroll.withdraw", ("payroll", payroll.Payroll)));
        ledger.Done(Clerk, Complete(Site));
        // The last day, in China. A payroll that comes and goes moves the day of settlement.
        ledger.Moment.At = s_free - Duration.FromDays(1);
        new RefusalOrder(ledger).Row(ErasureRules.Retained, Clerk, Erase(1)).Holds();
        payroll = (Engine.Payroll.PayrollRow)ledger.Done(Clerk, SampleLedger.Payroll(Employers[0])).Result!;
        ledger.Done(Clerk, new Command("payroll.withdraw", ("payroll", payroll.Payroll)));
        ledger.Moment.At = s_free;
        new RefusalOrder(ledger).Row(ErasureRules.SettledLater, Clerk, Erase(1)).Holds();
        ledger.Done(Clerk, Complete(Site));
        new RefusalOrder(ledger).Row(ErasureRules.Retained, Clerk, Erase(1)).Holds();
        ledger.Moment.At = Instant.FromUtc(2033, 1, 1, 0, 0);
        Assert.IsType<TwoPeople.Pending>(ledger.Done(Treasurer, Erase(1)).Result);
        new RefusalOrder(ledger)
            .Repeat(Treasurer, Erase(1))
            .Row(RuntimeRules.SamePerson, "second-login", Erase(1))
            .Holds();
        ledger.Done(Administrator, Erase(1));
        new RefusalOrder(ledger).Repeat(Clerk, Erase(1)).Holds();
    }

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void Of_an_erased_worker_nothing_opens_and_the_log_decides_again_as_it_did(string engine)
    {
        using var database = Databases.Fresh(engine);
        var ledger = Freed(database);
        var (before, key) = ledger.Ask(v => (v.List<WorkerRow>(("worker", 1))[0], Secret(database)));
        Assert.NotNull(ledger.Ask(v => WorkerText.Open(v.Vault, 1, key, before.Sealed)));
        ledger.Done(Clerk, Erase(1));
        Assert.NotNull(Secret(database));
        ledger.Done(Administrator, Erase(1));
        Assert.Null(Secret(database));
        Assert.True(database.Dialect.Scrub());
        Assert.Null(ledger.Ask(v => WorkerText.Open(v.Vault, 1, null, before.Sealed)));
        Assert.Null(ledger.Ask(v => PayeeText.Open(v.Vault, 1, 1, v.Find<PayeeAccountRow>(("worker", 1),
            ("version", 1))!.Sealed)));
        var said = LiveRebuild.Compare(database.Dialect, null, _ => []);
        Assert.Equal([RebuildRules.SubjectErased], said.Findings.Select(f => f.Rule));
        Assert.Equal(("worker/1", ledger.Store.Ledgers()[0].Leaves), (said.Findings[0].Arguments[0], said.Leaves));
        using var log = new LiveLog(database.Dialect, Ledger);
        Assert.Empty(log.Verify([]));
    }

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void Who_comes_back_is_paid_under_a_new_number_and_not_where_they_were_erased(string engine)
    {
        using var database = Databases.Fresh(engine);
        var ledger = Freed(database);
        ledger.Done(Clerk, Erase(1));
        ledger.Done(Administrator, Erase(1));
        new RefusalOrder(ledger)
            .Row(ErasureRules.WorkerErased, Clerk,
                new Command("payee.change", ("worker", 1)).With(s_account.Document()))
            .Row(ErasureRules.ErasedThere, Clerk, Roster(Site))
            .Holds();
        ledger.Done(Clerk, Roster("GY2025B001"));
        var people = ledger.Ask(v => v.List<WorkerRow>(("identity_hash",
            v.Find<WorkerRow>(("worker", 1))!.IdentityHash)));
        Assert.Equal([0L, 1], people.Select(w => w.ErasedBefore));
        // The same person once more is the new number, not a third.
        ledger.Done(Clerk, Roster("GY2025C001"));
        Assert.Equal(2, ledger.Ask(v => v.Count<WorkerRow>(("identity_hash", people[0].IdentityHash))));
        var registered = ledger.Ask(v => v.List<RegistrationRow>(("worker", people[1].Worker)));
        Assert.Equal(2, registered.Count);
        Assert.Equal([RebuildRules.SubjectErased],
            LiveRebuild.Compare(database.Dialect, null, _ => []).Findings.Select(f => f.Rule));
    }

    [Fact]
    public void The_key_s_bytes_are_in_no_file_of_the_sqlite_database()
    {
        using var database = Databases.Fresh(Engines.Sqlite);
        var ledger = Freed(database);
        var key = Secret(database)!;
        var path = ((SqliteDialect)database.Dialect).Path;
        Assert.True(Files(path).Any(f => f.AsSpan().IndexOf(key) >= 0), "the key was never in the file");
        ledger.Done(Clerk, Erase(1));
        ledger.Done(Administrator, Erase(1));
        Assert.True(database.Dialect.Scrub());
        Assert.All(Files(path), f => Assert.True(f.AsSpan().IndexOf(key) < 0));
    }

    [Fact]
    public void The_key_s_bytes_are_not_in_the_table_s_file_of_postgresql()
    {
        using var database = Databases.Fresh(Engines.Postgres);
        var ledger = Freed(database);
        var key = Secret(database)!;
        Assert.True(Heap(database).AsSpan().IndexOf(key) >= 0, "the key was never in the table's file");
        ledger.Done(Clerk, Erase(1));
        ledger.Done(Administrator, Erase(1));
        Assert.True(database.Dialect.Scrub());
        Assert.True(Heap(database).AsSpan().IndexOf(key) < 0);
    }

    /// <summary>A late return may make a wage of an erased worker unpaid again: no file takes it, and none is held up.
    /// </summary>
    [Fact]
    public void A_file_is_built_without_the_line_of_an_erased_worker()
    {
        using var outlay = new SampleOutlay();
        outlay.Credit(outlay.Payroll.DeclaredFen);
        var release = outlay.Plan().Release;
        outlay.Run("release.fund", "release", release);
        var gone = outlay.Samples.Ask(v => v.List<Engine.Payroll.WageClaimRow>(("payroll", outlay.Payroll.Payroll)))[0];
        using (var owner = outlay.Samples.Store.Dialect.OpenOwner())
            owner.Execute("DROP TRIGGER erasure_law; INSERT INTO erasure VALUES (@Ledger, @Worker, '2020-01-01', 'd'); "
                + "DELETE FROM subject_key WHERE subject = 'worker/' || @Worker", gone);
        var built = outlay.Samples.Decide("", new Command("file.build", ("release", release)));
        Assert.True(built.Accepted);
        Assert.Equal([(Engine.Files.FileRules.NoPayee, $"{gone.PayrollLine}")],
            built.Findings.Select(f => (f.Rule, f.Arguments[1])));
        Assert.Equal(outlay.Payroll.LinesDeclared - 1,
            outlay.Samples.Ask(v => v.List<Engine.Files.DisbursementFileRow>(("release", release))).Sum(f => f.Lines));
    }

    /// <summary>The registers of three sites, the first completed, three years and a day later.</summary>
    private static SampleLedger Freed(Database database)
    {
        var ledger = new SampleLedger(database.Store).Registers();
        ledger.Done(Clerk, Complete(Site));
        ledger.Moment.At = s_free;
        return ledger;
    }

    private static Command Complete(string project, string on = "2026-01-31") =>
        new Command(ProjectComplete.Name, ("project", project), ("on", on))
            .With(new InputDocument(ProjectComplete.Input, "样例: 竣工验收"u8.ToArray(), Personal: true));

    private static Command Erase(long worker) => new Command(WorkerErase.Name, ("worker", worker))
        .With(new InputDocument(WorkerErase.Input, "样例: 删除申请"u8.ToArray(), Personal: true));

    /// <summary>The first worker of the first site's roster on a site, by a sheet of one line.</summary>
    private static Command Roster(string project)
    {
        var lines = Encoding.Latin1.GetString(SampleLedger.File("roster-a.csv")).Split('\n');
        return Sheet("roster.import", RosterImport.Input, $"roster-{project}.csv",
            Encoding.Latin1.GetBytes($"{lines[0]}\n{lines[1].Replace(Site, project, StringComparison.Ordinal)}\n"));
    }

    private static byte[]? Secret(Database database)
    {
        using var owner = database.Owner();
        return owner.QuerySingleOrDefault<byte[]>("SELECT secret FROM subject_key WHERE subject = 'worker/1'");
    }

    private static IEnumerable<byte[]> Files(string path)
    {
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(path)!))
        {
            using var open = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var bytes = new byte[open.Length];
            open.ReadExactly(bytes);
            yield return bytes;
        }
    }

    /// <summary>The file the table is in, as it is on the disk.</summary>
    private static byte[] Heap(Database database)
    {
        using var owner = database.Owner();
        owner.Execute("CHECKPOINT;");
        return owner.ExecuteScalar<byte[]>("SELECT pg_read_binary_file(pg_relation_filepath('subject_key'))")!;
    }
}
