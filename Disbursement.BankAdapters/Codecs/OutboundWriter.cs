using System.Buffers.Text;
using Disbursement.BankAdapters.Profiles;
using Disbursement.Engine.Files;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;

namespace Disbursement.BankAdapters.Codecs;

/// <summary>Writes a disbursement file's bytes through one buffer, and collects what does not fit the bank: each
/// error names the row (0 is the head), the field and the byte offset it would have stood at.</summary>
internal sealed class OutboundWriter
{
    private readonly BankProfile _profile;
    private readonly PaymentPlan _plan;
    private readonly Stream _output;
    private readonly byte[] _buffer = new byte[32 * 1024];
    private readonly List<LocatedError> _errors = [];
    private int _filled;
    private long _flushed;
    private int _rows;
    private Money _total;

    public OutboundWriter(BankProfile profile, PaymentPlan plan, Stream output)
    {
        (_profile, _plan, _output) = (profile, plan, output);
        Charset = BankCharset.Named(profile.Outbound.Charset)
            ?? throw new DefectException($"profile {profile.Id} names an unknown character set");
        if (plan.Reference.Length == 0 || plan.Reference.Length > profile.Limits.BatchReferenceWidth)
            Error(0, "批次参考号", plan.Reference, $"must have 1 to {profile.Limits.BatchReferenceWidth} characters");
    }

    public BankCharset Charset { get; }

    /// <summary>Characters that may not stand in a text, e.g. the separator. Control characters never may.</summary>
    public required Func<char, bool> Forbidden { get; init; }

    /// <summary>Bytes for a character that must be written otherwise (XML), or empty.</summary>
    public Func<char, string>? Escape { get; init; }

    public void Raw(ReadOnlySpan<byte> bytes)
    {
        Room(bytes.Length);
        bytes.CopyTo(_buffer.AsSpan(_filled));
        _filled += bytes.Length;
    }

    public void Number(long value)
    {
        Room(20);
        Utf8Formatter.TryFormat(value, _buffer.AsSpan(_filled), out var written);
        _filled += written;
    }

    /// <summary>A number filled up with zeros to the width.</summary>
    public void Number(long value, int digits)
    {
        Room(Math.Max(20, digits));
        var zeros = new System.Buffers.StandardFormat('D', (byte)digits);
        Utf8Formatter.TryFormat(value, _buffer.AsSpan(_filled), out var written, zeros);
        _filled += written;
    }

    /// <summary>Yuan with two decimals.</summary>
    public void Yuan(Money amount)
    {
        Number(amount.Fen / 100);
        var cents = (int)(amount.Fen % 100);
        Raw([(byte)'.', (byte)('0' + cents / 10), (byte)('0' + cents % 10)]);
    }

    /// <summary>A text field: in the bank's character set, at most
    /// width bytes there, without what the form forbids.</summary>
    public void Text(int row, string field, string value, int width)
    {
        if (Fault(value) is { } fault) { Error(row, field, value, fault); return; }
        Room(Charset.RoomFor(Math.Min(value.Length, 4096)));
        if (value.Length > 4096) { Error(row, field, value[..40], $"is wider than {width} bytes"); return; }
        var written = Charset.Encode(value, _buffer.AsSpan(_filled));
        if (written < 0) Error(row, field, value, $"holds a character that {Charset.Name} cannot write");
        else if (written > width) Error(row, field, value, $"is {written} bytes wide, the bank takes {width}");
        else if (Escape is not null && NeedsEscape(value)) Raw(Encoded(Escaped(value)));
        else _filled += written;
    }

    /// <summary>A text filled up to exactly that many bytes; wider ones are errors.</summary>
    public void Padded(int row, string field, string value, int width, bool left, byte fill)
    {
        Room(Charset.RoomFor(Math.Min(value.Length, 4096)) + width);
        var start = _filled;
        Text(row, field, value, width);
        var gap = width - (_filled - start);
        if (gap <= 0) return;
        var text = _buffer.AsSpan(start, width - gap);
        if (left) text.CopyTo(_buffer.AsSpan(start + gap));
        _buffer.AsSpan(left ? start : _filled, gap).Fill(fill);
        _filled += gap;
    }

    /// <summary>Checks what every bank asks of a row, and counts it. Call once per row, before its fields.</summary>
    public void Row(in CreditInstruction row)
    {
        _rows++;
        _total += row.Amount;
        var limits = _profile.Limits;
        if (_rows == limits.RowsPerFile + 1)
            Error(row.Row, "总笔数", "", $"the bank takes at most {limits.RowsPerFile} rows a file");
        if (row.Row != _rows) Error(row.Row, "顺序号", row.RowReference, $"stands at position {_rows}");
        if (row.RowReference.Length == 0 || row.RowReference.Length > limits.RowReferenceWidth)
            Error(row.Row, "行参考号", row.RowReference, $"must have 1 to {limits.RowReferenceWidth} characters");
        if (row.Amount.Fen <= 0 || row.Amount.Fen > limits.RowFen)
            Error(row.Row, "金额", row.Amount.ToYuan(), $"must be above 0 and at most {new Money(limits.RowFen)} yuan");
        if (row.Account.Length == 0) Error(row.Row, "收款账号", "", "is empty");
        if (row.Name.Length == 0) Error(row.Row, "收款名称", "", "is empty");
    }

    public void Error(int row, string field, string value, string reason) =>
        _errors.Add(new(row, field, _flushed + _filled, value, reason));

    /// <summary>Compares the head's totals with the rows written, flushes, and gives every error found.</summary>
    public IReadOnlyList<LocatedError> Finish()
    {
        var (lines, total) = (_plan.Lines, _plan.Total);
        if (_rows != lines)
            Error(0, "总笔数", $"{lines}", $"the head says {lines} rows, {_rows} were written");
        if (_total != total)
            Error(0, "总金额", total.ToYuan(), $"the head says {total}, the rows come to {_total}");
        if (total.Fen > _profile.Limits.FileFen)
            Error(0, "总金额", total.ToYuan(), "is above the bank's limit of a file");
        Flush();
        return _errors;
    }

    private string? Fault(string value)
    {
        foreach (var c in value)
            if (char.IsControl(c) || Forbidden(c)) return $"holds U+{(int)c:X4}, which the form does not allow";
        return null;
    }

    private bool NeedsEscape(string value)
    {
        foreach (var c in value)
            if (Escape!(c).Length > 0) return true;
        return false;
    }

    private string Escaped(string value) =>
        string.Concat(value.Select(c => Escape!(c) is { Length: > 0 } escape ? escape : c.ToString()));

    private byte[] Encoded(string text)
    {
        var bytes = new byte[Charset.RoomFor(text.Length)];
        return bytes[..Charset.Encode(text, bytes)];
    }

    private void Room(int bytes)
    {
        if (_buffer.Length - _filled < bytes) Flush();
    }

    /// <summary>What was found so far.</summary>
    public IReadOnlyList<LocatedError> Errors => _errors;

    public void Flush()
    {
        _output.Write(_buffer, 0, _filled);
        _flushed += _filled;
        _filled = 0;
    }
}
