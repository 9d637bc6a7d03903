using Disbursement.Engine.Ports;
using NodaTime;

namespace Disbursement.Engine.People;

[Table("person", "ledger person", Unique = ["handle", "public_key"])]
public sealed record PersonRow : IFactRow
{
    public long Ledger { get; set; }
    public required long Person { get; init; }
    public required string Handle { get; init; }
    public required string IdentityHash { get; init; }
    public required string Roles { get; init; }
    public required string Algorithm { get; init; }
    public required string PublicKey { get; init; }
    public required byte[] Sealed { get; init; }
}

[Table("proposal", "ledger proposal", Header = true, Fixed = "verb subject body person")]
public sealed record ProposalRow : IHeaderRow
{
    public long Ledger { get; set; }
    public required long Proposal { get; init; }
    public required long Version { get; init; }
    public required string Verb { get; init; }
    public required string Subject { get; init; }
    public required string Body { get; init; }
    public required long Person { get; init; }
    public long? DecidedBy { get; init; }
    public required ProposalState State { get; init; }
}

[Table("employer", "ledger employer", Unique = ["credit_code"])]
public sealed record EmployerRow : IFactRow
{
    public long Ledger { get; set; }
    public required long Employer { get; init; }
    public required string CreditCode { get; init; }
    public required string Name { get; init; }
}

[Table("project", "ledger project", Unique = ["code"])]
public sealed record ProjectRow : IFactRow
{
    public long Ledger { get; set; }
    public required long Project { get; init; }
    public required string Code { get; init; }
    public required string Name { get; init; }
    public required string ContractorCode { get; init; }
    public required string ContractorName { get; init; }
    public required string OwnerName { get; init; }
    public required string Region { get; init; }
}

[Table("worker", "ledger worker", Unique = ["identity_hash erased_before"])]
public sealed record WorkerRow : IFactRow
{
    public long Ledger { get; set; }
    public required long Worker { get; init; }
    public required string IdentityHash { get; init; }

    /// <summary>How many numbers this person had before that were erased.</summary>
    public required long ErasedBefore { get; init; }
    public required byte[] Sealed { get; init; }
}

[Table("registration", "ledger project employer worker version")]
public sealed record RegistrationRow : IFactRow
{
    public long Ledger { get; set; }
    public required long Project { get; init; }
    public required long Employer { get; init; }
    public required long Worker { get; init; }
    public required long Version { get; init; }
    public required string Team { get; init; }
    public required string Trade { get; init; }
    public required LocalDate JoinedOn { get; init; }
    public LocalDate? LeftOn { get; init; }
    public required string Document { get; init; }
    public required long DocumentRow { get; init; }
}

[Table("contract_terms", "ledger project worker version")]
public sealed record ContractTermsRow : IFactRow
{
    public long Ledger { get; set; }
    public required long Project { get; init; }
    public required long Worker { get; init; }
    public required long Version { get; init; }
    public required LocalDate SignedOn { get; init; }
    public required string RateKind { get; init; }
    public required long RateFen { get; init; }
    public required string PayCycle { get; init; }
    public long? PayDay { get; init; }
    public LocalDate? PieceDueOn { get; init; }
    public required long StandardMinutes { get; init; }
    public required string Document { get; init; }
    public required long DocumentRow { get; init; }
}

[Table("payee_account", "ledger worker version")]
public sealed record PayeeAccountRow : IFactRow
{
    public long Ledger { get; set; }
    public required long Worker { get; init; }
    public required long Version { get; init; }
    public required byte[] AccountHash { get; init; }
    public required string BankCode { get; init; }
    public required byte[] Sealed { get; init; }
    public required long ProposedBy { get; init; }
    public required string Document { get; init; }
}

[Table("payee_approval", "ledger worker version")]
public sealed record PayeeApprovalRow : IFactRow
{
    public long Ledger { get; set; }
    public required long Worker { get; init; }
    public required long Version { get; init; }
    public required long ApprovedBy { get; init; }
    public required Instant EffectiveAt { get; init; }
}

[Table("import", "ledger document")]
public sealed record ImportRow : IFactRow
{
    public long Ledger { get; set; }
    public required string Document { get; init; }
    public required string Kind { get; init; }
    public required string Name { get; init; }
    public required long Lines { get; init; }
    public required long Person { get; init; }
}
