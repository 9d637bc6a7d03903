using Disbursement.Engine.Audit;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
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
public sealed class BankApply(IMessageOpener opener, IBankMessageReader reader) : ICommandHandler
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
            return Decision<Changes>.Refuse(ReturnsRules.OutOfTurn, Place.Nowhere, $"{id}", $"{progress.LinesApplied}");
        var profile = Adopted.Open(context, Adopt.Profile, message.Profile);
        if (profile is null)
            return Decision<Changes>.Refuse(ReturnsRules.ProfileUnknown, Place.Nowhere, message.Profile);
        var certificate = Adopted.Open(context, BankReceive.Certificate, message.Profile);
        if (certificate is null)
            return Decision<Changes>.Refuse(ReturnsRules.CertificateMissing, Place.Nowhere, message.Profile);
        if (context.Vault.Open(message.Document) is not { } body)
            return Decision<Changes>.Refuse(ReturnsRules.MessageErased, Place.Nowhere, $"{id}");
        ReadOnlyMemory<byte>? signature = message.Signature is { } digest ? context.Vault.Open(digest) : null;
        var opened = opener.Open(profile, body, signature, certificate, message.ReceivedAt);
        var log = new ExceptionLog(context, id);
        if (opened.Fault is { } fault)
        {
            log.Add(ExceptionKinds.Unverified, 0, 0, 0, fault);
            return Done(new Changes(), progress, MessageState.Unverified, progress.LinesApplied, null, 0, log);
        }
        var parts = new MessageParts();
        reader.Read(profile, message.Name, opened.Body, parts);
        return Apply(context, message, progress, parts, from, reader.DebitsWholeFile(profile), profile, log);
    }

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
            return Decision<Changes>.Refuse(RestoreRules.MessageWaits, Place.Of("message", $"{message.Message}"),
                $"{message.Message}", segment.Head!.FileReference!, $"{lines}");
        foreach (var error in segment.Errors)
            log.Add(ExceptionKinds.UnreadableLine, error.Line, 0, 0,
                $"{error.Field} at byte {error.ByteOffset}: {error.Reason}");
        if (segment.Statement is not null)
            StatementBooks.Apply(context, changes, segment, message.Document, wholeFileDebit, log);
        else if (segment.Head is { } head)
            ReportMatch.Apply(context, changes, message, head, segment.Lines,
                reader.ReasonOf(profile, head.ReasonCode, head.ReasonText), wholeFileDebit, log);
        var last = parts.Segments[^1] == segment;
        return Done(changes, progress, last ? MessageState.Applied : MessageState.Applying, segment.To,
            last ? null : segment.To, segment.Lines.Count + segment.Entries.Count, log);
    }

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
        context.Rows.List<AdoptionRow>(("kind", kind), ("name", name)) is [.., var newest]
            ? context.Vault.Open(newest.Document) : null;
}
