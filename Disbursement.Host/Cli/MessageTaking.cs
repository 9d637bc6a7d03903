using System.Text.Json;
using Disbursement.BankAdapters.Envelopes;
using Disbursement.BankAdapters.Profiles;
using Disbursement.BankAdapters.Seams;
using Disbursement.Engine.Audit;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;
using Disbursement.Engine.Runtime;
using Disbursement.Host.Files;

namespace Disbursement.Host.Cli;

/// <summary>
/// Takes messages of the banks: keep, commit, acknowledge, then apply part by part. A message kept before and not yet
/// applied to its end, by a crash or a missing certificate, goes on where it stopped.
/// </summary>
public sealed class MessageTaking(Session session, Settings settings)
{
    private readonly List<MessageApplied> _applied = [];
    private readonly List<Finding> _refused = [];
    private int _taken;

    /// <summary>Everything that waits in the exchange folders of the adopted profiles, or of one of them.</summary>
    public int FromBanks(string? only)
    {
        var ledger = session.Ledger();
        foreach (var profile in Profiles(ledger).Where(p => only is null || p.Id == only))
        {
            AdoptCertificate(ledger, profile);
            var transport = BankLinks.Of(settings, profile);
            foreach (var name in transport.List())
                if (transport.Take(name) is { } message && Keep(ledger, profile.Id, name, message))
                    transport.Acknowledge(name); // Only now: what we keep is committed.
        }
        return Finish(ledger);
    }

    /// <summary>Messages handed over as files.</summary>
    public int FromFiles(string profile, IReadOnlyList<FileInfo> files)
    {
        var ledger = session.Ledger();
        if (Profiles(ledger).FirstOrDefault(p => p.Id == profile) is { } known) AdoptCertificate(ledger, known);
        foreach (var file in files)
        {
            if (!file.Exists) throw new UsageException($"{file}: no such file");
            var suffix = new[] { ".p7s", ".sig" }.FirstOrDefault(s => File.Exists(file.FullName + s));
            var signature = suffix is null ? null : File.ReadAllBytes(file.FullName + suffix);
            Keep(ledger, profile, file.Name, new SealedMessage(File.ReadAllBytes(file.FullName),
                signature is null ? (ReadOnlyMemory<byte>?)null : signature, suffix ?? ""));
        }
        return Finish(ledger);
    }

    private bool Keep(long ledger, string profile, string name, SealedMessage message)
    {
        var command = new Command("bank.receive", ("profile", profile), ("name", name))
            .With(new InputDocument(BankReceive.Body, message.Body, Personal: true, name));
        if (message.Signature is { } signature)
            command = command.With(new InputDocument(BankReceive.Signature, signature, Name: name + message.SignatureSuffix));
        var decision = session.Decide(ledger, command);
        if (!decision.Accepted) _refused.AddRange(decision.Findings);
        else if (!decision.Value.Repeat) _taken++;
        return decision.Accepted;
    }

    /// <summary>Applies every message that is not applied to its end, oldest first.</summary>
    private void ApplyAll(long ledger)
    {
        List<MessageProgressRow> waiting;
        using (var view = session.Store.Read(ledger))
            waiting = [.. view.List<MessageProgressRow>(("state", MessageState.Received)),
                .. view.List<MessageProgressRow>(("state", MessageState.Applying))];
        foreach (var message in waiting.OrderBy(m => m.Message))
        {
            for (long? from = message.LinesApplied; from is { } at;)
            {
                var decision = session.Decide(ledger, new Command("bank.apply", ("message", message.Message), ("from", at)));
                if (!decision.Accepted)
                {
                    _refused.AddRange(decision.Findings);
                    break;
                }
                var applied = (MessageApplied)decision.Value.Result!;
                _applied.Add(applied);
                from = applied.Next;
            }
        }
    }

    private int Finish(long ledger)
    {
        ApplyAll(ledger);
        var exceptions = _applied.SelectMany(a => a.Exceptions).ToList();
        session.Output.Findings(_refused);
        session.Output.Print(new
        {
            taken = _taken,
            messages = _applied.Select(a => a.Message).Distinct().Count(),
            lines = _applied.Sum(a => a.Lines),
            exceptions,
        }, $"{session.Output.Text("收到", "taken")} {_taken}, {session.Output.Text("行", "lines")} {_applied.Sum(a => a.Lines)}, "
            + $"{session.Output.Text("异常", "exceptions")} {exceptions.Count}");
        ExceptionLines.Say(session.Output, exceptions);
        return _refused.Count > 0 ? ExitStatus.Refused : exceptions.Count > 0 ? ExitStatus.FoundWrong : ExitStatus.Done;
    }

    private IReadOnlyList<BankProfile> Profiles(long ledger)
    {
        using var view = session.Store.Read(ledger);
        return [.. view.List<AdoptionRow>(("kind", Adopt.Profile)).GroupBy(a => a.Name)
            .Select(g => JsonSerializer.Deserialize<BankProfile>(view.Vault.Open(g.Last().Document), BankProfile.Json)!)];
    }

    /// <summary>The first certificate of a bank is adopted as found beside our keys; every later one takes two people.</summary>
    private void AdoptCertificate(long ledger, BankProfile profile)
    {
        using (var view = session.Store.Read(ledger))
            if (view.Count<AdoptionRow>(("kind", BankReceive.Certificate), ("name", profile.Id)) > 0) return;
        if (new PemKeyRing(settings.Keys).CertificatePem(profile.Envelope.BankCertificate) is not { } pem) return;
        session.Decide(ledger, new Command("ledger.adopt", ("kind", BankReceive.Certificate), ("name", profile.Id))
            .With(new InputDocument(BankReceive.Certificate, System.Text.Encoding.UTF8.GetBytes(pem))));
    }
}
