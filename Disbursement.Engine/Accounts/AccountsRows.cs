using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using NodaTime;

namespace Disbursement.Engine.Accounts;

[Table("bank_account", "ledger bank_account", Unique = ["number_hash"])]
public sealed record BankAccountRow : IFactRow
{
    public long Ledger { get; set; }
    public required long BankAccount { get; init; }
    public required string Profile { get; init; }
    public required byte[] NumberHash { get; init; }
    public required byte[] Sealed { get; init; }
}

/// <summary>What is sealed of a bank account: its number, its name as the bank holds it, the branch's CNAPS number and
/// the bank's id of its customer.</summary>
public sealed record BankAccountText(string Number, string Name, string BankCode, string CustomerId)
{
    private const string Column = "bank-account";

    public byte[] Seal(IVault vault, long bankAccount) =>
        vault.SealField(Subject(bankAccount), Column, $"{Number}\n{Name}\n{BankCode}\n{CustomerId}");

    /// <summary>Never of an account that was erased: none is while its ledger stands.</summary>
    public static BankAccountText Open(IVault vault, BankAccountRow row) =>
        vault.OpenField(Subject(row.BankAccount), Column, row.Sealed)?.Split('\n') is [var number, var name, var code,
            var customer, ..] ? new(number, name, code, customer)
            : throw new DefectException($"the key of bank account {row.BankAccount} was erased");

    private static string Subject(long bankAccount) => FormattableString.Invariant($"bank-account/{bankAccount}");
}

[Table("wage_account", "ledger account", Unique = ["project"])]
public sealed record WageAccountRow : IFactRow
{
    public long Ledger { get; set; }
    public required long Account { get; init; }
    public required long BankAccount { get; init; }
    public long? Project { get; init; }
}

/// <summary>A day the owner agreed to pay labour cost on (约定拨付日); the newest version holds.</summary>
[Table("funding_date", "ledger project agreed_on version")]
public sealed record FundingDateRow : IFactRow
{
    public long Ledger { get; set; }
    public required long Project { get; init; }
    public required LocalDate AgreedOn { get; init; }

    /// <summary>1, 2, … of one project and day.</summary>
    public required long Version { get; init; }

    /// <summary>Null where the contract states no sum; 0 where the day is no longer agreed.</summary>
    public long? AmountFen { get; init; }
    public required string Document { get; init; }
    public required long DocumentRow { get; init; }
}

[Table("account_entry", "ledger account n")]
public sealed record AccountEntryRow : IFactRow
{
    public long Ledger { get; set; }
    public required long Account { get; init; }
    public required long N { get; init; }
    public required EntryKind Kind { get; init; }
    public required long PostedDeltaFen { get; init; }
    public required long ReservedDeltaFen { get; init; }
    public required long PostedAfterFen { get; init; }
    public required long ReservedAfterFen { get; init; }
    public long? Release { get; init; }
    public long? File { get; init; }
    public string? Document { get; init; }
    public long? DocumentLine { get; init; }

    /// <summary>The earmark the entry moves, with by how much.</summary>
    public long? Earmark { get; init; }
    public long EarmarkDeltaFen { get; init; }
}

/// <summary>
/// Money of an account for one obligation and nothing else (专项). Its balance is derived: the sum of its entries.
/// </summary>
[Table("earmark", "ledger earmark", Unique = ["account obligation"])]
public sealed record EarmarkRow : IFactRow
{
    public long Ledger { get; set; }
    public required long Earmark { get; init; }
    public required long Account { get; init; }
    public required long Obligation { get; init; }
}

[Table("release", "ledger release", Header = true, Fixed = "kind account obligation")]
public sealed record ReleaseRow : IHeaderRow
{
    public long Ledger { get; set; }
    public required long Release { get; init; }
    public required long Version { get; init; }
    public required ReleaseKind Kind { get; init; }
    public required long Account { get; init; }
    public required ReleaseState State { get; init; }
    public required LocalDate DueDate { get; init; }
    public required Instant SendBy { get; init; }
    public required long Lines { get; init; }
    public required long AmountFen { get; init; }
    public required long ReservedFen { get; init; }
    public required long LinesOpen { get; init; }

    /// <summary>The obligation an advance or a deposit meets, where it was planned for one.</summary>
    public long? Obligation { get; init; }

    /// <summary>The earmark all its money came out of, once funded; null where it came out of what is free.</summary>
    public long? Earmark { get; init; }
}

[Table("release_range", "ledger release payroll from_line")]
public sealed record ReleaseRangeRow : IFactRow
{
    public long Ledger { get; set; }
    public required long Release { get; init; }
    public required long Payroll { get; init; }
    public required long FromLine { get; init; }
    public required long ToLine { get; init; }
}

[Table("release_left", "ledger release payroll from_line")]
public sealed record ReleaseLeftRow : IFactRow
{
    public long Ledger { get; set; }
    public required long Release { get; init; }
    public required long Payroll { get; init; }
    public required long FromLine { get; init; }
    public required long ToLine { get; init; }
    public required string Cause { get; init; }
}
