using System.Text;
using Disbursement.BankAdapters.Profiles;
using Disbursement.BankAdapters.Seams;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;
using NodaTime;
using NodaTime.Text;

namespace Disbursement.BankAdapters.Codecs.StatementCsv;

/// <summary>Decodes "statement-csv", our generic layout of an account statement
/// (specs/statement-csv.md): UTF-8 or GB18030, amounts in yuan, debits negative. A statement
/// whose entries do not lead from opening to closing balance is told so.</summary>
public sealed class StatementCsvDecoder : IMessageDecoder
{
    /// <summary>Name of the codec in a profile.</summary>
    public const string Name = "statement-csv";

    public void Decode(BankProfile profile, string name, Stream input, IMessageSink sink)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(sink);
        new StatementCsvFile(profile.Statement.Charset, new CsvLines(input), sink).Read();
    }
}

/// <summary>One statement being read.</summary>
internal sealed class StatementCsvFile(string charset, CsvLines lines, IMessageSink sink)
{
    private const string TooLong = "the line is too long for a statement";

    private static readonly string[] HeadColumns = ["账号", "对账单号", "起始日期", "截止日期", "期初余额", "期末余额"];

    private static readonly string[] EntryColumns =
        ["序号", "日期", "金额", "对方户名", "对方账号", "业务参考号", "用途", "类型", "流水号"];

    private readonly List<(string Text, int From)> _cells = [];
    private readonly StringBuilder _cell = new();
    private Encoding _encoding = CsvEncodings.Utf8;
    private string _line = "";

    /// <summary>Reads to the end, or to the first line without which the rest has no meaning.</summary>
    public void Read()
    {
        if (!Headings(HeadColumns, first: true) || ReadHead() is not { } head) return;
        if (!Headings(EntryColumns, first: false)) return;
        sink.Statement(head);
        Int128 sum = 0;
        var complete = true;
        while (lines.Next())
        {
            if (lines.Bytes.IsEmpty) continue;
            if (ReadEntry() is not { } entry)
            {
                complete = false;
                continue;
            }
            sum += entry.Amount.Fen;
            sink.Entry(entry);
        }
        if (lines.TooLong) Refuse("", "", TooLong);
        else if (complete) CheckSum(head, sum);
    }

    private bool Headings(string[] columns, bool first)
    {
        if (!Next()) return false;
        if (first)
        {
            if (lines.Bytes.StartsWith("\uFEFF"u8)) lines.Skip(3);
            _encoding = CsvEncodings.Of(charset, lines.Bytes);
        }
        if (!Split()) return false;
        if (_cells.Select(c => c.Text).SequenceEqual(columns)) return true;
        Refuse(columns[0], _line, $"the headings are not {string.Join(',', columns)}");
        return false;
    }

    private StatementHead? ReadHead()
    {
        if (!Next() || !Split(HeadColumns)) return null;
        if (_cells[0].Text.Length == 0)
        {
            Refuse(HeadColumns[0], "", "empty");
            return null;
        }
        return Date(HeadColumns, 2) is { } from && Date(HeadColumns, 3) is { } to
            && Amount(HeadColumns, 4) is { } opening && Amount(HeadColumns, 5) is { } closing
            ? new StatementHead(_cells[0].Text, _cells[1].Text, from, to, opening, closing)
            : null;
    }

    private StatementEntry? ReadEntry() =>
        Split(EntryColumns) && Date(EntryColumns, 1) is { } bookedOn && Amount(EntryColumns, 2) is { } amount
            ? new StatementEntry(lines.Number, _cells[8].Text, bookedOn, amount, _cells[3].Text, _cells[4].Text,
                _cells[5].Text, _cells[6].Text, _cells[7].Text)
            : null;

    private void CheckSum(StatementHead head, Int128 sum)
    {
        var (opening, closing) = (head.Opening!.Value, head.Closing!.Value);
        var expected = opening.Fen + sum;
        if (expected == closing.Fen) return;
        var figure = expected >= long.MinValue && expected <= long.MaxValue
            ? new Money((long)expected).ToYuan()
            : $"{expected} fen";
        Refuse("期末余额", closing.ToYuan(),
            $"closes at {closing}, its opening balance and entries come to {figure}");
    }

    private bool Next()
    {
        if (lines.Next()) return true;
        Refuse("", "", lines.TooLong ? TooLong : "the statement ends before its entries");
        return false;
    }

    private bool Split(string[] columns)
    {
        if (!Split()) return false;
        if (_cells.Count == columns.Length) return true;
        Refuse(columns[0], _line, $"{_cells.Count} fields instead of {columns.Length}");
        return false;
    }

    /// <summary>Cuts the line into cells; a cell in double quotes may hold commas and, doubled, quotes.</summary>
    private bool Split()
    {
        _cells.Clear();
        try
        {
            _line = _encoding.GetString(lines.Bytes);
        }
        catch (DecoderFallbackException e)
        {
            Refuse("", Convert.ToHexString(e.BytesUnknown ?? []), $"bytes that are not {_encoding.WebName}");
            return false;
        }
        for (var at = 0; at <= _line.Length;)
        {
            if (at < _line.Length && _line[at] == '"')
            {
                if (!Quoted(ref at)) return false;
                continue;
            }
            var end = _line.IndexOf(',', at);
            if (end < 0) end = _line.Length;
            _cells.Add((_line[at..end].Trim(), at));
            at = end + 1;
        }
        return true;
    }

    private bool Quoted(ref int at)
    {
        var from = at;
        _cell.Clear();
        for (int quote; (quote = _line.IndexOf('"', at + 1)) >= 0;)
        {
            _cell.Append(_line, at + 1, quote - at - 1);
            at = quote + 1;
            if (at == _line.Length || _line[at] == ',')
            {
                _cells.Add((_cell.ToString(), from));
                at++;
                return true;
            }
            if (_line[at] != '"') break;
            _cell.Append('"');
        }
        Refuse("", _line, "a quoted field does not end", from);
        return false;
    }

    private LocalDate? Date(string[] columns, int column)
    {
        var read = LocalDatePattern.Iso.Parse(_cells[column].Text);
        if (read.Success) return read.Value;
        Refuse(columns[column], _cells[column].Text, "not a date yyyy-MM-dd", _cells[column].From);
        return null;
    }

    private Money? Amount(string[] columns, int column)
    {
        if (Money.ParseYuan(_cells[column].Text, out var amount) == MoneyText.Valid) return amount;
        Refuse(columns[column], _cells[column].Text, "not an amount in yuan", _cells[column].From);
        return null;
    }

    private void Refuse(string field, string value, string reason, int from = 0)
    {
        var into = from == 0 ? 0 : _encoding.GetByteCount(_line.AsSpan(0, from));
        sink.Error(new LocatedError(lines.Number, field, lines.Offset + into, value, reason));
    }
}
