using Disbursement.Engine.Arrears;

namespace Disbursement.Host.Storage;

internal sealed partial class SetQueries
{
    private const string OpenLines = """
        SELECT l.obligation, l.line, o.subcontractor, o.due_date, l.worker, l.claim, l.amount_fen
        FROM obligation o
        JOIN obligation_line l ON l.ledger = o.ledger AND l.obligation = o.obligation
        WHERE o.ledger = @ledger AND o.lines_open > 0
          AND NOT EXISTS (SELECT 1 FROM obligation_line_left x
            WHERE x.ledger = l.ledger AND x.obligation = l.obligation AND x.line = l.line)
        """;
    private const string InLineOrder = " ORDER BY l.obligation, l.line";

    // Obligations are found by the payrolls the file's release carries: without an open one no claim is looked at.
    private const string OpenLinesOfFile = OpenLines + """

          AND o.payroll IN (SELECT r.payroll FROM disbursement_file f
            JOIN release_range r ON r.ledger = f.ledger AND r.release = f.release
            WHERE f.ledger = @ledger AND f.file = @file)
          AND EXISTS (SELECT 1 FROM payment p WHERE p.ledger = l.ledger AND p.claim = l.claim AND p.file = @file)
        """ + InLineOrder;

    private const string OpenLinesOfPayroll = OpenLines + " AND o.payroll = @payroll" + InLineOrder;

    private const string OpenLinesOfClaim = OpenLines + """

          AND o.payroll = (SELECT c.payroll FROM wage_claim c WHERE c.ledger = @ledger AND c.claim = @claim)
          AND l.claim = @claim
        """ + InLineOrder;

    public IReadOnlyList<OpenObligationLine> OpenObligationLinesOfFile(long file) =>
        view.Ask<OpenObligationLine>(OpenLinesOfFile, ("file", file));

    public IReadOnlyList<OpenObligationLine> OpenObligationLinesOfPayroll(long payroll) =>
        view.Ask<OpenObligationLine>(OpenLinesOfPayroll, ("payroll", payroll));

    public IReadOnlyList<OpenObligationLine> OpenObligationLinesOfClaim(long claim) =>
        view.Ask<OpenObligationLine>(OpenLinesOfClaim, ("claim", claim));
}
