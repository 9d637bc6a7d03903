using System.Globalization;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.Files;

/// <summary>
/// file.query: says, before anything leaves the house, what the bank is about to be asked about a file, and keeps the
/// question byte for byte. A request, not a state: only the bank's answer is evidence, and it comes as a message.
/// </summary>
/// <remarks>Arguments file and query, the question's number from 1; inputs the question as sealed and, where there is
/// one, the signature beside it.</remarks>
public sealed class FileQuery : ICommandHandler
{
    public const string Body = "bank-question";
    public const string Signature = "bank-question-signature";

    public string Verb => "file.query";

    public Decision<Changes> Decide(DecisionContext context)
    {
        var found = FileOf.Command(context);
        if (!found.Accepted) return Decision<Changes>.Refuse(found.Findings);
        var (file, number, document) = (found.Value, context.Command.Number("query"), context.InputDigest(Body));
        var asked = context.Rows.List<FileQueryRow>(("file", file.File));
        if (asked.FirstOrDefault(row => row.Query == number) is { } known && known.Document == document)
            return Decision<Changes>.Accept(Changes.Repeated(known));
        // Of a file that never left a bank can only say that it does not know it. A number that somebody else took
        // meanwhile is asked for anew: its question names another reference.
        if (file.FirstSentAt is null || number != asked.Count + 1)
            return Decision<Changes>.Refuse([Guard.WrongState("file", file.File,
                $"{file.State}, {asked.Count.ToString(CultureInfo.InvariantCulture)}", Verb)]);
        var row = new FileQueryRow
        {
            File = file.File,
            Query = number,
            Reference = ReferenceOf(file, number),
            Document = document,
            Signature = context.Input(Signature) is null ? null : context.InputDigest(Signature),
            AskedAt = context.At,
        };
        return Decision<Changes>.Accept(new Changes { Result = row }.Insert(row));
    }

    /// <summary>The question's own reference: no bank takes one number twice.</summary>
    public static string ReferenceOf(DisbursementFileRow file, long number) =>
        string.Create(CultureInfo.InvariantCulture, $"{file.Reference}Q{number:0000}");
}
