using Disbursement.BankAdapters.Keys;
using Disbursement.BankAdapters.Profiles;
using Disbursement.BankAdapters.Seams;
using Disbursement.Engine.Accounts;
using Disbursement.Engine.Audit;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Restores;
using Disbursement.Engine.Returns;
using Disbursement.Engine.Runtime;
using Disbursement.Host.Cli;
using Disbursement.Host.Files;
using Disbursement.Host.Jobs;
using Disbursement.Host.Storage;

namespace Disbursement.Host.Returns;

/// <summary>
/// Takes messages of the banks: keep, commit, acknowledge, then apply part by part. A message kept before and not yet
/// applied to its end, by a crash or a missing certificate, goes on where it stopped.
/// </summary>
/// <param name="stage">Makes a command ready, signed by whoever takes the messages where somebody does.</param>
public sealed class MessageTaking(
    LedgerStore store, Settings settings, CommandRunner runner, Func<long, Command, StagedCommand> stage)
{
    private readonly List<MessageApplied> _applied = [];
    private readonly List<Finding> _refused = [];
    private readonly List<string> _faults = [];
    private int _taken;

    /// <summary>Everything that waits in the exchange folders of the adopted profiles, or of one of them.</summary>
    public MessagesTaken FromBanks(long ledger, string? only)
    {
        // Nobody writes to us from a bank where no account is: its folders are not even made.
        var banks = Banks(ledger);
        foreach (var profile in Profiles(ledger).Where(p => only is null ? banks.Contains(p.Id) : p.Id == only))
        {
            AdoptCertificate(ledger, profile);
            var link = BankLinks.Of(settings, profile);
            if (!link.Accepted) _refused.AddRange(link.Findings);
            else TakeAll(ledger, profile, link.Value);
        }
        return Finish(ledger);
    }

    private HashSet<string> Banks(long ledger)
    {
        using var view = store.Read(ledger);
        return [.. view.List<BankAccountRow>().Select(a => a.Profile)];
    }

    /// <summary>Messages handed over as files.</summary>
    public MessagesTaken FromFiles(long ledger, string profile, IReadOnlyList<FileInfo> files)
    {
        if (Profiles(ledger).FirstOrDefault(p => p.Id == profile) is { } known) AdoptCertificate(ledger, known);
        foreach (var file in files)
        {
            if (!file.Exists) throw Usage.NoFile(file);
            var suffix = new[] { ".p7s", ".sig" }.FirstOrDefault(s => File.Exists(file.FullName + s));
            var signature = suffix is null ? null : File.ReadAllBytes(file.FullName + suffix);
            Keep(ledger, profile, file.Name, new SealedMessage(File.ReadAllBytes(file.FullName),
                signature is null ? (ReadOnlyMemory<byte>?)null : signature, suffix ?? ""));
        }
        return Finish(ledger);
    }

    /// <summary>A bank that does not answer, or one message that cannot be had, keeps no other from being taken.
    /// </summary>
    private void TakeAll(long ledger, BankProfile profile, ITransport transport)
    {
        using var session = transport as IDisposable;
        foreach (var name in Asked(profile, transport.List) ?? [])
            Asked(profile, () =>
            {
                if (transport.Take(name) is { } message && Keep(ledger, profile.Id, name, message))
                    transport.Acknowledge(name); // Only now: what we keep is committed.
                return name;
            });
    }

    private T? Asked<T>(BankProfile profile, Func<T> ask) where T : class
    {
        try
        {
            return ask();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            _faults.Add($"{profile.Id}: {fault.Message}");
            return null;
        }
    }

    private bool Keep(long ledger, string profile, string name, SealedMessage message)
    {
        var command = new Command("bank.receive", ("profile", profile), ("name", name))
            .With(new InputDocument(BankReceive.Body, message.Body, Personal: true, name));
        if (message.Signature is { } signature)
            command =
                command.With(new InputDocument(BankReceive.Signature, signature, Name: name + message.SignatureSuffix));
        var decision = Decide(ledger, command);
        if (!decision.Accepted) _refused.AddRange(decision.Findings);
        else if (!decision.Value.Repeat) _taken++;
        // Kept by a run before, which perhaps ended for want of a standby: the bank may forget only what is safe.
        else store.Dialect.Confirm();
        return decision.Accepted;
    }

    /// <summary>Applies every message that is not applied to its end, oldest first.</summary>
    private void ApplyAll(long ledger)
    {
        List<MessageProgressRow> waiting;
        using (var view = store.Read(ledger))
            waiting = [.. view.List<MessageProgressRow>(("state", MessageState.Received)),
                .. view.List<MessageProgressRow>(("state", MessageState.Applying))];
        bool restored;
        using (var view = store.Read(ledger)) restored = view.Count<JournalledSendRow>() > 0;
        foreach (var (message, first) in Ahead.Of([.. waiting.OrderBy(m => m.Message)],
            m => stage(ledger, Apply(m.Message, m.LinesApplied)), settings.InTurn))
        {
            // After a restore the message before may have freed the wage for the attempt this one is about.
            if (restored) Match(ledger);
            for (long? from = message.LinesApplied; from is { } at;)
            {
                var decision = runner.Run(ledger, at == message.LinesApplied
                    ? first : stage(ledger, Apply(message.Message, at)));
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
        // What was said of rows without their payment may be about a wage that this run has freed.
        if (restored && _applied.Count > 0) Match(ledger);
    }

    private void Match(long ledger)
    {
        while (Decide(ledger, new Command("restore.match")) is { Accepted: true, Value.Repeat: false })
            continue;
    }

    /// <summary>Applies what was kept and waits; takes nothing from a bank. After a restore a message waits for the
    /// journal, and then for the wages that its rows are of.</summary>
    public MessagesTaken Waiting(long ledger) => Finish(ledger);

    private static Command Apply(long message, long from) =>
        new("bank.apply", ("message", message), ("from", from));

    private Decision<Outcome> Decide(long ledger, Command command) => runner.Run(ledger, stage(ledger, command));

    private MessagesTaken Finish(long ledger)
    {
        ApplyAll(ledger);
        return new MessagesTaken(_taken, _applied, _refused, _faults);
    }

    private IReadOnlyList<BankProfile> Profiles(long ledger)
    {
        using var view = store.Read(ledger);
        return [.. view.List<AdoptionRow>(("kind", Adopt.Profile)).GroupBy(a => a.Name)
            .Select(g =>
                BankProfile.Of(view.Vault.Open(g.Last().Document))!)];
    }

    /// <summary>
    /// The first certificate of a bank is adopted as found beside our keys; every later one takes two people.
    /// </summary>
    private void AdoptCertificate(long ledger, BankProfile profile)
    {
        using (var view = store.Read(ledger))
            if (view.Count<AdoptionRow>(("kind", BankReceive.Certificate), ("name", profile.Id)) > 0) return;
        var keys = new ReferencedKeyRing(settings.Keys);
        if (keys.CertificatePem(profile.Envelope.BankCertificate) is not { } pem) return;
        Decide(ledger, new Command("ledger.adopt", ("kind", BankReceive.Certificate), ("name", profile.Id))
            .With(new InputDocument(BankReceive.Certificate, System.Text.Encoding.UTF8.GetBytes(pem))));
    }
}

/// <summary>What a taking came to: messages new to us, the parts applied, refusals, and banks that did not answer.
/// </summary>
public sealed record MessagesTaken(int Taken, IReadOnlyList<MessageApplied> Applied, IReadOnlyList<Finding> Refused,
    IReadOnlyList<string> Faults);
