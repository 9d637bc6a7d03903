using Disbursement.Engine.Returns;

namespace Disbursement.Host.Fuzz;

/// <summary>Keeps what a decoder gave, and holds it to what every decoder promises.</summary>
internal sealed class FuzzSink(long length) : IMessageSink
{
    private StatementHead? _statement;
    private Int128 _booked;
    private string? _trouble, _unbalanced;

    public List<MessageHead> Heads { get; } = [];
    public int Statements { get; private set; }
    public List<long> Parsed { get; } = [];
    public List<LocatedError> Errors { get; } = [];
    public Int128 Fen { get; private set; }

    /// <summary>Whether a row is neither paid nor dead: no figure of a file counts it.</summary>
    public bool HasOpenRows { get; private set; }

    public bool PastHeader => Heads.Count + Statements > 0;

    public void Head(MessageHead head) => Heads.Add(head);

    public void Line(in ReportLine line)
    {
        if (Heads.Count == 0) _trouble ??= "a line came before any head";
        if (line.Word is LineWord.Pending or LineWord.Doubtful) HasOpenRows = true;
        Take(line.Line);
        Fen += line.Amount.Fen;
    }

    public void Statement(StatementHead head)
    {
        EndStatement();
        (_statement, _booked, Statements) = (head, 0, Statements + 1);
    }

    public void Entry(in StatementEntry entry)
    {
        if (_statement is null) _trouble ??= "an entry came before any statement";
        Take(entry.Line);
        _booked += entry.Amount.Fen;
    }

    public void Error(LocatedError error)
    {
        if (error.Line < 0 || error.ByteOffset < 0 || error.ByteOffset > length)
            _trouble ??= $"an error stands nowhere: line {error.Line}, byte {error.ByteOffset} of {length}";
        if (error.Reason.Length == 0) _trouble ??= "an error gives no reason";
        Errors.Add(error);
    }

    /// <summary>What holds of any message: something is said of it, and no statement that was read without an error
    /// disagrees with its own balances. Null where it holds.</summary>
    public string? Trouble(bool mayBeEmpty)
    {
        EndStatement();
        if (!mayBeEmpty && !PastHeader && Errors.Count == 0) _trouble ??= "neither a head nor an error was given";
        return _trouble;
    }

    public bool HasErrorAt(long line) => Errors.Any(error => error.Line == line);

    private void Take(long line)
    {
        if (line < 1) _trouble ??= $"a record stands nowhere: line {line}";
        Parsed.Add(line);
    }

    private void EndStatement()
    {
        // The error of one statement of several may come behind it: with any, nothing is said here.
        if (_statement is { IsBookable: true } head && head.Opening!.Value.Fen + _booked != head.Closing!.Value.Fen)
            _unbalanced = $"a statement from {head.Opening} to {head.Closing} was read with {_booked} fen of entries";
    }

    /// <summary>A statement whose entries do not lead from one balance to the other, and nobody said so.</summary>
    public string? Unbalanced => Errors.Count == 0 ? _unbalanced : null;
}
