using System.Globalization;
using System.Text;

namespace Disbursement.BankAdapters.Transports.Packets;

/// <summary>
/// A packet of ABC's front-end machine (前置机): one byte flag ('0' plain, '1' encrypted), the length of what follows in
/// bytes as six characters padded right with spaces, and the content (domain facts 7.6).
/// </summary>
public static class PacketFrame
{
    /// <summary>Flag and length.</summary>
    public const int HeadBytes = 7;

    /// <summary>Six digits.</summary>
    public const int MaxContentBytes = 999_999;

    /// <summary>A plain packet of at most <see cref="MaxContentBytes"/>.</summary>
    public static byte[] Of(ReadOnlySpan<byte> content)
    {
        var head = "0" + content.Length.ToString(CultureInfo.InvariantCulture).PadRight(HeadBytes - 1);
        return [.. Encoding.ASCII.GetBytes(head), .. content];
    }

    /// <summary>The length a head states, or why it is none: another flag than plain, no digits, spaces in front or
    /// between, nothing at all.</summary>
    public static int? Length(ReadOnlySpan<byte> head, out string trouble)
    {
        trouble = "the packet's head is no flag and length";
        if (head.Length != HeadBytes || head[0] is not ((byte)'0' or (byte)'1')) return null;
        if (head[0] == '1')
        {
            trouble = "the packet is encrypted, which was not agreed";
            return null;
        }
        var digits = Encoding.ASCII.GetString(head[1..]).TrimEnd(' ');
        if (digits.Length == 0 || !digits.All(char.IsAsciiDigit)) return null;
        trouble = "";
        return int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
    }

    /// <summary>Reads one packet and gives its content; what stands behind it is left.</summary>
    /// <exception cref="InvalidDataException">No packet, or a longer one than agreed.</exception>
    /// <exception cref="EndOfStreamException">It ends before its content does.</exception>
    public static async Task<byte[]> Read(Stream stream, int maxBytes, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var head = new byte[HeadBytes];
        await stream.ReadExactlyAsync(head, stop).ConfigureAwait(false);
        var length = Length(head, out var trouble) ?? throw new InvalidDataException(trouble);
        if (length > maxBytes) throw new InvalidDataException($"an answer of {length} bytes: more than agreed");
        var content = new byte[length];
        await stream.ReadExactlyAsync(content, stop).ConfigureAwait(false);
        return content;
    }
}
