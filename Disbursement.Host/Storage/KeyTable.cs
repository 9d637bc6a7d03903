using System.Data.Common;
using Dapper;
using Disbursement.Engine.Audit;

namespace Disbursement.Host.Storage;

/// <summary>Keys and documents of one ledger, read within the session's transaction.</summary>
internal sealed class KeyTable(
    DbConnection connection, DbTransaction transaction, long ledger, AdoptedDocuments adopted)
{
    public byte[]? Find(string subject) => connection.QuerySingleOrDefault<byte[]>(
        "SELECT secret FROM subject_key WHERE ledger = @ledger AND subject = @subject",
        new { ledger, subject }, transaction);

    public DocumentRow? Document(string digest)
    {
        if (adopted.Find(ledger, digest) is { } known) return known;
        var row = connection.QuerySingleOrDefault<DocumentRow>(
            TableMap<DocumentRow>.Shared.Select + " WHERE ledger = @ledger AND digest = @digest",
            new { ledger, digest }, transaction);
        if (row is not null) adopted.Offer(row);
        return row;
    }

    public bool HasDocument(string digest) => connection.ExecuteScalar<long>(
        "SELECT count(*) FROM document WHERE ledger = @ledger AND digest = @digest",
        new { ledger, digest }, transaction) > 0;
}
