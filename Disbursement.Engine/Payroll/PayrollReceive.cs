using Disbursement.Engine.Audit;
using Disbursement.Engine.People;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.Payroll;

/// <summary>
/// payroll.receive: takes a payroll sheet (工资支付表) in, held to every rule it can break by itself or against the
/// registers. Arguments: project, employer, team, from, to, kind, number, file; input: the sheet.
/// </summary>
public sealed class PayrollReceive(ISheetReader sheets) : IStagedHandler
{
    public const string Input = "payroll-sheet", LinesKind = "payroll-lines";

    /// <summary>
    /// The local monthly minimum wage: the lowest of the three tiers of Guizhou, so that no lawful deduction is
    /// refused in a poorer county.
    /// </summary>
    public static readonly Money MinimumWage = new(189_000);

    public string Verb => "payroll.receive";

    public object Prepare(Command command) => SheetImport.Table(sheets, SheetKind.Payroll, Input, command);

    public Decision<Changes> Decide(DecisionContext context)
    {
        if (Guard.Actor(context) is { } unsigned) return Decision<Changes>.Refuse([unsigned]);
        var (table, roster) = (StagedSheet)context.Prepared!;
        if (!table.Accepted) return Decision<Changes>.Refuse(table.Findings);
        var header = Header(context.Command);
        var number = context.Command.Number("number");
        if ((header.Kind == PayrollKind.Supplementary) != (number >= 1))
            return Decision<Changes>.Refuse(StandingRules.NumberOfKind,
                Place.Of("--number", header.Number), header.Number);
        if (context.Rows.Find<ProjectRow>(("code", header.Project)) is not { } project)
            return Decision<Changes>.Refuse([Guard.NotFound("project", header.Project)]);
        if (context.Rows.Find<EmployerRow>(("credit_code", header.Employer)) is not { } employer)
            return Decision<Changes>.Refuse([UnknownEmployer(header.Employer)]);
        var period = PeriodText.Of(header.From, header.To);
        var same = context.Rows.List<PayrollRow>(("project", project.Project), ("employer", employer.Employer),
            ("team", header.Team), ("period", period), ("kind", header.Kind), ("number", number));
        var sheet = context.InputDigest(Input);
        if (same.FirstOrDefault(p => p.Sheet == sheet && p.State != PayrollState.Withdrawn) is { } known)
            return Decision<Changes>.Accept(Changes.Repeated(known));
        if (same.FirstOrDefault(p => p.State is not (PayrollState.Refused or PayrollState.Withdrawn)) is { } live)
            return Decision<Changes>.Refuse(StandingRules.LiveAlready, Place.Of("payroll", $"{live.Payroll}"),
                $"{live.Payroll}", live.State.ToString());
        if (roster is null || roster.Written != ImportsOf(context.Rows))
            roster = Roster(context.Rows, context.Queries, context.Vault, table.Value);
        var read = PayrollSheet.Read(table.Value, header,
            new PayrollContext(context.Today, MinimumWage, IdentifierChecks.Standard, roster));
        if (!read.Accepted) return Decision<Changes>.Refuse(read.Findings);
        var due = WageDueDate.Of(context, project.Project, header.Kind, (header.From, header.To),
            [.. read.Value.Lines.Select(l => l.Worker)]);
        return due.Accepted
            ? Decision<Changes>.Accept(
                Received(context, (project.Project, employer.Employer, period, number, due.Value), read), read.Findings)
            : Decision<Changes>.Refuse(due.Findings);
    }

    /// <summary>What the command says the sheet is about.</summary>
    private static PayrollHeader Header(Command command) => new(command.Text("project"), command.Text("employer"),
        command.Text("team"), PeriodText.Day(command.Text("from")), PeriodText.Day(command.Text("to")),
        Enum.Parse<PayrollKind>(command.Text("kind")), command.Text("number"));

    private static Finding UnknownEmployer(string code) => IdentifierChecks.Standard.CreditCode(code)
        ? Guard.NotFound("employer", code)
        : new Finding(PayrollRules.BadEmployer, Place.Of("--employer", code));

    public object Stage(ILedgerReading ledger, Command command, object? prepared)
    {
        var table = (Decision<RawTable>)prepared!;
        return new StagedSheet(
            table, table.Accepted ? Roster(ledger.Rows, ledger.Queries, ledger.Vault, table.Value) : null);
    }

    /// <summary>The sheet's people as the registers have them.</summary>
    private static RosterOfLedger Roster(IRowReader rows, ISetQueries queries, IVault vault, RawTable table)
    {
        var column = table.Column("身份证号", "identity");
        return new RosterOfLedger(queries, vault, table.Rows.Select(r => r[column])) { Written = ImportsOf(rows) };
    }

    // Registers are written by imports only, each of which leaves a row.
    private static long ImportsOf(IRowReader rows) => rows.Count<ImportRow>();

    /// <summary>A parsed sheet with its people; without them where it could not be parsed.</summary>
    private sealed record StagedSheet(Decision<RawTable> Table, RosterOfLedger? Roster);

    private static Changes Received(DecisionContext context,
        (long Project, long Employer, string Period, long Number, NodaTime.LocalDate Due) key,
        Decision<PayrollDraft> read)
    {
        var draft = read.Value;
        var lines = PayrollLines.Format([.. draft.Lines.Select(PayrollEntry.Of)]);
        var document = context.Document(LinesKind, lines, personal: false);
        var fen = draft.Totals.Net.Fen;
        var payroll = new PayrollRow
        {
            Payroll = context.NextId("payroll"),
            Version = 1,
            State = PayrollState.Received,
            Project = key.Project,
            Employer = key.Employer,
            Team = draft.Header.Team,
            Period = key.Period,
            Kind = draft.Header.Kind,
            Number = key.Number,
            DueDate = key.Due,
            Sheet = context.InputDigest(Input),
            SheetName = context.Command.Text("file"),
            LinesDocument = document.Row.Digest,
            LinesRoot = PayrollLines.Root(lines).ToString(),
            LinesDeclared = draft.Totals.Lines,
            LinesPaid = 0,
            LinesInFlight = 0,
            // Nothing is owed before approval; the four standings add up to what is declared all the same.
            LinesUnpaid = draft.Totals.Lines,
            LinesVoided = 0,
            DeclaredFen = fen,
            PaidFen = 0,
            InFlightFen = 0,
            UnpaidFen = fen,
            VoidedFen = 0,
        };
        var changes = new Changes { Result = payroll };
        changes.Insert(payroll).Insert(PayrollFindings.Rows(payroll.Payroll, 0, read.Findings)).Store(document);
        return changes.Count("lines_declared", payroll.LinesDeclared).Count("declared_fen", fen);
    }
}
