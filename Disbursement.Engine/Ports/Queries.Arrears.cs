using Disbursement.Engine.Arrears;

namespace Disbursement.Engine.Ports;

public partial interface ISetQueries
{
    /// <summary>Open obligation lines of the claims a file carries, in key order. Empty, at once, while none is due.</summary>
    IReadOnlyList<OpenObligationLine> OpenObligationLinesOfFile(long file);

    /// <summary>Open obligation lines of a payroll's claims.</summary>
    IReadOnlyList<OpenObligationLine> OpenObligationLinesOfPayroll(long payroll);

    /// <summary>Open obligation lines of one claim: one at most, unless a law is broken.</summary>
    IReadOnlyList<OpenObligationLine> OpenObligationLinesOfClaim(long claim);
}
