using System.Globalization;
using System.Text;
using Disbursement.BankAdapters.Transports.Packets;

namespace Disbursement.Host.Fuzz;

/// <summary>The reader of a front-end machine's packets: gives a content as long as its head states, or says why not.
/// </summary>
internal sealed class PacketTarget : FuzzTarget
{
    private const int MostBytes = 64 * 1024;

    public override string Name => "packet-frame";

    public override IReadOnlyList<FuzzInput> Seeds { get; } =
    [
        .. new[] { "", "<ap><RespCode>0000</RespCode></ap>", "<ap><CCTransCode>IBAF04</CCTransCode>样例</ap>" }
            .Select((content, i) => new FuzzInput("abc-wage", $"packet-{i}",
                PacketFrame.Of(Encoding.GetEncoding("GB18030").GetBytes(content)))),
        new("abc-wage", "packet-long", PacketFrame.Of(new byte[20_000])),
    ];

    private protected override byte[] Changed(byte[] bytes, Chance chance)
    {
        // What a guided run goes on from may be shorter than a head.
        if (chance.OneIn(3) || bytes.Length < PacketFrame.HeadBytes) return Mutation.Of(bytes, chance);
        // The head by itself: it is a thousandth of a long packet.
        var head = bytes[..PacketFrame.HeadBytes];
        byte[] whole = [.. chance.OneIn(2) ? head : Mutation.Of(head, chance), .. bytes[PacketFrame.HeadBytes..]];
        return chance.OneIn(2) ? whole : whole[..(whole.Length - chance.Below(whole.Length))];
    }

    public override FuzzVerdict Judge(FuzzInput input)
    {
        using var stream = new MemoryStream(input.Bytes);
        try
        {
            var content = PacketFrame.Read(stream, MostBytes, CancellationToken.None).GetAwaiter().GetResult();
            return new(true, IsStated(input.Bytes, content) ? null : "the content is not what the head states");
        }
        catch (Exception refused) when (refused is InvalidDataException or EndOfStreamException)
        {
            return new(refused is EndOfStreamException && input.Bytes.Length >= PacketFrame.HeadBytes, null);
        }
    }

    private static bool IsStated(byte[] packet, byte[] content)
    {
        var stated = Encoding.ASCII.GetString(packet, 1, PacketFrame.HeadBytes - 1).TrimEnd(' ');
        return packet[0] == '0' && content.Length <= MostBytes && stated.Length > 0 && stated.All(char.IsAsciiDigit)
            && content.Length.ToString(CultureInfo.InvariantCulture).PadLeft(stated.Length, '0') == stated
            && content.AsSpan().SequenceEqual(packet.AsSpan(PacketFrame.HeadBytes, content.Length));
    }
}
