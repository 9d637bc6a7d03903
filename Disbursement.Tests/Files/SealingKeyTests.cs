using Disbursement.BankAdapters.Envelopes;
using Disbursement.BankAdapters.Keys;
using Disbursement.Engine.Files;
using Disbursement.Host.Files;
using Disbursement.Tests.Fixtures;
using NodaTime;
using Xunit;

namespace Disbursement.Tests.Files;

/// <summary>Our key as the reason why a file is not sealed, and what the check of keys says of it beforehand.</summary>
public sealed class SealingKeyTests : IDisposable
{
    private readonly SampleOutlay _outlay = new();
    private readonly DisbursementFileRow _file;

    public SealingKeyTests() => _file = _outlay.Built();

    public void Dispose() => _outlay.Dispose();

    [Fact]
    public void A_key_that_is_not_there_is_missing()
    {
        File.Delete(Key(".key.pem"));
        AssertRefused("sealing.key-missing");
    }

    [Fact]
    public void A_key_that_does_not_open_is_unusable()
    {
        File.WriteAllText(Key(".key.pem"), "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
        AssertRefused("sealing.key-unusable");
        File.Delete(Key(".key.pem"));
        File.WriteAllText(Key(".p12"), "no such file");
        AssertRefused("sealing.key-unusable");
    }

    [Fact]
    public void A_certificate_that_was_revoked_is_unusable()
    {
        File.WriteAllText(Key(".pem"), File.ReadAllText(Key(".pem"))
            .Replace("CERTIFICATE", "REVOKED CERTIFICATE", StringComparison.Ordinal));
        AssertRefused("sealing.key-unusable");
    }

    [Fact]
    public void A_certificate_that_ended_is_expired_and_the_check_warns_thirty_days_ahead()
    {
        // This key alone: the other sample keys begin later than the check looks back.
        foreach (var path in Directory.GetFiles(_outlay.Settings.Keys)) File.Delete(path);
        var now = _outlay.Samples.Moment.At;
        SampleKeys.Ensure(_outlay.Settings.Keys, $"ours-{_file.Profile}",
            _file.Profile.StartsWith("iso", StringComparison.Ordinal) ? SampleKeyKind.Rsa3072 : SampleKeyKind.Sm2,
            now - Duration.FromDays(365), now - Duration.FromDays(2));
        AssertRefused("sealing.key-expired");
        Assert.Equal(0, Check(now - Duration.FromDays(40)).Code);
        var warned = Check(now - Duration.FromDays(20));
        Assert.Equal((1, true), (warned.Code, warned.Output.Contains("ends in 18 days", StringComparison.Ordinal)));
        Assert.Contains("ended", Check(now).Output, StringComparison.Ordinal);
    }

    /// <summary>To the second: not a day later, and not before it begins.</summary>
    [Fact]
    public void A_key_seals_from_the_first_moment_of_its_certificate_to_the_last()
    {
        var now = _outlay.Samples.Moment.At;
        Certified(now + Duration.FromSeconds(2), now + Duration.FromDays(30));
        AssertRefused("sealing.key-unusable");
        Certified(now - Duration.FromDays(30), now - Duration.FromSeconds(2));
        AssertRefused("sealing.key-expired");
        Certified(now - Duration.FromSeconds(2), now + Duration.FromSeconds(2));
        Assert.True(new FileSealing(_outlay.Composition, _outlay.Settings).Seal(SampleLedger.Ledger, _file.File)
            .Accepted);

        void Certified(Instant from, Instant until)
        {
            File.Delete(Key(".pem"));
            SampleKeys.Ensure(_outlay.Settings.Keys, $"ours-{_file.Profile}",
                _file.Profile.StartsWith("iso", StringComparison.Ordinal) ? SampleKeyKind.Rsa3072 : SampleKeyKind.Sm2,
                from, until);
        }
    }

    /// <summary>Some kinds carry no certificate: their messages would open at the bank until it hears of it.</summary>
    [Theory, MemberData(nameof(Kinds))]
    public void A_key_whose_certificate_was_revoked_seals_by_no_kind(string kind)
    {
        File.WriteAllText(Key(".pem"), File.ReadAllText(Key(".pem"))
            .Replace("CERTIFICATE", "REVOKED CERTIFICATE", StringComparison.Ordinal));
        var trouble = new FileSealing(_outlay.Composition, _outlay.Settings).KeyTrouble(
            new ReferencedKeyRing(_outlay.Settings.Keys), new(kind, $"ours-{_file.Profile}", $"bank-{_file.Profile}"));
        Assert.Equal("sealing.key-unusable", trouble?.Rule.Code);
        Assert.Contains("revoked", trouble!.Text(chinese: false), StringComparison.Ordinal);
    }

    public static TheoryData<string> Kinds => [.. EnvelopeCatalogue.Kinds];

    private (int Code, string Output, string Errors) Check(Instant at) =>
        Demo.Disburse.Run("key", "check", "--json", "--keys", _outlay.Settings.Keys, "--at", $"{at}");

    private string Key(string ending) => Path.Combine(_outlay.Settings.Keys, $"ours-{_file.Profile}{ending}");

    private void AssertRefused(string code)
    {
        var made = new FileSealing(_outlay.Composition, _outlay.Settings).Seal(SampleLedger.Ledger, _file.File);
        Assert.Equal(code, Assert.Single(made.Findings).Rule.Code);
        Assert.Equal(FileState.Built, _outlay.File(_file.File).State);
    }
}
