using Disbursement.Engine.Payroll;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.Files;

/// <summary>
/// file.seal: the bytes that go to the bank and their detached signature are stored. Every sending uses these bytes, so
/// each line is held once more to what two people approved.
/// </summary>
public sealed class FileSeal : IStagedHandler
{
    public const string Body = "sealed-file";
    public const string Signature = "file-signature";

    public string Verb => "file.seal";

    /// <summary>Opens the approved lines of the file's payrolls, not of all that its release serves.</summary>
    public object? Stage(ILedgerReading ledger, Command command, object? prepared) => ledger.Queries
        .PayrollsIn(command.Number("file"))
        .Select(p => ledger.Rows.Find<PayrollRow>(("payroll", p))!)
        .ToDictionary(p => p.Payroll, p => ApprovedPayroll.Read(ledger.Vault, p));

    public Decision<Changes> Decide(DecisionContext context)
    {
        var found = FileOf.Command(context);
        if (!found.Accepted) return Decision<Changes>.Refuse(found.Findings);
        var file = found.Value;
        var body = context.InputDigest(Body);
        if (file.SealedDocument == body) return Decision<Changes>.Accept(Changes.Repeated(file));
        var next = FileOf.Step(file, FileTrigger.Seal);
        if (!next.Accepted) return Decision<Changes>.Refuse(next.Findings);
        if (ApprovedLines.Differing(context, context.Queries.SealedLines(file.File),
            context.Prepared as Dictionary<long, ApprovedPayroll>) is [_, ..] differing)
            return Decision<Changes>.Refuse(differing);
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
