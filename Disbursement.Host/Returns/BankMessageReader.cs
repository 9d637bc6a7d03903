using System.Runtime.InteropServices;
using Disbursement.BankAdapters.Profiles;
using Disbursement.BankAdapters.Seams;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Returns;
using Disbursement.Host.Files;

namespace Disbursement.Host.Returns;

/// <summary>Decodes a bank's message by the codec its adopted profile names: its name tells the form.</summary>
public sealed class BankMessageReader(BankCatalogue catalogue) : IBankMessageReader
{
    public void Read(ReadOnlyMemory<byte> profile, string name, ReadOnlyMemory<byte> body, IMessageSink sink)
    {
        var bank = Profile(profile);
        var codec = bank.FormOf(name).Codec;
        if (catalogue.Decoder(codec) is { } decoder) decoder.Decode(bank, name, Stream(body), sink);
        else sink.Error(new LocatedError(0, "codec", 0, codec, "no such codec"));
    }

    public ReturnReason ReasonOf(ReadOnlyMemory<byte> profile, string code, string text) =>
        Profile(profile).Codes.FirstOrDefault(c => c.Match == code || c.Match == text)?.Reason ?? ReturnReason.Other;

    public BankTerms TermsOf(ReadOnlyMemory<byte> profile) => new ProfileTerms(catalogue).Parse(profile)!;

    public bool DebitsWholeFile(ReadOnlyMemory<byte> profile) =>
        Profile(profile).Manners.DebitMode == DebitMode.WholeFile;

    private static BankProfile Profile(ReadOnlyMemory<byte> bytes) =>
        BankProfile.Of(bytes)!;

    private static MemoryStream Stream(ReadOnlyMemory<byte> bytes) =>
        MemoryMarshal.TryGetArray(bytes, out var array)
            ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
            : new MemoryStream(bytes.ToArray(), writable: false);
}
