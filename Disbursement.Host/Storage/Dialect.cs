using System.Data.Common;
using DbUp.Builder;
using Disbursement.Engine.Ports;
using NodaTime;

namespace Disbursement.Host.Storage;

/// <summary>What differs between the two engines, and nothing else.</summary>
public abstract class Dialect
{
    public abstract string Engine { get; }

    /// <summary>Column types of the one DDL text.</summary>
    public abstract IReadOnlyDictionary<string, string> Tokens { get; }

    /// <summary>A connection with the rights of the application.</summary>
    public abstract DbConnection Open();

    /// <summary>A connection with the rights of the owner, for migrations and benches.</summary>
    public virtual DbConnection OpenOwner() => Open();

    public abstract DbTransaction BeginWrite(DbConnection connection);
    public abstract DbTransaction BeginRead(DbConnection connection);

    /// <summary>Commits what was written: after it the decision is taken, before it nothing has happened.</summary>
    public virtual void Commit(DbTransaction transaction) => transaction.Commit();

    /// <summary>
    /// Returns once everything that can be read here would outlive this server: a commit that counted as not done for
    /// want of a standby stands here all the same, and whoever finds it must not build on it unasked.
    /// </summary>
    public virtual void Confirm() { }

    /// <summary>Added to the head's SELECT so that it locks.</summary>
    public abstract string ForUpdate { get; }

    /// <summary>From this many rows of a kind on, the engine's bulk path is the faster one.</summary>
    public abstract int BulkRows { get; }

    public abstract void WriteBulk<T>(
        DbConnection connection, DbTransaction transaction, TableMap<T> map, IReadOnlyList<T> rows)
        where T : class, IRow;

    /// <summary>Collects small statements so that an engine with a network between may send them at once.</summary>
    public abstract IStatementBatch Batch(DbConnection connection, DbTransaction transaction);

    /// <summary>
    /// This process has committed much since it was last called: time to look at the planner's statistics.
    /// </summary>
    public virtual void Grew(DbConnection connection) { }

    /// <summary>
    /// Writes the database's files anew, so that keys deleted from it are not in them any more. False where somebody
    /// else reads just now, and old pages stay until it is run again.
    /// </summary>
    public abstract bool Scrub();

    /// <summary>The database's own clock, against which the host's is checked.</summary>
    public abstract Instant Clock(DbConnection connection);

    /// <summary>
    /// Whether ledgers were ever made here, that is whether there is a log. Looks only: looking makes nothing.
    /// </summary>
    public abstract bool HoldsLedgers();

    public abstract UpgradeEngineBuilder Upgrade();

    /// <summary>"sqlite:PATH" or "postgres:CONNECTION".</summary>
    /// <param name="option">Where it was said, to be named where it is neither.</param>
    public static Dialect Parse(string text, string option = "--db")
    {
        if (text.StartsWith("sqlite:", StringComparison.Ordinal)) return new SqliteDialect(text["sqlite:".Length..]);
        if (text.StartsWith("postgres:", StringComparison.Ordinal))
            return new PostgresDialect(text["postgres:".Length..]);
        throw Cli.Usage.NoDialect(text, option);
    }
}

/// <summary>Small inserts and updates of one decision.</summary>
public interface IStatementBatch
{
    void Add<T>(TableMap<T> map, T row, bool update) where T : class, IRow;

    /// <summary>
    /// Runs what was added. An update that met another version is a defect: the ledger's lock was not held.
    /// </summary>
    void Flush();
}
