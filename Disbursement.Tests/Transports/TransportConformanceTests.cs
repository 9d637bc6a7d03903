using Disbursement.BankAdapters.Envelopes;
using Disbursement.BankAdapters.Keys;
using Disbursement.BankAdapters.Profiles;
using Disbursement.BankAdapters.Sandbox;
using Disbursement.BankAdapters.Seams;
using Disbursement.BankAdapters.Transports;
using Disbursement.BankAdapters.Transports.Https;
using Disbursement.BankAdapters.Transports.Sftp;
using Disbursement.Engine.Returns;
using Disbursement.Tests.Sandbox;
using Disbursement.Tests.Transports.Https;
using Disbursement.Tests.Transports.Sftp;
using NodaTime;
using Xunit;

namespace Disbursement.Tests.Transports;

/// <summary>Every profile over every transport it offers, on the real server of each.</summary>
public sealed class TransportConformanceTests
{
    private static readonly Instant At = Instant.FromUtc(2026, 3, 13, 4, 0);

    public static TheoryData<string, string> ProfilesAndKinds
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var profile in Partner.All.Select(partner => RoundTrip.Read(partner.Id)))
                foreach (var kind in profile.Transport.Kinds)
                    data.Add(profile.Id, kind);
            return data;
        }
    }

    [Theory, MemberData(nameof(ProfilesAndKinds))]
    public void A_profile_passes_the_kit_over_a_transport_it_offers(string id, string kind)
    {
        using var server = ServerOf(kind, id);
        var profile = RoundTrip.Read(id);
        var checks = ConformanceKit.Run(ConformanceSubject.Of(profile, BankCatalogue.Shipped, At, []) with
        {
            Envelope = EnvelopeCatalogue.Find(profile.Envelope.Kind),
            Keys = new PemKeyRing(RoundTrip.KeyFolder),
            Transport = server.Transport,
        });
        Assert.All(checks, check => Assert.True(check.Passed, $"{check.Name}: {check.Detail}"));
        // All but the post, whose question is the asker's to number.
        Assert.Equal(server.Transport is not SignedPostTransport,
            checks.Any(check => check.Name == "the transport knows what it delivered"));
    }

    [Theory, MemberData(nameof(ProfilesAndKinds))]
    public void A_file_goes_out_and_its_answers_come_back_over_it(string id, string kind)
    {
        using var server = ServerOf(kind, id);
        using var trip = new RoundTrip(id, server.Exchange, server.Transport);
        trip.Deposit(1_000_000);
        Assert.Equal(SendOutcome.Delivered, trip.Send((RoundTrip.Account("100001"), 512_345)).Outcome);
        Assert.Equal(new PassCount(1, 0, 2), trip.Bank.Pass(trip.Exchange, trip.Keys, RoundTrip.Day));
        var answers = trip.Receive().Values.ToList();
        // A list of failures does not list what was paid: its head says how many others, and their sum.
        var unlisted = answers.SelectMany(m => m.Heads).Select(h => h.Unlisted).FirstOrDefault(u => u is not null);
        if (unlisted is { } others) Assert.Equal((1, 512_345), (others.Lines, others.Total.Fen));
        else
        {
            var line = Assert.Single(answers.SelectMany(message => message.Lines));
            Assert.Equal((512_345, LineWord.Settled), (line.Amount.Fen, line.Word));
        }
        Assert.Empty(trip.Receive());
    }

    private static Server ServerOf(string kind, string profile)
    {
        if (kind == SftpTransport.Kind)
        {
            var ssh = new SshServer();
            return new Server(ssh.Files, SftpTo.By(ssh, ssh.Serves(profile)), ssh);
        }
        if (kind == HttpsTransport.Kind && RoundTrip.Read(profile).Transport.Post is not null)
        {
            var rig = new PostRig();
            return new Server(rig.Folder, rig.By(rig.Link()), rig);
        }
        if (kind == HttpsTransport.Kind)
        {
            var rig = new HttpsRig(profile);
            return new Server(rig.Folder, HttpsRig.By(rig.Link()), rig);
        }
        var exchange = Directory.CreateTempSubdirectory("conformance-").FullName;
        var setting = new TransportSetting(RoundTrip.Read(profile).Transport, new BankLink(),
            new PemKeyRing(RoundTrip.KeyFolder), new SecretReferences(RoundTrip.KeyFolder),
            Path.Combine(exchange, profile));
        return new Server(exchange, TransportCatalogue.Find(kind, setting)!, null);
    }

    private sealed record Server(string Exchange, ITransport Transport, IDisposable? Process) : IDisposable
    {
        public void Dispose()
        {
            (Transport as IDisposable)?.Dispose();
            Process?.Dispose();
            if (Directory.Exists(Exchange)) Directory.Delete(Exchange, recursive: true);
        }
    }
}
