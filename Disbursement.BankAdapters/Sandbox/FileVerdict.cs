using System.Text.RegularExpressions;

namespace Disbursement.BankAdapters.Sandbox;

/// <summary>Everything found on a received file, with nothing booked: for a bank's developer. Amounts in fen.</summary>
/// <param name="Signature">"good", or the refusal it leads to.</param>
public sealed record FileVerdict(bool Good, string Signature, string Reference, string PayerAccount, int Rows,
    long TotalFen,
    IReadOnlyList<VerdictTrouble> Troubles)
{
    /// <summary>What it is, where it pays nobody: "recall", "cards" or "question"; null for a file of wages. Rows are
    /// then those called back, or applicants.</summary>
    public string? Kind { get; init; }

    /// <summary>Judges signature and content each for itself: a developer wants to see both.</summary>
    public static FileVerdict Of(Partner partner, IncomingFile file, string certificatePem) =>
        Of(partner, file, new BankKeys(certificatePem, "", ""));

    /// <summary>The same; with a kind of signature that holds the content within, of the content that was in it.
    /// </summary>
    public static FileVerdict Of(Partner partner, IncomingFile file, BankKeys keys)
    {
        ArgumentNullException.ThrowIfNull(partner);
        ArgumentNullException.ThrowIfNull(file);
        var (seal, body) = Intake.Open(partner, file, keys);
        // Of what did not open there is nothing to judge.
        if (partner.IsWhole && seal != FileRefusal.None) return new(false, $"{seal}", "", "", 0, 0, []);
        file = file with { Body = body };
        if (RecallOrder.Is(file.Name)) return OfRecall(file, seal);
        if (CardDesk.Is(file.Name)) return OfCards(partner, file, seal);
        if (Questions.Is(file.Name)) return OfQuestion(partner, file, seal);
        var reading = OrderReader.Read(partner, file.Name, file.Body);
        var order = reading.Order;
        List<OrderTrouble> troubles = [.. reading.Troubles];
        if (order is not null)
        {
            troubles.AddRange(OrderReader.Check(partner, order));
            troubles.AddRange(order.Rows.GroupBy(r => r.RowReference).Where(g => g.Skip(1).Any())
                .Select(g => new OrderTrouble(FileRefusal.Duplicate, 0,
                    $"row reference {g.Key} stands {g.Count()} times")));
        }
        return new(seal == FileRefusal.None && troubles.Count == 0, seal == FileRefusal.None ? "good" : seal.ToString(),
            order?.Reference ?? "", order?.PayerAccount ?? "", order?.Rows.Count ?? 0, order?.TotalFen ?? 0,
            [.. troubles.Select(t => new VerdictTrouble(t.Refusal.ToString(), t.Line, t.Detail))]);
    }

    /// <summary>Whether a file that is no good one of the customer's is the bank's own answer: by its signature, or by
    /// the name that answers have here.</summary>
    /// <param name="bankCertificatePem">The bank's certificate, or null where it is not at hand.</param>
    public static bool IsOfTheBank(Partner partner, IncomingFile file, string? bankCertificatePem) =>
        s_answer.IsMatch(file.Name) || (bankCertificatePem is { } pem
            && BankSeal.Check(partner.SealsOwn(file.Name), file.Body, file.Seal, pem) == FileRefusal.None);

    private static readonly Regex s_answer = new("^statement-|-(status|result|returns)-",
        RegexOptions.CultureInvariant);

    /// <summary>A recall, by its own reference; without rows it is of a whole file.</summary>
    private static FileVerdict OfRecall(IncomingFile file, FileRefusal seal)
    {
        var order = RecallOrder.Read(file.Body);
        return new(seal == FileRefusal.None && order is not null, seal == FileRefusal.None ? "good" : seal.ToString(),
            order?.Reference ?? "", "", order?.Rows.Count ?? 0, order?.Rows.Sum(r => r.Fen) ?? 0,
            order is not null ? []
                : [new(nameof(FileRefusal.Structure), 0, "no recall, or its figures are not its rows'")])
        { Kind = "recall" };
    }

    /// <summary>A batch of card applications.</summary>
    private static FileVerdict OfCards(Partner partner, IncomingFile file, FileRefusal seal)
    {
        var batch = CardDesk.Read(partner, file.Body);
        return OfNoMoney(seal, batch?.Reference, batch?.Rows ?? 0,
            "no card applications of this bank, or their count is not their rows'", "cards");
    }

    /// <summary>A question, by the file it asks about.</summary>
    private static FileVerdict OfQuestion(Partner partner, IncomingFile file, FileRefusal seal) =>
        OfNoMoney(seal, Questions.Reference(partner, file.Body), 0, "no question of this bank", "question");

    private static FileVerdict OfNoMoney(FileRefusal seal, string? reference, int rows, string otherwise, string kind)
    {
        var isRead = !string.IsNullOrEmpty(reference);
        return new(seal == FileRefusal.None && isRead, seal == FileRefusal.None ? "good" : seal.ToString(),
            reference ?? "", "", rows, 0, isRead ? [] : [new(nameof(FileRefusal.Structure), 0, otherwise)])
        { Kind = kind };
    }
}

/// <summary>One trouble of a file. Line is 1-based; 0 where none can be named.</summary>
public sealed record VerdictTrouble(string Refusal, long Line, string Detail);
