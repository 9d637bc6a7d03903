using System.Buffers.Binary;
using System.Text;
using Disbursement.BankAdapters.Envelopes;
using Disbursement.BankAdapters.Seams;

namespace Disbursement.Host.Fuzz;

/// <summary>The opener of one kind of envelope: never throws, and hands out no byte that was not sealed.</summary>
internal sealed class EnvelopeTarget : FuzzTarget
{
    public const string Prefix = "envelope-";

    private readonly string _kind;
    private readonly IEnvelope _envelope;
    private readonly byte[] _body;

    public EnvelopeTarget(string kind)
    {
        (_kind, _envelope, _body) = (kind, EnvelopeCatalogue.Find(kind)!, SampleSeals.Body(kind));
        Seeds = [.. SampleSeals.KeysOf(kind).Select(key => new FuzzInput(key, kind,
            Packed(_envelope.Seal(_body, SampleSeals.Ring, SampleSeals.Names(kind, key)))))];
    }

    public override string Name => Prefix + _kind;

    public override IReadOnlyList<FuzzInput> Seeds { get; }

    private protected override byte[] Changed(byte[] bytes, Chance chance)
    {
        var (body, signature) = Unpacked(bytes);
        if (SealedAnew.Applies(_kind) && !chance.OneIn(6))
            return Packed(new(SealedAnew.Of(_kind, body, chance), null, ""));
        // A signature within a text: most other changes hit a mark it is found by.
        if (_kind == SigdatEnvelope.Kind && !chance.OneIn(3))
            return Packed(new(SealedAnew.Damaged(body, chance), null, ""));
        if (signature is null) return Packed(new(Within(body, chance), null, ""));
        if (chance.OneIn(3)) body = Within(body, chance);
        else signature = Within(signature, chance);
        return Packed(new(body, chance.OneIn(60) ? null : (ReadOnlyMemory<byte>)signature, ""));
    }

    public override FuzzVerdict Judge(FuzzInput input)
    {
        var (body, signature) = Unpacked(input.Bytes);
        var suffix = signature is null ? "" : EnvelopeCatalogue.SignatureSuffix(_kind);
        // Not "? null : signature": that is an array, and an absent one becomes an empty signature.
        ReadOnlyMemory<byte>? beside = null;
        if (signature is not null) beside = signature;
        var opened = _envelope.Open(new(body, beside, suffix), SampleSeals.Ring,
            SampleSeals.Names(_kind, input.Profile), SampleSeals.At);
        var isPast = opened.Fault is not (OpenFault.Malformed or OpenFault.SignatureMissing);
        if (opened.Fault != OpenFault.None)
            return new(isPast, opened.Body.IsEmpty ? null : "a message that did not open was handed out");
        return new(isPast, IsSealed(opened.Body.Span) ? null : "bytes that were never sealed were handed out");
    }

    /// <summary>Forms are signed field by field: how a field is spelt, and in which order they stand, is not.</summary>
    private bool IsSealed(ReadOnlySpan<byte> body) => _kind is FormEnvelope.Sha256Kind or FormEnvelope.Sm3Kind
        ? Fields(body).SequenceEqual(Fields(_body)) : body.SequenceEqual(_body);

    private static IEnumerable<string> Fields(ReadOnlySpan<byte> form) => Encoding.UTF8.GetString(form).Split('&')
        .Select(field => string.Join('=', field.Split('=').Select(System.Net.WebUtility.UrlDecode)))
        .Order(StringComparer.Ordinal);

    /// <summary>Mostly within the structure: a tree of DER, a Base64 text of one, or the fields of a form.</summary>
    private static byte[] Within(byte[] bytes, Chance chance)
    {
        if (bytes is [0x30, ..] && !chance.OneIn(4)) return DerMutation.Of(bytes, chance);
        Span<byte> der = new byte[bytes.Length];
        if (chance.OneIn(2) && System.Buffers.Text.Base64.DecodeFromUtf8(bytes, der, out _, out var length)
            is System.Buffers.OperationStatus.Done && length > 0)
        {
            var inner = der[..length].ToArray();
            inner = inner[0] == 0x30 ? DerMutation.Of(inner, chance) : Mutation.Of(inner, chance);
            return Encoding.ASCII.GetBytes(Convert.ToBase64String(inner));
        }
        return Mutation.Of(bytes, chance);
    }

    /// <summary>Length of the signature (−1 for none) in four bytes, the signature, the body.</summary>
    private static byte[] Packed(SealedMessage message)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, message.Signature?.Length ?? -1);
        return [.. length, .. (message.Signature ?? default).Span, .. message.Body.Span];
    }

    private static (byte[] Body, byte[]? Signature) Unpacked(byte[] bytes)
    {
        if (bytes.Length < 4) return (bytes, null);
        var length = BinaryPrimitives.ReadInt32BigEndian(bytes);
        if (length < 0) return (bytes[4..], null);
        length = Math.Min(length, bytes.Length - 4);
        return (bytes[(4 + length)..], bytes[4..(4 + length)]);
    }
}
