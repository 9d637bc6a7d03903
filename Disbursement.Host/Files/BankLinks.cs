using Disbursement.BankAdapters.Envelopes;
using Disbursement.BankAdapters.Profiles;
using Disbursement.BankAdapters.Seams;
using Disbursement.BankAdapters.Transports;

namespace Disbursement.Host.Files;

/// <summary>
/// Gives the transport to a profile's bank: the folders PROFILE/to-bank and PROFILE/from-bank of the exchange.
/// </summary>
public static class BankLinks
{
    public static ITransport Of(Settings settings, BankProfile profile)
    {
        var bank = Path.Combine(settings.Exchange, profile.Id);
        return new FolderTransport(Directory.CreateDirectory(Path.Combine(bank, "to-bank")).FullName,
            Directory.CreateDirectory(Path.Combine(bank, "from-bank")).FullName);
    }

    /// <summary>
    /// What a detached signature's name ends with, so that a file sent again goes under the same two names.
    /// </summary>
    public static string SignatureSuffix(BankProfile profile) =>
        profile.Envelope.Kind == Sm2RawEnvelope.Kind ? Sm2RawEnvelope.Suffix : CmsEnvelope.Suffix;
}
