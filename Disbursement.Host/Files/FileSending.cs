using System.Globalization;
using System.Text;
using Disbursement.BankAdapters.Profiles;
using Disbursement.BankAdapters.Seams;
using Disbursement.Engine.Files;
using Disbursement.Engine.Primitives;
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
    public Decision<Outcome> Send(long ledger, long file)
    {
        if (Loaded(ledger, file) is not { } load)
            return Decision<Outcome>.Refuse([Guard.NotFound("file", file.ToString(CultureInfo.InvariantCulture))]);
        // Before the file is Sending: a bank that cannot be reached by any link was not asked.
        var link = links(load.Profile);
        if (!link.Accepted) return Decision<Outcome>.Refuse(link.Findings);
        using var session = link.Value as IDisposable;
        var sending = composition.Runner.Run(ledger, new Command("file.send", ("file", file)));
        if (!sending.Accepted) return sending;
        var version = ((DisbursementFileRow)sending.Value.Result!).Version;
        var result = Journalled(ledger, load, out var entry) ?? Handed(entry!, load, link.Value);
        return composition.Runner.Run(ledger,
            new Command("file.sent", ("file", file), ("version", version), ("result", result.Outcome))
            .With(new InputDocument(FileSent.Detail,
                Encoding.UTF8.GetBytes($"{load.File.Reference} {version}\n{result.Detail}\n"))));
    }

    /// <summary>Null once the record is on disk; else no byte left, and that is proved.</summary>
    private SendResult? Journalled(long ledger, Load load, out SendJournal.Entry? entry)
    {
        entry = null;
        try
        {
            entry = journal.Append(ledger, load.File, load.Message.Body.Span, load.Rows);
            return null;
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            return new SendResult(SendOutcome.NotSent, $"the send journal could not be written: {trouble.Message}");
        }
    }

    /// <summary>The one place where bytes go to a bank; it asks for the journal's entry.</summary>
    private static SendResult Handed(SendJournal.Entry entry, Load load, ITransport transport)
    {
        Invariant.Holds(entry.Reference == load.File.Reference, "the journal's entry is of this file");
        try
        {
            return transport.Send(load.File.Name, load.Message);
        }
#pragma warning disable CA1031 // whatever went wrong, the bytes may have gone: only the bank can say
        catch (Exception trouble)
        {
            return new SendResult(SendOutcome.Unknown, $"{trouble.GetType().Name}: {trouble.Message}");
        }
#pragma warning restore CA1031
    }

    private Load? Loaded(long ledger, long id)
    {
        using var view = composition.Store.Read(ledger);
        if (FileRows.Find(view, id) is not { } file) return null;
        var profile = FileRows.Profile(view, file);
        if (file.SealedDocument is null) return new Load(file, profile, new SealedMessage(default, null, ""), []);
        var body = view.Vault.Open(file.SealedDocument)
            ?? throw new DefectException($"file {file.Reference}: its sealed bytes are not there");
        var signature = file.SignatureDocument is { } digest ? view.Vault.Open(digest) : null;
        return new Load(file, profile,
            new SealedMessage(body, signature, signature is null ? "" : BankLinks.SignatureSuffix(profile)),
            FileRows.Of(view, id));
    }

    private sealed record Load(
        DisbursementFileRow File, BankProfile Profile, SealedMessage Message, IReadOnlyList<FileRow> Rows);
}
