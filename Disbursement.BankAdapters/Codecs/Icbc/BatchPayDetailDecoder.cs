using System.Globalization;
using Disbursement.BankAdapters.Profiles;
using Disbursement.BankAdapters.Seams;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;

namespace Disbursement.BankAdapters.Codecs.Icbc;

/// <summary>工商银行 result text <c>[BatchPayDetail]</c>: three head lines, a line of
/// column names, one row per credit. Amounts in yuan with the suffix 元. Columns are
/// found by name, so the personal and the company layout both decode.</summary>
/// <remarks>The form does not carry our file reference: option <c>referenceFrom</c> = name takes it from the
/// message's name. A line 批次状态 before the columns makes it a word on the whole file. 序号 is BATCH-SERIAL; SERIAL is
/// our position and becomes the row reference in the profile's width. That the bank lists a batch at all means it has
/// accepted the file; each row says what became of its money.</remarks>
public sealed class BatchPayDetailDecoder : IMessageDecoder
{
    private const int MostColumns = 32;

    public void Decode(BankProfile profile, string name, Stream input, IMessageSink sink)
    {
        var charset = BankCharset.Named(profile.Inbound.Charset)
            ?? throw new DefectException($"profile {profile.Id} names an unknown character set");
        var lines = new ByteLines(input);
        if (Head(profile, name, charset, lines, sink) is not { } columns) return;
        var rows = new RowReader(profile, charset, columns);
        while (lines.Read())
        {
            if (lines.TooLong) sink.Error(new(lines.Number, "行", lines.Offset, "", "the line is too long"));
            else if (!lines.Text.Trim(" \t"u8).IsEmpty) rows.Read(lines, sink);
        }
    }

    /// <summary>Reads the four head lines and gives the message's head
    /// to the sink; null where they are not what they must be.</summary>
    private static Columns? Head(BankProfile profile, string name, BankCharset charset, ByteLines lines,
        IMessageSink sink)
    {
        if (NextText(lines, charset) is not "[BatchPayDetail]")
            return Refuse("文件头", "does not begin with [BatchPayDetail]");
        if (NextText(lines, charset) is not { } asked || !asked.StartsWith("查询时间", StringComparison.Ordinal))
            return Refuse("查询时间", "the second line must be the query time");
        if (NextText(lines, charset) is not { } batch || !batch.StartsWith("批次号", StringComparison.Ordinal))
            return Refuse("批次号", "the third line must be the batch number");
        var next = NextText(lines, charset);
        var (word, state, why) = (FileWord.Accepted, "", "");
        if (next is not null && next.StartsWith("批次状态", StringComparison.Ordinal))
        {
            (word, state, next) = (WordOf(profile, Value(next)), Value(next), NextText(lines, charset));
            if (next is not null && next.StartsWith("银行反馈信息:", StringComparison.Ordinal))
                (why, next) = (Value(next), NextText(lines, charset));
        }
        if (next is null) return Refuse("列名", "the column names must follow");
        var columns = Columns.Of(next.Split('|'));
        if (columns.Missing is { } missing) return Refuse("列名", $"the column {missing} is missing");
        var known = MessageName.Of(name);
        var kind = state.Length > 0 ? MessageKind.FileStatus
            : known.What == "returns" ? MessageKind.LateReturns : MessageKind.Report;
        var reference = profile.Inbound.Option("referenceFrom", "") == "name" ? known.Reference : null;
        sink.Head(new(kind, reference, Value(batch), word, state, why, null, null));
        return columns;

        Columns? Refuse(string field, string reason)
        {
            sink.Error(new(Math.Max(lines.Number, 1), field, lines.Offset, "", reason));
            return null;
        }
    }

    /// <summary>What stands behind the colon of a head line.</summary>
    private static string Value(string line) => line[(line.IndexOfAny([':', '：']) + 1)..].Trim();

    /// <summary>批次状态 by the profile's words; the line itself is unsourced.</summary>
    private static FileWord WordOf(BankProfile profile, string state) =>
        state == profile.Inbound.Option("batchAccepted", "银行已接收") ? FileWord.Accepted
        : state == profile.Inbound.Option("batchRefused", "批次被拒绝") ? FileWord.Refused : FileWord.Doubtful;

    private static string? NextText(ByteLines lines, BankCharset charset) =>
        lines.Read() && !lines.TooLong && charset.TryDecode(lines.Text, out var text) ? text.Trim() : null;

    /// <summary>Where the columns stand that we read; −1 for one that is not there.</summary>
    private sealed record Columns(int Count, int Serial, int Currency, int Account, int Name, int Amount, int Status,
        int Detail)
    {
        public static Columns Of(string[] names)
        {
            return new(names.Length, At("序号"), At("币种"), At("收款账号"), At("收款单位名称"), At("金额"),
                At("网上银行状态"), At("银行反馈信息"));
            int At(string name) => Array.FindIndex(names, n => n.Trim() == name);
        }

        public string? Missing =>
            Count > MostColumns ? $"limit of {MostColumns}"
            : Serial < 0 ? "序号"
            : Account < 0 ? "收款账号"
            : Name < 0 ? "收款单位名称"
            : Amount < 0 ? "金额"
            : Status < 0 ? "网上银行状态" : null;
    }

    /// <summary>Reads one row; what it cannot read it says with column and byte offset.</summary>
    private sealed class RowReader(BankProfile profile, BankCharset charset, Columns columns)
    {
        /// <summary>Stands for no column: the line itself is wrong.</summary>
        private const int WholeLine = -1;

        private readonly CodeTable _codes = new(profile, charset);
        private readonly byte[] _yuan = Bytes(charset, profile.Inbound.Option("amountSuffix", "元"));
        private readonly Range[] _fields = new Range[MostColumns + 1];
        private readonly int _width = profile.Limits.RowReferenceWidth;

        public void Read(ByteLines lines, IMessageSink sink)
        {
            var text = lines.Text;
            var count = Split(text);
            if (count != columns.Count)
            {
                Refuse(lines, sink, WholeLine, "列数", $"{count} fields under {columns.Count} columns");
                return;
            }
            var serial = Field(text, columns.Serial);
            var account = Field(text, columns.Account);
            var isNumber = !account.IsEmpty && !account.ContainsAnyExceptInRange((byte)'0', (byte)'9');
            if (Position(serial) is not { } position)
                Refuse(lines, sink, columns.Serial, "序号", "is not BATCH-SERIAL");
            else if (!isNumber)
                Refuse(lines, sink, columns.Account, "收款账号", "is not a number");
            else if (!Amount(Field(text, columns.Amount), out var amount))
                Refuse(lines, sink, columns.Amount, "金额", "is not an amount in yuan with 元");
            else if (columns.Currency >= 0 && !IsYuan(Field(text, columns.Currency)))
                Refuse(lines, sink, columns.Currency, "币种", "is not RMB or 人民币");
            else if (!charset.TryDecode(Field(text, columns.Name), out var name))
                Refuse(lines, sink, columns.Name, "收款单位名称", $"is not {charset.Name}");
            else
                Tell(lines, sink, position, name, amount);
        }

        private void Tell(ByteLines lines, IMessageSink sink, int position, string name, Money amount)
        {
            var text = lines.Text;
            var status = Field(text, columns.Status);
            var detail = columns.Detail >= 0 ? Field(text, columns.Detail) : default;
            var (said, why) = (_codes.Find(status), _codes.Find(detail));
            var (word, reason) = CodeTable.Join(said, why);
            var reference = position.ToString(CultureInfo.InvariantCulture).PadLeft(_width, '0');
            sink.Line(new(lines.Number, reference, Latin(Field(text, columns.Account)), name, amount, word, reason,
                said?.Match ?? Words(status), why?.Match ?? Words(detail), Words(Field(text, columns.Serial)), null,
                Unknown: CodeTable.Unknown(said, "网上银行状态", Words(status))));
        }

        /// <summary>Splits at '|' between characters: 0x7C may also be
        /// the second byte of one. Gives the number of fields.</summary>
        private int Split(ReadOnlySpan<byte> text)
        {
            int count = 0, start = 0;
            for (var at = 0; at < text.Length; at += charset.CharacterLength(text[at..]))
            {
                if (text[at] != '|') continue;
                if (count >= MostColumns) return count + 2;
                _fields[count++] = start..at;
                start = at + 1;
            }
            // The generators end each row with a separator, the samples do not: an empty last field is none.
            if (start < text.Length || count < columns.Count) _fields[count++] = start..text.Length;
            return count;
        }

        private ReadOnlySpan<byte> Field(ReadOnlySpan<byte> text, int column) => text[_fields[column]].Trim(" \t"u8);

        private static int? Position(ReadOnlySpan<byte> serial)
        {
            var dash = serial.LastIndexOf((byte)'-');
            if (dash <= 0) return null;
            var digits = serial[(dash + 1)..];
            return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n > 0 ? n : null;
        }

        private bool Amount(ReadOnlySpan<byte> bytes, out Money amount)
        {
            amount = Money.Zero;
            if (!bytes.EndsWith(_yuan)) return false;
            bytes = bytes[..^_yuan.Length];
            Span<char> text = stackalloc char[24];
            if (bytes.Length > text.Length) return false;
            for (var i = 0; i < bytes.Length; i++) text[i] = (char)bytes[i];
            return Money.ParseYuan(text[..bytes.Length], out amount) == MoneyText.Valid && amount.Fen >= 0;
        }

        private bool IsYuan(ReadOnlySpan<byte> currency) =>
            currency.SequenceEqual("RMB"u8) || (charset.TryDecode(currency, out var text) && text == "人民币");

        private string Words(ReadOnlySpan<byte> bytes) => charset.TryDecode(bytes, out var text) ? text : "";

        private void Refuse(ByteLines lines, IMessageSink sink, int column, string field, string reason)
        {
            var range = column == WholeLine ? 0..Math.Min(lines.Text.Length, 80) : _fields[column];
            charset.TryDecode(lines.Text[range], out var value);
            sink.Error(new(lines.Number, field, lines.Offset + range.Start.Value, value, reason));
        }

        private static string Latin(ReadOnlySpan<byte> ascii) => System.Text.Encoding.ASCII.GetString(ascii);

        private static byte[] Bytes(BankCharset charset, string text)
        {
            var bytes = new byte[charset.RoomFor(text.Length)];
            return bytes[..Math.Max(charset.Encode(text, bytes), 0)];
        }
    }
}
