using Disbursement.BankAdapters.Profiles;

namespace Disbursement.BankAdapters.Seams;

/// <summary>
/// What an assembly of adapters offers: a public type with a constructor without arguments, named in the file of
/// adapters (specs/adapters.md). It is made and asked once when the program starts, before anything is decided.
/// </summary>
public interface IAdapterRegistration
{
    /// <summary>Adds codecs, envelopes and transports under names that are not taken; what it adds holds no state that
    /// one call leaves to another, and serves all threads.</summary>
    void Register(BankCatalogue catalogue);
}
