using System.Text.Json;
using Disbursement.BankAdapters.Envelopes;
using Disbursement.BankAdapters.Profiles;
using Disbursement.BankAdapters.Sandbox;
using Disbursement.BankAdapters.Transports;
using Disbursement.BankAdapters.Transports.Sftp;
using Disbursement.Engine.Files;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;
using Disbursement.Host.Files;
using Disbursement.Host.Returns;
using Disbursement.Tests.Fixtures;
using Disbursement.Tests.Sandbox;
using Disbursement.Tests.Transports;
using Disbursement.Tests.Transports.Sftp;
using NodaTime;
using Xunit;

namespace Disbursement.Tests.Files;

/// <summary>The whole way of a file over a real SFTP server: sealed, sent, answered, received.</summary>
public sealed class LinkedSendingTests : IDisposable
{
    private readonly SshServer _server = new();
    private readonly SampleOutlay _outlay = new();
    private readonly DisbursementFileRow _file;
    private readonly SftpLink _link;

    public LinkedSendingTests()
    {
        _file = _outlay.Sealed();
        _link = _server.Serves(_file.Profile) with { Key = "sftp-bank" };
        File.Copy(Path.Combine(_server.Folder, "ours"), Path.Combine(_outlay.Settings.Keys, "sftp-bank.key.pem"));
        SampleKeys.Ensure(_outlay.Settings.Keys, $"bank-{_file.Profile}",
            _file.Profile.StartsWith("iso", StringComparison.Ordinal) ? SampleKeyKind.EcdsaP256 : SampleKeyKind.Sm2,
            Instant.FromUtc(2026, 1, 1, 0, 0), Instant.FromUtc(2036, 1, 1, 0, 0));
        Write(new BankLink { Sftp = _link });
    }

    public void Dispose()
    {
        _outlay.Dispose();
        _server.Dispose();
    }

    [Fact]
    public void A_file_goes_to_the_banks_server_and_its_answers_are_received_from_there()
    {
        Assert.True(Send().Accepted);
        Assert.Equal(FileState.Delivered, State);
        var partner = Partner.Find(_file.Profile)!;
        var (exchange, keys) = (new Exchange(_server.Files, partner), BankKeys.Read(_outlay.Settings.Keys, partner.Id));
        var books = Path.Combine(_outlay.Folder, "books");
        Assert.Equal(1, new SandboxBank(partner, books).Pass(exchange, keys, RoundTrip.Day).Taken);

        var taken = Receive();
        Assert.Empty(taken.Faults);
        Assert.Empty(taken.Refused);
        Assert.Equal(1, taken.Taken); // the account is empty at that bank: one word, that the file is refused
        Assert.Equal(FileState.Refused, State);
        Assert.Equal(0, Receive().Taken);
        Assert.True(Directory.Exists(Path.Combine(_server.Files, _file.Profile, "from-bank", ".taken")));
    }

    [Fact]
    public void A_bank_that_is_not_reached_leaves_the_file_sealed_and_the_next_sending_goes_through()
    {
        Write(new BankLink { Sftp = _link with { HostKeys = ["SHA256:another"] } });
        Assert.True(Send().Accepted);
        Assert.Equal(FileState.Sealed, State);
        Assert.Contains(_file.Profile, Assert.Single(Receive().Faults), StringComparison.Ordinal);
        Write(new BankLink { Sftp = _link });
        Assert.True(Send().Accepted);
        Assert.Equal(FileState.Delivered, State);
    }

    [Fact]
    public void An_answer_lost_on_the_line_leaves_the_file_unknown_and_nothing_sends_it_again()
    {
        var placed = Path.Combine(_server.Files, _link.ToBank, _file.Name);
        using var line = new CuttingProxy(_server.Port);
        line.Down = (_, _) => File.Exists(placed) ? 0 : null;
        Write(new BankLink { Sftp = _link with { Port = line.Port } });
        Assert.True(Send().Accepted);
        Assert.Equal(FileState.Unknown, State);
        Write(new BankLink { Sftp = _link });
        Assert.Equal("machine.no-arrow", Assert.Single(Send().Findings).Rule.Code);
        var bank = BankLinks.Of(_outlay.Settings, RoundTrip.Read(_file.Profile)).Value;
        Assert.True(((SftpTransport)bank).Holds(_file.Name));
    }

    [Theory]
    [InlineData("link.unreadable", "{ \"x\": ")]
    [InlineData("link.unreadable", "{ \"PROFILE\": null }")]
    [InlineData("link.unreadable", "{ \"PROFILE\": { \"sftp\": { \"host\": \"bank.invalid\" } } }")]
    [InlineData("link.unreadable", "{ \"PROFILE\": { \"pigeon\": {} } }")]
    [InlineData("link.not-offered", "{ \"PROFILE\": { \"kind\": \"pigeon\" } }")]
    [InlineData("link.missing", "{ \"PROFILE\": { \"kind\": \"sftp\" } }")]
    public void Without_a_link_a_file_is_refused_before_it_is_sending(string code, string json)
    {
        File.WriteAllText(_outlay.Settings.LinksFile, json.Replace("PROFILE", _file.Profile, StringComparison.Ordinal));
        Assert.Equal(code, Assert.Single(Send().Findings).Rule.Code);
        Assert.Equal(FileState.Sealed, State);
        Assert.Empty(_outlay.Journal.Read().Sends);
    }

    private FileState State => _outlay.File(_file.File).State;

    private Decision<Outcome> Send() => new FileSending(_outlay.Composition, _outlay.Journal,
        profile => BankLinks.Of(_outlay.Settings, profile)).Send(SampleLedger.Ledger, _file.File);

    private MessagesTaken Receive() => new MessageTaking(_outlay.Composition.Store, _outlay.Settings,
        _outlay.Composition.Runner, _outlay.Composition.Runner.Stage)
        .FromBanks(SampleLedger.Ledger, _file.Profile);

    private void Write(BankLink link)
    {
        var links = new Dictionary<string, BankLink> { [_file.Profile] = link };
        File.WriteAllBytes(_outlay.Settings.LinksFile, JsonSerializer.SerializeToUtf8Bytes(links, BankLink.Json));
    }
}
