using System.Diagnostics;
using Disbursement.BankAdapters.Sandbox.Sftp;
using Disbursement.Engine.Files;
using Disbursement.Host.Demo;
using Disbursement.Host.Kills;
using Disbursement.Tests.Demo;
using Disbursement.Tests.Security;
using Disbursement.Tests.Storage;
using Disbursement.Tests.Transports;
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
    private readonly SendingMorning _morning;

    public TwoHostsTests()
    {
        Directory.CreateSymbolicLink(Path.Combine(_root, "exchange"), _bank.Share(DemoWorld.Profiles));
        _morning = new SendingMorning(_root, _database.Option);
        _morning.Prepare();
    }

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
        else line.Down = (_, count) => _morning.Standing().Count == 0 ? null : 0;
        using (var first = Tick("first", line.Port, hours: 0))
        {
            var hung = Await(first);
            using (var second = Tick("second", _bank.Port, hours: 0))
                SendingMorning.Ended(second);
            // What is on its way is left to the one that sends it; the rest is done.
            Assert.Equal([hung], _morning.Files(FileState.Sending));
            Assert.Equal(2, _morning.Files(FileState.Delivered).Count);
            OutsideTool.Run("kill", "-9", "--", $"-{first.Id}");
            Disburse.End(first);
            using (var early = Tick("second", _bank.Port, hours: 0))
                SendingMorning.Ended(early);
            Assert.Equal([hung], _morning.Files(FileState.Sending));
        }
        // Once the lease is out its file is Unknown, and stays so until the bank's word.
        using (var later = Tick("second", _bank.Port, hours: 1))
            SendingMorning.Ended(later);
        var unknown = Assert.Single(_morning.Files(FileState.Unknown));
        if (!arrived) _morning.Absent(unknown);
        using (var last = Tick("second", _bank.Port, hours: 2))
            SendingMorning.Ended(last);
        Assert.Equal(arrived ? [unknown] : [], _morning.Files(FileState.Unknown));
        _morning.EveryFileStandsOnceAsSealed();
        _morning.BanksAnswerAndAgree();
    }

    /// <summary>Both at once, again and again: neither sends what the other has sent.</summary>
    [Fact]
    public void Two_hosts_at_once_send_each_file_once()
    {
        var hosts = Enumerable.Range(0, 4).Select(n => Tick($"host-{n}", _bank.Port, hours: 0)).ToList();
        hosts.ForEach(SendingMorning.Ended);
        hosts.ForEach(host => host.Dispose());
        Assert.Equal(3, _morning.Files(FileState.Delivered).Count);
        var sends = _morning.Journal.Read().Sends;
        Assert.Equal(3, sends.Count);
        Assert.Equal(3, sends.Select(s => s.Reference).Distinct().Count());
        _morning.EveryFileStandsOnceAsSealed();
        _morning.BanksAnswerAndAgree();
    }

    /// <summary>Waits until the first Host hangs in its sending; which file it is.</summary>
    private long Await(Process first)
    {
        for (var attempt = 0; attempt < 1200; attempt++)
        {
            Assert.False(first.HasExited, "the first host did not hang");
            if (_morning.Files(FileState.Sending) is [var file]) return file;
            Thread.Sleep(50);
        }
        throw new TimeoutException("no file came to be Sending");
    }

    private Process Tick(string host, int port, int hours) => _morning.Tick(hours, "--links", Links(host, port));

    private string Links(string host, int port)
    {
        var path = Path.Combine(_root, $"links-{host}.json");
        SftpLinks.Write(path, Path.Combine(_root, "keys"), _bank, port);
        return path;
    }
}
