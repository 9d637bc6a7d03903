using System.Globalization;
using Disbursement.Engine.Files;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.Recalls;

/// <summary>recall.seal: the request's bytes and their signature are kept before they go; every sending uses these.
/// </summary>
/// <remarks>Arguments file and recall; inputs the body and, where there is one, the signature beside it. Sealed before,
/// it stays as it is: that is a repeat.</remarks>
public sealed class RecallSeal : ICommandHandler
{
    public const string Body = "recall-request";
    public const string Signature = "recall-request-signature";

    public string Verb => "recall.seal";

    public Decision<Changes> Decide(DecisionContext context)
    {
        var found = RecallOf.Command(context);
        if (!found.Accepted) return Decision<Changes>.Refuse(found.Findings);
        if (found.Value.Seal is { } known) return Decision<Changes>.Accept(Changes.Repeated(known));
        var row = new RecallSealRow
        {
            File = found.Value.Row.File,
            Recall = found.Value.Row.Recall,
            Document = context.InputDigest(Body),
            Signature = context.Input(Signature) is null ? null : context.InputDigest(Signature),
        };
        return Decision<Changes>.Accept(new Changes { Result = row }.Insert(row));
    }
}

/// <summary>
/// recall.sent: what a call to the bank came to, told with the number of the call; the transport's words are an input.
/// </summary>
/// <remarks>Arguments file, recall, sending (from 1) and result. There is no lease as with a file: the same bytes may
/// arrive twice, for a request pays nobody, and its number tells the bank that it is the same one.</remarks>
public sealed class RecallSent : ICommandHandler
{
    public string Verb => "recall.sent";

    public Decision<Changes> Decide(DecisionContext context)
    {
        var found = RecallOf.Command(context);
        if (!found.Accepted) return Decision<Changes>.Refuse(found.Findings);
        var (recall, number) = (found.Value, context.Command.Number("sending"));
        var text = context.Command.Text("result");
        if (!Enum.TryParse<SendingResult>(text, out var result))
            return Decision<Changes>.Refuse(FileRules.ResultUnknown, Place.Of("result", text), text);
        if (recall.Sendings.FirstOrDefault(s => s.Sending == number) is { } known && known.Result == result)
            return Decision<Changes>.Accept(Changes.Repeated(known));
        // Another process told of a call meanwhile: this one is told again with the number after it.
        if (recall.Seal is null || number != recall.Sendings.Count + 1)
            return Decision<Changes>.Refuse([Guard.WrongState("recall", recall.Row.Recall,
                $"{(recall.Seal is null ? "-" : "Sealed")}, {recall.Sendings.Count}", Verb)]);
        var row = new RecallSendingRow
        {
            File = recall.Row.File,
            Recall = recall.Row.Recall,
            Sending = number,
            Result = result,
            Document = context.InputDigest(FileSent.Detail),
            SentAt = context.At,
        };
        return Decision<Changes>.Accept(new Changes { Result = row }.Insert(row));
    }
}

/// <summary>What every decider of a recall asks first.</summary>
internal static class RecallOf
{
    public static Decision<KnownRecall> Command(DecisionContext context)
    {
        var (file, recall) = (context.Command.Number("file"), context.Command.Number("recall"));
        return RecallBook.Of(context.Rows, file).FirstOrDefault(r => r.Row.Recall == recall) is { } known
            ? Decision<KnownRecall>.Accept(known)
            : Decision<KnownRecall>.Refuse([Guard.NotFound("recall",
                recall.ToString(CultureInfo.InvariantCulture))]);
    }
}
