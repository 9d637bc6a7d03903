using System.Diagnostics;
using System.Security.Cryptography;
using Disbursement.BankAdapters.Sandbox.Sftp;
using Disbursement.Engine.Accounts;
using Disbursement.Engine.Files;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.Runtime;
using Disbursement.Host.Demo;
using Disbursement.Host.Files;
using Disbursement.Host.Kills;
using Disbursement.Tests.Demo;
using Disbursement.Tests.Restores;
using Disbursement.Tests.Security;
using Disbursement.Tests.Storage;
using Disbursement.Tests.Transports;
using NodaTime;
using Xunit;

namespace Disbursement.Tests.Kills;

/// <summary>
/// Two Hosts work on one PostgreSQL and one send journal. The first is killed while a file is on its way over SFTP.
/// </summary>
public sealed class TwoHostsTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("two-hosts-").FullName;
    private readonly Database _database = Databases.Fresh(Engines.Postgres);
    private readonly OpenSshServer _bank = new();
    private readonly DemoWorld _world;

    public TwoHostsTests()
    {
        Directory.CreateSymbolicLink(Path.Combine(_root, "exchange"), _bank.Share(DemoWorld.Profiles));
        _world = new DemoWorld(new DemoFolder(_root), _database.Store);
        foreach (var step in DemoScript.Steps.TakeWhile(s => s.Name != "release"))
        {
            _world.Clock(step.At);
            step.Act(_world);
        }
        _world.Clock(Morning);
        // One account of the three is short before its deadline: three payrolls go out, and one stays behind.
        foreach (var payroll in _world.Ask(v => v.List<PayrollRow>(("state", PayrollState.Approved))))
            LostMonth.Plan(_world, payroll);
    }

    private static LocalDateTime Morning => new(2026, 2, 9, 9, 0);

    public void Dispose()
    {
        _bank.Dispose();
        _database.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    /// <summary>The line falls silent within the greeting, within the upload, and behind the whole of it.</summary>
    [Theory]
    [InlineData(200, false)]
    [InlineData(9_000, false)]
    [InlineData(null, true)]
    public void The_other_takes_over_and_no_file_goes_twice_with_other_bytes_or_not_at_all(int? bytes, bool arrived)
    {
        using var line = new CuttingProxy(_bank.Port) { FallsSilent = true };
        if (bytes is { } up) line.CutUpAfter(up);
        else line.Down = (_, count) => Standing().Count == 0 ? null : 0;
        using (var first = Tick("first", line.Port, hours: 0))
        {
            var hung = Await(first);
            using (var second = Tick("second", _bank.Port, hours: 0))
                Assert.Equal(0, Ended(second));
            // What is on its way is left to the one that sends it; the rest is done.
            Assert.Equal([hung], Files(FileState.Sending));
            Assert.Equal(2, Files(FileState.Delivered).Count);
            OutsideTool.Run("kill", "-9", "--", $"-{first.Id}");
            Disburse.End(first);
            using (var early = Tick("second", _bank.Port, hours: 0))
                Assert.Equal(0, Ended(early));
            Assert.Equal([hung], Files(FileState.Sending));
        }
        // Once the lease is out its file is Unknown, and stays so until the bank's word.
        using (var later = Tick("second", _bank.Port, hours: 1))
            Assert.Equal(0, Ended(later));
        var unknown = Assert.Single(Files(FileState.Unknown));
        if (!arrived) Absent(unknown);
        using (var last = Tick("second", _bank.Port, hours: 2))
            Assert.Equal(0, Ended(last));
        Assert.Equal(arrived ? [unknown] : [], Files(FileState.Unknown));
        EveryFileStandsOnceAsSealed();
        BanksAnswerAndAgree();
    }

    /// <summary>Both at once, again and again: neither sends what the other has sent.</summary>
    [Fact]
    public void Two_hosts_at_once_send_each_file_once()
    {
        var hosts = Enumerable.Range(0, 4).Select(n => Tick($"host-{n}", _bank.Port, hours: 0)).ToList();
        Assert.All(hosts, host => Assert.Equal(0, Ended(host)));
        hosts.ForEach(host => host.Dispose());
        Assert.Equal(3, Files(FileState.Delivered).Count);
        var sends = new SendJournal(Path.Combine(_root, "send-journal")).Read().Sends;
        Assert.Equal(3, sends.Count);
        Assert.Equal(3, sends.Select(s => s.Reference).Distinct().Count());
        EveryFileStandsOnceAsSealed();
        BanksAnswerAndAgree();
    }

    private void BanksAnswerAndAgree()
    {
        _world.Clock(Morning.PlusHours(3));
        _world.Exchange();
        var files = _world.Ask(v => v.List<DisbursementFileRow>());
        Assert.All(files, f =>
            Assert.True(f.State is FileState.Accepted or FileState.Reconciled, $"{f.File} {f.State}"));
        Assert.Empty(_world.Ask(v => BankComparison.Differences(v, _world.Banks)));
    }

    /// <summary>What stands with the bank under a name is what every sending of that file was of.</summary>
    private void EveryFileStandsOnceAsSealed()
    {
        var files = _world.Ask(v => v.List<DisbursementFileRow>());
        Assert.Equal(files.Select(f => f.Name).Order(), Standing().Select(Path.GetFileName).Order());
        var sends = new SendJournal(Path.Combine(_root, "send-journal")).Read().Sends;
        foreach (var file in files)
        {
            var stands = SHA256.HashData(File.ReadAllBytes(Standing().Single(s => Path.GetFileName(s) == file.Name)));
            Assert.Equal([Convert.ToHexStringLower(stands)],
                sends.Where(s => s.Reference == file.Reference).Select(s => s.Digest).Distinct());
        }
    }

    /// <summary>The bank's answer is that it has no such file; two people decide by it.</summary>
    private void Absent(long file)
    {
        var letter = new InputDocument(FileResolve.Evidence, "样例银行 SAMPLE BANK: 未收到 not received"u8.ToArray(),
            Personal: true);
        _world.Clock(Morning.PlusHours(1));
        foreach (var person in new[] { _world.People.Treasurer, _world.People.Supervisor })
            _world.Done(person, new Command("file.resolve", ("file", file), ("outcome", "absent")).With(letter));
    }

    /// <summary>Waits until the first Host hangs in its sending; which file it is.</summary>
    private long Await(Process first)
    {
        for (var attempt = 0; attempt < 1200; attempt++)
        {
            Assert.False(first.HasExited, "the first host did not hang");
            if (Files(FileState.Sending) is [var file]) return file;
            Thread.Sleep(50);
        }
        throw new TimeoutException("no file came to be Sending");
    }

    private List<long> Files(FileState state) =>
        _world.Ask(v => v.List<DisbursementFileRow>(("state", state)).Select(f => f.File).ToList());

    /// <summary>Bodies of files that stand with the banks, without signatures and half uploads.</summary>
    private List<string> Standing() => [.. DemoWorld.Profiles
        .SelectMany(p => Directory.GetFiles(Path.Combine(_root, "exchange", p, "to-bank")))
        .Where(f => !Path.GetFileName(f).StartsWith('.') && Path.GetExtension(f) is ".bxt" or ".xml")];

    private Process Tick(string host, int port, int hours) => Disburse.StartGroup(
    [
        "tick", "--db", _database.Option, "--lang", "en", "--at", $"2026-02-09T0{1 + hours}:00:00Z",
        "--journal", Path.Combine(_root, "send-journal"), "--anchor", Path.Combine(_root, "disburse.anchor"),
        "--log-key", Path.Combine(_root, "keys", "log.key.pem"), "--exchange", Path.Combine(_root, "exchange"),
        "--keys", Path.Combine(_root, "keys"), "--links", Links(host, port),
    ]);

    private static int Ended(Process host)
    {
        var (code, output, errors) = Disburse.End(host);
        return code == 0 ? 0 : throw new InvalidOperationException($"{code}: {output}{errors}");
    }

    private string Links(string host, int port)
    {
        var path = Path.Combine(_root, $"links-{host}.json");
        SftpLinks.Write(path, Path.Combine(_root, "keys"), _bank, port);
        return path;
    }
}
