using Disbursement.BankAdapters.Sandbox.Seals;

namespace Disbursement.BankAdapters.Sandbox;

/// <summary>What a file is held to before the books are asked: signature, structure, control figures.</summary>
public static class Intake
{
    private static readonly Order s_unread = new("", "", "", "", [], [], []);

    /// <summary>The file's reference, the first reason to refuse it
    /// by precedence, and the order (empty where unread).</summary>
    /// <remarks>Nothing inside a file is believed before its signature: until then its reference is its name.</remarks>
    public static (string Reference, FileRefusal Refusal, Order Order) Judge(Partner partner, IncomingFile file,
        BankKeys keys)
    {
        var named = Plain(TextOrder.ReferenceOf(file.Name));
        var (seal, body) = Open(partner, file, keys);
        if (seal != FileRefusal.None) return (named, seal, s_unread);
        var reading = OrderReader.Read(partner, file.Name, body);
        var order = reading.Order ?? s_unread;
        var troubles = reading.Order is null ? reading.Troubles
            : [.. reading.Troubles, .. OrderReader.Check(partner, order)];
        var refusal = troubles.Count == 0 ? FileRefusal.None : troubles.Min(t => t.Refusal);
        return (IsPlain(order.Reference) ? order.Reference : named, refusal, order);
    }

    /// <summary>What the signature comes to, and the body it is over.</summary>
    internal static (FileRefusal Refusal, byte[] Body) Open(Partner partner, IncomingFile file, BankKeys keys) =>
        partner.IsWhole ? WholeSeal.Open(partner.Seal, file.Body, keys)
            : (BankSeal.Check(partner.Seal, file.Body, file.Seal, keys.OursCertificatePem), file.Body);

    /// <summary>Whether the refusal is about the signature.</summary>
    public static bool OfSignature(FileRefusal refusal) =>
        refusal is FileRefusal.SignatureMissing or FileRefusal.SignatureInvalid or FileRefusal.WrongSigner;

    /// <summary>The rows with their fates. A row reference seen before in the file is not paid again.</summary>
    public static IReadOnlyList<TakenRow> Fated(IReadOnlyList<OrderRow> rows)
    {
        var seen = new HashSet<string>(rows.Count, StringComparer.Ordinal);
        var fated = new TakenRow[rows.Count];
        for (var i = 0; i < rows.Count; i++)
        {
            var row = rows[i];
            var fate = seen.Add(row.RowReference) ? Fates.Of(row.Account) : Fate.DuplicateRow;
            fated[i] = new(row.RowReference, row.Account, row.Name, row.Fen, fate);
        }
        return fated;
    }

    // References become parts of file names: only what both sides agreed on may get there.
    private static bool IsPlain(string text) => text.Length is > 0 and <= 24 && text.All(char.IsAsciiLetterOrDigit);

    private static string Plain(string text)
    {
        var plain = string.Concat(text.Where(char.IsAsciiLetterOrDigit).Take(24));
        return plain.Length > 0 ? plain : "UNNAMED";
    }
}
