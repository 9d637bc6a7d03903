using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.Files;

/// <summary>
/// file.seal: the bytes that go to the bank and their detached signature are stored. Every sending uses these bytes.
/// </summary>
public sealed class FileSeal : ICommandHandler
{
    public const string Body = "sealed-file";
    public const string Signature = "file-signature";

    public string Verb => "file.seal";

    public Decision<Changes> Decide(DecisionContext context)
    {
        var found = FileOf.Command(context);
        if (!found.Accepted) return Decision<Changes>.Refuse(found.Findings);
        var file = found.Value;
        var body = context.InputDigest(Body);
        if (file.SealedDocument == body) return Decision<Changes>.Accept(Changes.Repeated(file));
        var next = FileOf.Step(file, FileTrigger.Seal);
        if (!next.Accepted) return Decision<Changes>.Refuse(next.Findings);
        var sealedFile = file with
        {
            Version = file.Version + 1,
            State = next.Value,
            SealedDocument = body,
            SignatureDocument = context.Input(Signature) is null ? null : context.InputDigest(Signature),
        };
        return Decision<Changes>.Accept(new Changes { Result = sealedFile }.Update(sealedFile));
    }
}
