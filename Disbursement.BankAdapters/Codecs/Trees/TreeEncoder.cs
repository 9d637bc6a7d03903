using System.Globalization;
using Disbursement.BankAdapters.Codecs.Layouts;
using Disbursement.BankAdapters.Profiles;
using Disbursement.BankAdapters.Seams;
using Disbursement.Engine.Files;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;

namespace Disbursement.BankAdapters.Codecs.Trees;

/// <summary>Writes the document that the profile's outbound tree describes: elements or members in the order of its
/// fields, the rows where it says. Layout: specs/layouts.md.</summary>
/// <remarks>Bytes are written directly: XmlWriter would turn a character outside the bank's set into a reference
/// (&amp;#x…;) instead of refusing it. What is the same for the whole file is encoded once.</remarks>
public sealed class TreeEncoder : IPaymentEncoder, IQueryEncoder
{
    /// <summary>Name of the codec in a profile, in both directions.</summary>
    public const string Name = "tree";

    public IReadOnlyList<LocatedError> Encode(BankProfile profile, PaymentPlan plan,
        IEnumerable<CreditInstruction> instructions, Stream output)
    {
        var tree = profile.Outbound.Tree ?? throw new DefectException($"profile {profile.Id} has no tree");
        var file = File(profile, plan, tree, output);
        var writer = new TreeWriter(profile, plan, tree, file);
        writer.Head();
        foreach (var row in instructions)
        {
            file.Row(row);
            if (writer.AnswersByPosition
                && row.RowReference.TrimStart('0') != row.Row.ToString(CultureInfo.InvariantCulture))
                file.Error(row.Row, "行参考号", row.RowReference, "the bank answers by position: the reference must be it");
            writer.Row(row);
        }
        writer.Tail();
        return file.Finish();
    }

    public IReadOnlyList<LocatedError> Encode(BankProfile profile, FileForm form, BankQuestion question, Stream output)
    {
        var tree = form.Tree ?? throw new DefectException($"profile {profile.Id} has no tree to ask by");
        var of = question.FileReference.Length > 0 ? question.FileReference : question.Reference;
        var plan = new PaymentPlan(of, question.PayerAccount, question.PayerName, question.PayerBankCode,
            question.CustomerId, question.To, question.AskedAt, 0, Money.Zero, "");
        var file = File(profile, plan, tree, output);
        var writer = new TreeWriter(profile, plan, tree, file, question);
        writer.Head();
        return file.Finish();
    }

    private static OutboundWriter File(BankProfile profile, PaymentPlan plan, TreeLayout tree, Stream output) =>
        new(profile, plan, output)
        {
            Forbidden = c => c is '\uFFFE' or '\uFFFF',
            Escape = tree.Syntax is TreeSyntax.Xml ? OfXml : OfJson,
        };

    private static string OfXml(char c) => c switch
    {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        _ => "",
    };

    private static string OfJson(char c) => c switch { '"' => "\\\"", '\\' => "\\\\", _ => "" };
}
