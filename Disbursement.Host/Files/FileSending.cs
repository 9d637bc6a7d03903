using System.Globalization;
using System.Text;
using Disbursement.BankAdapters.Profiles;
using Disbursement.BankAdapters.Seams;
using Disbursement.Engine.Accounts;
using Disbursement.Engine.Files;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Restores;
using Disbursement.Engine.Runtime;

namespace Disbursement.Host.Files;

/// <summary>
/// Sends a sealed file once: commit Sending, journal, call, commit the outcome. There is no loop around the call: what
/// was not proved is Unknown and waits for evidence.
/// </summary>
public sealed class FileSending(Composition composition, SendJournal journal,
    Func<BankProfile, Decision<ITransport>> links)
{
    /// <summary>The file as its outcome left it, or why it was not sent.</summary>
    public Decision<Outcome> Send(long ledger, long file) => Send(ledger, file, Load(ledger, file));

    /// <summary>
    /// Sends what was loaded. Whether the file may still go is decided under the lock, whatever was loaded before.
    /// </summary>
    public Decision<Outcome> Send(long ledger, long file, SendLoad? load)
    {
        if (load is null)
            return Decision<Outcome>.Refuse([Guard.NotFound("file", file.ToString(CultureInfo.InvariantCulture))]);
        if (Recovery.Refusal(composition.Store, journal, ledger) is { } refused)
            return Decision<Outcome>.Refuse([refused]);
        // Before the file is Sending: a bank that cannot be reached by any link was not asked.
        var link = links(load.Profile);
        if (!link.Accepted) return Decision<Outcome>.Refuse(link.Findings);
        using var session = link.Value as IDisposable;
        journal.TryBegin();
        var name = composition.SendingName();
        var sending = composition.Runner.Run(ledger,
            new Command("file.send", ("file", file), (FileSend.Sending, name)));
        if (!sending.Accepted) return sending;
        var sent = (DisbursementFileRow)sending.Value.Result!;
        var version = sent.Version;
        var result = HandingOver.Of(() => journal.Append(ledger, sent, name, load.Kind, load.Message.Body.Span,
                load.Claims),
            load.File.Reference, load.File.Name, load.Message, link.Value,
            tooLate: () => composition.Clock.ReadAnew() >= sent.LeaseUntil);
        var only = load.File.FirstSentAt is null && sent.FirstSentAt == sent.LastSentAt;
        // Nothing was ever sent under this name from here: what stands there is of a history this database has lost.
        var taken = result.NameTaken && only;
        // Of a file sent before, a copy may be on its way still: the no to this one is none to that.
        if (taken || result.Outcome == SendOutcome.Refused && !only)
            result = result with { Outcome = SendOutcome.Unknown };
        (string, object)[] said = [("file", file), ("version", version), ("result", result.Outcome)];
        var told = composition.Runner.Run(ledger, new Command("file.sent", taken ? [.. said, ("taken", 1)] : said)
            .With(new InputDocument(FileSent.Detail,
                Encoding.UTF8.GetBytes($"{load.File.Reference} {version}\n{result.Detail}\n"))));
        var more = taken ? Taken(sent.Reference) : HandingOver.Told("file", sent.Reference, result);
        return more is null || !told.Accepted ? told
            : Decision<Outcome>.Accept(told.Value, [.. told.Findings, more]);
    }

    /// <summary>What shows, before anything is made, that the database is of an older backup; null where nothing
    /// does.</summary>
    public Finding? Behind() => Recovery.Behind(composition.Store, journal);

    /// <summary>What refuses to send while the journal is not there; null where it is, or need not be.</summary>
    public Finding? Lost(long ledger) => Recovery.Lost(composition.Store, journal, ledger);

    private static Finding Taken(string reference) =>
        new(FileRules.NameTaken, Place.Of("file", reference), reference);

    /// <summary>
    /// The sealed bytes and what the journal says of them. Changes nothing, so that it may run beside another sending.
    /// </summary>
    public SendLoad? Load(long ledger, long id)
    {
        using var view = composition.Store.Read(ledger);
        if (FileRows.Find(view, id) is not { } file) return null;
        var profile = FileRows.Profile(view, file);
        if (file.SealedDocument is null)
            return new SendLoad(file, profile, new SealedMessage(default, null, ""), default, []);
        var body = view.Vault.Open(file.SealedDocument)
            ?? throw new DefectException($"file {file.Reference}: its sealed bytes are not there");
        var signature = file.SignatureDocument is { } digest ? view.Vault.Open(digest) : null;
        return new SendLoad(file, profile,
            SealedMessage.Of(body, signature, composition.Adapters.Catalogue.SignatureSuffix(profile.Envelope.Kind)),
            view.Find<ReleaseRow>(("release", file.Release))!.Kind, FileRows.ClaimsOf(view, id));
    }
}

/// <summary>A file ready to be handed over: header, profile, sealed bytes, claims for the journal.</summary>
public sealed record SendLoad(DisbursementFileRow File, BankProfile Profile, SealedMessage Message, ReleaseKind Kind,
    IReadOnlyList<JournalledClaim> Claims);

/// <summary>The one place where a file's or a recall's bytes go to a bank: journalled first, called once.</summary>
internal static class HandingOver
{
    /// <param name="journalled">Writes and flushes the record; the call is made only with the entry it gives.</param>
    /// <param name="reference">What the entry is of.</param>
    /// <param name="tooLate">Asked last before the call. After its lease others may have decided that the file never
    /// went, and sent it again.</param>
    /// <returns>NotSent, proved, where the record could not be written or the lease was over; Unknown for whatever else
    /// goes wrong.</returns>
    public static SendResult Of(Func<SendJournal.Entry> journalled, string reference, string name,
        SealedMessage message, ITransport transport, Func<bool>? tooLate = null)
    {
        SendJournal.Entry entry;
        try
        {
            entry = journalled();
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            return new SendResult(SendOutcome.NotSent, $"the send journal could not be written: {trouble.Message}");
        }
        Invariant.Holds(entry.Reference == reference, "the journal's entry is of these bytes");
        if (tooLate?.Invoke() == true)
            return new SendResult(SendOutcome.NotSent, "the lease was over before the call: it was not made");
        try
        {
            return transport.Send(name, message);
        }
#pragma warning disable CA1031 // whatever went wrong, the bytes may have gone: only the bank can say
        catch (Exception trouble)
        {
            return new SendResult(SendOutcome.Unknown, $"{trouble.GetType().Name}: {trouble.Message}");
        }
#pragma warning restore CA1031
    }

    /// <summary>What whoever runs this has to know of a call that did not deliver; null of one that did.</summary>
    /// <param name="noun">What goes by the reference: a file, or a batch of cards.</param>
    public static Finding? Told(string noun, string reference, SendResult result)
    {
        var rule = result.Outcome switch
        {
            SendOutcome.NotSent => FileRules.NotSent,
            SendOutcome.Unknown => FileRules.AnswerLost,
            SendOutcome.Refused => FileRules.TurnedAway,
            _ => null,
        };
        return rule is null ? null : new Finding(rule, Place.Of(noun, reference), reference, result.Detail);
    }
}
