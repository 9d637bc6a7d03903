using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.Returns;

/// <summary>Exceptions of one decision, in the order they were met.</summary>
/// <param name="document">Digest of a statement that is no message; else null.</param>
public sealed class ExceptionLog(DecisionContext context, long? message, string? document = null)
{
    private readonly List<BankExceptionRow> _rows = [];
    private readonly List<BankExceptionRow> _written = [];

    /// <summary>Still to be written.</summary>
    public IReadOnlyList<BankExceptionRow> Rows => _rows;

    /// <summary>Also those a settlement has written.</summary>
    public IReadOnlyList<BankExceptionRow> All => [.. _rows, .. _written];
    public int Count => _rows.Count + _written.Count;
    public long? Message => message;

    /// <param name="detail">Where and why; never a name or an account number.</param>
    public void Add(string kind, long line, long amountFen, long expectedFen, string detail, long? file = null,
        long? claim = null, long? account = null) => _rows.Add(new BankExceptionRow
        {
            Exception = context.NextId("exception"),
            Kind = kind,
            Message = message,
            Document = document,
            DocumentLine = line,
            File = file,
            Claim = claim,
            Account = account,
            AmountFen = amountFen,
            ExpectedFen = expectedFen,
            Detail = detail,
        });

    /// <summary>Takes note of exceptions that are written already.</summary>
    public void Written(IReadOnlyList<BankExceptionRow> rows) => _written.AddRange(rows);
}
