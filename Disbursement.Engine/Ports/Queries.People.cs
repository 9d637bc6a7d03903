using Disbursement.Engine.Attendance;
using Disbursement.Engine.People;
using NodaTime;

namespace Disbursement.Engine.Ports;

public partial interface ISetQueries
{
    /// <summary>The workers of these identity hashes that the ledger knows; in order of their ids.</summary>
    IReadOnlyList<KnownWorker> Workers(IReadOnlyCollection<string> identityHashes);

    /// <summary>Newest registrations of these people on every project.</summary>
    IReadOnlyList<RegisteredAnywhere> Registrations(IReadOnlyCollection<string> identityHashes);

    /// <summary>Newest registrations of these workers, as rows.</summary>
    IReadOnlyList<RegistrationRow> NewestRegistrations(IReadOnlyCollection<long> workers);

    /// <summary>Every version of the terms of these workers on one project.</summary>
    IReadOnlyList<ContractTermsRow> Terms(long project, IReadOnlyCollection<long> workers);

    /// <summary>
    /// What the terms in force at a day say of the pay day, each once; a row of nulls where a worker has none in force.
    /// </summary>
    IReadOnlyList<Payroll.AgreedTerms> AgreedPayDays(long project, IReadOnlyCollection<long> workers, LocalDate at);

    /// <summary>Newest attendance of these workers on one project, both days included.</summary>
    IReadOnlyList<AttendanceRow> Attendance(
        long project, IReadOnlyCollection<long> workers, LocalDate from, LocalDate to);

    /// <summary>Payee accounts that nobody has approved, of one document, or of all where it is null.</summary>
    IReadOnlyList<PayeeAccountRow> PendingPayees(string? document);
}
