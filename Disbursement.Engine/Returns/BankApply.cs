using Disbursement.Engine.Audit;
using Disbursement.Engine.Cards;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Recalls;
using Disbursement.Engine.Restores;
using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.Returns;

/// <summary>What applying a part of a message came to.</summary>
/// <param name="Next">Where the next part begins; null once the message is done.</param>
public sealed record MessageApplied(long Message, MessageState State, long? Next, int Lines,
    IReadOnlyList<BankExceptionRow> Exceptions);

/// <summary>
/// bank.apply: opens a kept message, verifies and decodes it, and applies one segment of it. Resumable: the next
/// part is where the progress row says.
/// </summary>
/// <remarks>Arguments message and from (parts applied before).</remarks>
public sealed class BankApply(IMessageOpener opener, IBankMessageReader reader) : IStagedHandler
{
    public string Verb => "bank.apply";

    public Decision<Changes> Decide(DecisionContext context)
    {
        var (id, from) = (context.Command.Number("message"), context.Command.Number("from"));
        var message = context.Rows.Find<BankMessageRow>(("message", id));
        var progress = context.Rows.Find<MessageProgressRow>(("message", id));
        if (message is null || progress is null)
            return Decision<Changes>.Refuse([Guard.NotFound("message", context.Command.Text("message"))]);
        if (progress.State is not (MessageState.Received or MessageState.Applying) || from < progress.LinesApplied)
            return Decision<Changes>.Accept(Changes.Repeated(new MessageApplied(id, progress.State,
                progress.State == MessageState.Applying ? progress.LinesApplied : null, 0, [])));
        if (from > progress.LinesApplied)
            return Decision<Changes>.Refuse(ReturnsRules.OutOfTurn, At(message), $"{id}", $"{progress.LinesApplied}");
        var profile = Adopted.Newest(context.Rows, Adopt.Profile, message.Profile);
        if (profile is null)
            return Decision<Changes>.Refuse(ReturnsRules.ProfileUnknown, At(message), message.Profile);
        var certificate = Adopted.Newest(context.Rows, BankReceive.Certificate, message.Profile);
        if (certificate is null)
            return Decision<Changes>.Refuse(ReturnsRules.CertificateMissing, At(message), message.Profile);
        // Documents do not change: decoded without the lock it is the same message, if by the same profile and key.
        var read = context.Prepared is ReadMessage staged && staged.Profile == profile
            && staged.Certificate == certificate ? staged : Read(context.Vault, message, profile, certificate);
        if (read is null) return Decision<Changes>.Refuse(ReturnsRules.MessageErased, At(message), $"{id}");
        var log = new ExceptionLog(context, id);
        if (read.Fault is { } fault)
        {
            log.Add(ExceptionKinds.Unverified, 0, 0, 0, fault);
            return Done(new Changes(), progress, MessageState.Unverified, progress.LinesApplied, null, 0, log);
        }
        var bank = context.Vault.Open(profile)!;
        return Apply(context, message, progress, read.Parts, from, reader.DebitsWholeFile(bank), bank, log);
    }

    /// <summary>The message by the name the bank gave it.</summary>
    private static Place At(BankMessageRow message) => new(message.Name, 0, "message", $"{message.Message}");

    public object? Stage(ILedgerReading ledger, Command command, object? prepared) =>
        ledger.Rows.Find<BankMessageRow>(("message", command.Number("message"))) is { } message
        && Adopted.Newest(ledger.Rows, Adopt.Profile, message.Profile) is { } profile
        && Adopted.Newest(ledger.Rows, BankReceive.Certificate, message.Profile) is { } certificate
            ? Read(ledger.Vault, message, profile, certificate)
            : null;

    /// <summary>Verifies and decodes; null where the message was erased.</summary>
    private ReadMessage? Read(IVault vault, BankMessageRow message, string profile, string certificate)
    {
        if (vault.Open(message.Document) is not { } body) return null;
        // Of an array that is null the compiler would make no bytes, which are something else than no signature.
        var signature = message.Signature is { } digest && vault.Open(digest) is { } bytes
            ? bytes : (ReadOnlyMemory<byte>?)null;
        var bank = vault.Open(profile)!;
        var opened = opener.Open(bank, body, signature, vault.Open(certificate)!, message.ReceivedAt);
        var parts = new MessageParts();
        if (opened.Fault is null) reader.Read(bank, message.Name, opened.Body, parts);
        return new ReadMessage(profile, certificate, opened.Fault, parts);
    }

    /// <summary>A message verified and decoded, with the digests of the profile and certificate that did it.</summary>
    private sealed record ReadMessage(string Profile, string Certificate, string? Fault, MessageParts Parts);

    private Decision<Changes> Apply(DecisionContext context, BankMessageRow message, MessageProgressRow progress,
        MessageParts parts, long from, bool wholeFileDebit, ReadOnlyMemory<byte> profile, ExceptionLog log)
    {
        var changes = new Changes();
        if (parts.Unreadable)
        {
            var why = parts.Segments.Count > 0 ? parts.Segments[0].Errors[0] : new LocatedError(0, "", 0, "", "empty");
            log.Add(ExceptionKinds.Unreadable, why.Line, 0, 0, $"{why.Field} at byte {why.ByteOffset}: {why.Reason}");
            return Done(changes, progress, MessageState.Unreadable, progress.LinesApplied, null, 0, log);
        }
        var segment = parts.Segments.FirstOrDefault(s => s.From == from)
            ?? throw new DefectException($"message {message.Message} has no part that begins at {from}");
        // Applied now, a word about a row without its payment would be lost: it waits until the row has one.
        if (RestoreLock.Waiting(context, segment.Head?.FileReference) is > 0 and var lines)
            return Decision<Changes>.Refuse(RestoreRules.MessageWaits, At(message),
                $"{message.Message}", segment.Head!.FileReference!, $"{lines}");
        var last = parts.Segments[^1] == segment;
        var ahead = AheadMessage.Of(context, message, segment, progress.Exceptions);
        if (ahead == AheadState.Told) return Waits(message, progress);
        if (ahead == AheadState.Dismissed)
            return Done(changes, progress, last ? MessageState.Applied : MessageState.Applying, segment.To,
                last ? null : segment.To, 0, log);
        if (ahead == AheadState.New)
        {
            ReportMatch.Apply(context, changes, message, segment.Head!, segment.Lines, default, wholeFileDebit, log);
            return Done(changes, progress, MessageState.Applying, from, null, segment.Lines.Count, log);
        }
        var entries = segment.Statement is null ? null : AheadStatement.Of(context, message.Profile, segment,
            progress.Exceptions == 0 ? [] : context.Rows.List<BankExceptionRow>(("message", message.Message)));
        if (entries is not null && entries.Tell(log))
            return Done(changes, progress, MessageState.Applying, from, null, 0, log);
        if (entries is { Told.Count: > 0 }) return Waits(message, progress);
        if (entries?.Unmade is var (reference, unmade))
            return Decision<Changes>.Refuse(RestoreRules.MessageWaits, At(message),
                $"{message.Message}", reference, $"{unmade}");
        foreach (var error in segment.Errors)
            log.Add(ExceptionKinds.UnreadableLine, error.Line, 0, 0,
                $"{error.Field} at byte {error.ByteOffset}: {error.Reason}");
        if (segment.Statement is { IsBookable: true })
            StatementBooks.Apply(context, changes, segment, message.Document, wholeFileDebit, log,
                entries!.Foreign);
        else if (segment.Statement is { } report)
            EntryEvidence.Apply(context, changes, message, report, segment.Entries, wholeFileDebit, log,
                entries!.Foreign);
        else if (segment.Head is { Kind: MessageKind.Recall } answer)
            RecallAnswers.Apply(context, changes, message, answer, segment.Lines,
                reader.ReasonOf(profile, answer.ReasonCode, answer.ReasonText), wholeFileDebit, log);
        else if (segment.Head is { } cards && CardAnswers.Concern(context, message, cards))
            CardAnswers.Apply(context, changes, message, cards, segment.Lines, reader.TermsOf(profile), log);
        else if (segment.Head is { } head)
            ReportMatch.Apply(context, changes, message, head, segment.Lines,
                reader.ReasonOf(profile, head.ReasonCode, head.ReasonText), wholeFileDebit, log);
        return Done(changes, progress, last ? MessageState.Applied : MessageState.Applying, segment.To,
            last ? null : segment.To, segment.Lines.Count + segment.Entries.Count, log);
    }

    private static Decision<Changes> Waits(BankMessageRow message, MessageProgressRow progress) =>
        Decision<Changes>.Accept(Changes.Repeated(new MessageApplied(message.Message, progress.State, null, 0, [])));

    private static Decision<Changes> Done(
        Changes changes, MessageProgressRow progress, MessageState state, long applied,
        long? next, int lines, ExceptionLog log)
    {
        changes.Insert(log.Rows).Update(progress with
        {
            Version = progress.Version + 1,
            State = state,
            LinesApplied = applied,
            Exceptions = progress.Exceptions + log.Count,
        });
        changes.Count("lines", lines).Count("exceptions", log.Count);
        changes.Result = new MessageApplied(progress.Message, state, next, lines, log.All);
        return Decision<Changes>.Accept(changes);
    }
}

/// <summary>The newest adopted version of a document.</summary>
internal static class Adopted
{
    /// <summary>Its bytes, or null where none of that name is adopted.</summary>
    public static byte[]? Open(DecisionContext context, string kind, string name) =>
        Newest(context.Rows, kind, name) is { } document ? context.Vault.Open(document) : null;

    /// <summary>Its digest, or null where none of that name is adopted.</summary>
    public static string? Newest(IRowReader rows, string kind, string name) =>
        rows.List<AdoptionRow>(("kind", kind), ("name", name)) is [.., var newest] ? newest.Document : null;
}
