using System.Security.Cryptography;
using System.Text;
using Disbursement.BankAdapters.Profiles;
using Disbursement.BankAdapters.Seams;
using Disbursement.BankAdapters.Transports;
using Disbursement.Engine.Files;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;
using NodaTime;

namespace Disbursement.Tests.Adapters;

/// <summary>
/// An adapter as a stranger writes it, on public types alone: this assembly is the other one that configuration names.
/// </summary>
public sealed class TallyAdapter : IAdapterRegistration
{
    public void Register(BankCatalogue catalogue) => catalogue
        .Writes("tally-lines", new TallyEncoder())
        .Seals("tally-mac", new TallyEnvelope(), ".sig")
        .Carries("tally-drop", setting => new FolderTransport(
            Directory.CreateDirectory(Path.Combine(setting.Folder, "drop")).FullName,
            Directory.CreateDirectory(Path.Combine(setting.Folder, "answers")).FullName));
}

/// <summary>One line a credit, UTF-8: serial, account, name, fen between slashes; the head has count and sum.</summary>
public sealed class TallyEncoder : IPaymentEncoder
{
    private static readonly UTF8Encoding s_utf8 = new(false, throwOnInvalidBytes: true);

    public IReadOnlyList<LocatedError> Encode(BankProfile profile, PaymentPlan plan,
        IEnumerable<CreditInstruction> instructions, Stream output)
    {
        var (limits, errors) = (profile.Limits, new List<LocatedError>());
        var (rows, sum) = (0, Money.Zero);
        Text(0, "reference", plan.Reference, limits.BatchReferenceWidth);
        Put($"{plan.Reference}/{plan.Lines}/{plan.Total.Fen}\n");
        foreach (var row in instructions)
        {
            (rows, sum) = (rows + 1, sum + row.Amount);
            if (rows == limits.RowsPerFile + 1) Error(row.Row, "rows", "too many rows");
            if (row.Amount.Fen <= 0 || row.Amount.Fen > limits.RowFen) Error(row.Row, "amount", "out of bounds");
            Text(row.Row, "row", row.RowReference, limits.RowReferenceWidth);
            Text(row.Row, "account", row.Account, limits.AccountWidth);
            Text(row.Row, "name", row.Name, limits.NameWidth);
            if (errors.Count == 0) Put($"{row.RowReference}/{row.Account}/{row.Name}/{row.Amount.Fen}\n");
        }
        if (rows != plan.Lines) Error(0, "count", "the rows are others");
        if (sum != plan.Total || sum.Fen > limits.FileFen) Error(0, "total", "the rows come to another sum");
        return errors;

        void Error(int row, string field, string reason) => errors.Add(new(row, field, 0, "", reason));
        void Put(string text) => output.Write(s_utf8.GetBytes(text));
        void Text(int row, string field, string value, int width)
        {
            if (value.Any(c => char.IsControl(c) || c == '/')) Error(row, field, "a character that has no place");
            try
            {
                if (s_utf8.GetByteCount(value) > width) Error(row, field, "too wide");
            }
            catch (EncoderFallbackException)
            {
                Error(row, field, "no character");
            }
        }
    }
}

/// <summary>A code over the body with what both sides hold; made up for the test, no one's signature.</summary>
public sealed class TallyEnvelope : IEnvelope
{
    public SealedMessage Seal(ReadOnlyMemory<byte> body, IKeyRing keys, EnvelopeKeys names) =>
        new(body, Code(body, keys, names.OurKey), ".sig");

    public OpenedMessage Open(SealedMessage message, IKeyRing keys, EnvelopeKeys names, Instant at)
    {
        if (message.Signature is not { } signature) return new(OpenFault.SignatureMissing, default, "", "");
        return signature.Span.SequenceEqual(Code(message.Body, keys, names.BankCertificate))
            ? new(OpenFault.None, message.Body, names.BankCertificate, "")
            : new(OpenFault.SignatureInvalid, default, "", "another code");
    }

    private static byte[] Code(ReadOnlyMemory<byte> body, IKeyRing keys, string name) => Encoding.ASCII.GetBytes(
        Convert.ToHexString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(keys.CertificatePem(name)
            ?? throw new CryptographicException($"no {name}")), body.Span)));
}

/// <summary>Names a codec as one that ships is named.</summary>
public sealed class TakenNameAdapter : IAdapterRegistration
{
    public void Register(BankCatalogue catalogue) => catalogue.Writes("icbc-bxt", new TallyEncoder());
}

/// <summary>Throws when it is asked.</summary>
public sealed class BrokenAdapter : IAdapterRegistration
{
    public void Register(BankCatalogue catalogue) => throw new InvalidOperationException("no licence");
}
