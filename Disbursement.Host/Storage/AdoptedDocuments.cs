using System.Collections.Concurrent;
using System.Security.Cryptography;
using Disbursement.Engine.Audit;
using Disbursement.Engine.Returns;

namespace Disbursement.Host.Storage;

/// <summary>
/// Documents that nearly every decision reads and nobody may change or erase: calendars, bank profiles, rule packs,
/// certificates. A document is kept only where its bytes are those of its digest.
/// </summary>
internal sealed class AdoptedDocuments
{
    // A few per ledger and year; forgotten all at once rather than without bound.
    private const int Kept = 1024;

    private readonly ConcurrentDictionary<(long Ledger, string Digest), DocumentRow> _known = new();

    public DocumentRow? Find(long ledger, string digest) => _known.GetValueOrDefault((ledger, digest));

    public void Offer(DocumentRow row)
    {
        if (row.Kind is not (Adopt.Calendar or Adopt.Profile or Adopt.Rules or BankReceive.Certificate)) return;
        if (row.KeySubject is not null || Convert.ToHexStringLower(SHA256.HashData(row.Bytes)) != row.Digest) return;
        if (_known.Count >= Kept) _known.Clear();
        _known[(row.Ledger, row.Digest)] = row;
    }
}
