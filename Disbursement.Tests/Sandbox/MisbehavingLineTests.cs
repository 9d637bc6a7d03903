using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Disbursement.BankAdapters.Envelopes;
using Disbursement.BankAdapters.Sandbox;
using Disbursement.BankAdapters.Sandbox.Packets;
using Disbursement.BankAdapters.Seams;
using Disbursement.BankAdapters.Transports;
using Disbursement.BankAdapters.Transports.Https;
using Disbursement.BankAdapters.Transports.Packets;
using Disbursement.Engine.Files;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;
using Disbursement.Host.Files;
using Disbursement.Host.Returns;
using Disbursement.Tests.Files;
using Disbursement.Tests.Fixtures;
using Disbursement.Tests.Transports.Https;
using Disbursement.Tests.Transports.Sftp;
using NodaTime;
using Xunit;

namespace Disbursement.Tests.Sandbox;

/// <summary>A file sent to the bank as a process of its own, over lines that the bank's script breaks.</summary>
public sealed class MisbehavingLineTests : IDisposable
{
    private const string Https = "https", Sftp = "sftp";
    private readonly SampleOutlay _outlay = new();
    private readonly DisbursementFileRow _file;
    private readonly Partner _partner;
    private SshServer? _server;
    private Process? _bank;

    public MisbehavingLineTests()
    {
        _file = _outlay.Sealed();
        _partner = Partner.Find(_file.Profile)!;
        SampleKeys.Ensure(Keys, $"bank-{_file.Profile}",
            _file.Profile.StartsWith("iso", StringComparison.Ordinal) ? SampleKeyKind.EcdsaP256 : SampleKeyKind.Sm2,
            Instant.FromUtc(2026, 1, 1, 0, 0), Instant.FromUtc(2036, 1, 1, 0, 0));
        var message = Sending.Load(SampleLedger.Ledger, _file.File)!.Message;
        var order = FileVerdict.Of(_partner, new IncomingFile(_file.Name, message.Body.ToArray(),
            message.Signature!.Value.ToArray()), File.ReadAllText(Path.Combine(Keys, $"ours-{_file.Profile}.pem")));
        Bank.Post(new Posting(RoundTrip.Day.Date, RoundTrip.Day.At, "D1", "TRANSFER", order.PayerAccount,
            order.TotalFen, "样例建设单位", "6212260000000000025", "人工费用"));
    }

    public void Dispose()
    {
        if (_bank is not null)
        {
            _bank.StandardInput.Close();
            _bank.WaitForExit();
            _bank.Dispose();
        }
        _server?.Dispose();
        _outlay.Dispose();
    }

    [Theory]
    [InlineData(Https)]
    [InlineData(Sftp)]
    public void A_reply_that_is_lost_leaves_the_file_unknown_until_its_results_come(string kind)
    {
        Open(kind, "lost-reply");
        Assert.True(Send().Accepted);
        Assert.Equal(FileState.Unknown, State);
        Assert.Equal("machine.no-arrow", Assert.Single(Send().Findings).Rule.Code);
        ReceiveResults();
        Assert.DoesNotContain(Directory.GetFiles(Path.Combine(Exchange, _file.Profile, "from-bank")),
            path => path.Contains("-status-", StringComparison.Ordinal));
        PaidOnce("lost-reply");
    }

    [Theory]
    [InlineData(Https, FileState.Unknown)]
    [InlineData(Sftp, FileState.Sealed)] // the rename was never asked for, and that is proved
    public void An_upload_that_breaks_off_is_not_taken_and_goes_again_when_that_is_proved(string kind, FileState left)
    {
        Open(kind, "torn-upload");
        Assert.True(Send().Accepted);
        Assert.Equal(left, State);
        Assert.False(File.Exists(Path.Combine(Exchange, _file.Profile, "to-bank", _file.Name)));
        if (left == FileState.Unknown)
        {
            var absent = new Command("file.resolve", ("file", _file.File), ("outcome", "absent")).With(
                new InputDocument(FileResolve.Evidence, "样例银行 SAMPLE: 未收到 not received"u8.ToArray(), Personal: true));
            foreach (var person in new[] { SampleLedger.Treasurer, SampleLedger.Administrator })
                _outlay.Samples.Done(person, absent);
            Assert.Equal(FileState.Sealed, State);
        }
        Assert.True(Send().Accepted);
        Assert.Equal(FileState.Delivered, State);
        ReceiveResults();
        PaidOnce("torn-upload");
    }

    /// <summary>No bank of ours is reached by packets and nothing else; its line is all that differs.</summary>
    [Theory]
    [InlineData("lost-reply", true)]
    [InlineData("torn-upload", false)]
    public void A_packet_without_an_answer_is_unknown_and_the_question_tells_what_became_of_it(string script,
        bool stands)
    {
        var bank = new SandboxBank(_partner, Path.Combine(_outlay.Folder, "other-books"),
            Misbehaviour.Parse(script, out _));
        using var server = new PacketServer(new Exchange(_outlay.Folder, _partner), ".xml",
            (behaviour, name) => bank.Strikes(behaviour, name, RoundTrip.Day));
        var transport = new PacketTransport(new("127.0.0.1", server.Port, ConnectSeconds: 3, AnswerSeconds: 3),
            new("RespCode", ["0000"], ["9001"], ["9002"],
                "<ap><CCTransCode>CQRT04</CCTransCode><CmeSeqNo>{reference}</CmeSeqNo></ap>"));
        var packet = new SealedMessage("<ap><CCTransCode>IBAF04</CCTransCode><ReqSeqNo>SAMPLE0001</ReqSeqNo></ap>"u8
            .ToArray(), null, "");
        Assert.Equal(SendOutcome.Unknown, transport.Send("SAMPLE0001.xml", packet).Outcome);
        Assert.Equal(stands, transport.Holds("SAMPLE0001.xml"));
        Assert.Equal(SendOutcome.Delivered, transport.Send("SAMPLE0001.xml", packet).Outcome);
        Assert.True(transport.Holds("SAMPLE0001.xml"));
    }

    private string Keys => _outlay.Settings.Keys;

    private string Books => Path.Combine(_outlay.Folder, "books");

    private string Exchange => _server?.Files ?? _outlay.Settings.Exchange;

    private SandboxBank Bank => new(_partner, Books);

    private FileState State => _outlay.File(_file.File).State;

    private FileSending Sending => new(_outlay.Composition, _outlay.Journal,
        profile => BankLinks.Of(_outlay.Settings, profile));

    private Decision<Outcome> Send() => Sending.Send(SampleLedger.Ledger, _file.File);

    /// <summary>Starts the bank's process with the script, and links us to the port it says.</summary>
    private void Open(string kind, string script)
    {
        var link = kind == Sftp ? new BankLink { Sftp = Served() } : Paged();
        var port = Start(kind == Sftp ? [$"--{kind}", $"{_server!.Port}"] : [$"--{kind}"], script);
        link = kind == Sftp ? new BankLink { Sftp = link.Sftp! with { Port = port, AnswerSeconds = 5 } }
            : new BankLink { Https = link.Https! with { Address = $"https://127.0.0.1:{port}/" } };
        File.WriteAllBytes(_outlay.Settings.LinksFile, JsonSerializer.SerializeToUtf8Bytes(
            new Dictionary<string, BankLink> { [_file.Profile] = link }, BankLink.Json));
    }

    private int Start(IReadOnlyList<string> line, string script)
    {
        _bank = Process.Start(new ProcessStartInfo("dotnet",
        [
            Demo.Disburse.Program, "bank-sandbox", "run", "--profile", _file.Profile, "--books", Books,
            "--date", "2026-03-13", "--exchange", Exchange, "--keys", Keys, "--misbehave", script, .. line,
        ])
        { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        return int.Parse(_bank.StandardOutput.ReadLine()!.Split(':')[1], CultureInfo.InvariantCulture);
    }

    private BankAdapters.Transports.Sftp.SftpLink Served()
    {
        _server = new SshServer();
        File.Copy(Path.Combine(_server.Folder, "ours"), Path.Combine(Keys, "sftp-bank.key.pem"));
        return _server.Serves(_file.Profile) with { Key = "sftp-bank" };
    }

    private BankLink Paged()
    {
        foreach (var (from, to) in new[]
        {
            ("server.pem", "https-bank.pem"), ("server.key.pem", "https-bank.key.pem"), ("ours.pem", "https-ours.pem"),
            ("ours.key.pem", "https-ours.key.pem"), ("root.pem", "root.pem"),
        })
            File.Copy(Path.Combine(HttpsRig.KeyFolder, from), Path.Combine(Keys, to));
        return new BankLink { Https = new HttpsLink("", ["root"], "https-ours", AnswerSeconds: 5) };
    }

    /// <summary>Takes what the bank sends until its results are there.</summary>
    private void ReceiveResults()
    {
        for (var attempt = 0; attempt < 300 && _outlay.File(_file.File).SettledFen == 0; attempt++)
        {
            if (attempt > 0) Thread.Sleep(100);
            var taken = new MessageTaking(_outlay.Composition.Store, _outlay.Settings, _outlay.Composition.Runner,
                _outlay.Composition.Runner.Stage).FromBanks(SampleLedger.Ledger, _file.Profile);
            Assert.Empty(taken.Refused);
        }
        Assert.Equal(FileState.Accepted, State);
    }

    /// <summary>By the bank's own books; and they say what went wrong.</summary>
    private void PaidOnce(string misbehaves)
    {
        var report = Bank.Report();
        var booked = Assert.Single(report.Files);
        Assert.Equal(("None", _file.TotalFen, misbehaves), (booked.Refusal, booked.TotalFen, booked.Misbehaves));
        Assert.Equal(_outlay.File(_file.File).SettledFen, report.Payees.Sum(p => p.NetFen));
    }
}
