using Disbursement.Engine.Attendance;
using Disbursement.Engine.Audit;
using Disbursement.Engine.Calendars;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.People;
using Disbursement.Engine.Primitives;
using Disbursement.Host.Audit;
using Disbursement.Host.Intake;
using Disbursement.Host.Security;
using Disbursement.Tests.Audit;
using Disbursement.Tests.Calendars;
using NodaTime;
using static Disbursement.Tests.People.SampleSheets;

namespace Disbursement.Tests.Cli;

/// <summary>Rules that no command line reaches, each by the narrowest real entry that gives it.</summary>
internal static class DirectEntries
{
    private static readonly Place Cell = new("样例.csv", 2, "列", "");

    public static readonly IReadOnlyDictionary<string, Func<IReadOnlyList<Finding>>> All =
        new Dictionary<string, Func<IReadOnlyList<Finding>>>
        {
            ["id.credit-code-form"] = () => [IdentifierRules.Company("91350100M000100Y4O", Cell)!],
            ["id.credit-code-check-digit"] = () => [IdentifierRules.Company("91350100M000100Y44", Cell)!],
            ["id.card-check-digit"] = () => [IdentifierRules.Card("6217004508929900018", Cell)!],
            ["id.cnaps-check-digit"] = () => [IdentifierRules.Cnaps("102100099995", Cell)!],
            ["region.not-a-ledger"] = () => Region.Parse("昆明市", Cell).Findings,
            ["file.too-large"] = () => SheetReader.Read(new SheetSource("样例.csv", SheetReader.MostBytes + 1,
                () => throw new DefectException("opened")), SheetShape.Roster).Findings,
            ["sheet.missing-column"] = () =>
                PayrollSheet.Read(Table("序号|姓名", "1|样例"), Header, Context(1)).Findings,
            ["payroll.missing-fact"] = () =>
                PayrollSheet.Read(
                    Table(PayrollHead, PayrollRow(0)), Header with { Number = "" }, Context(5)).Findings,
            ["attendance.after-leaving"] = () => Earnings.Settle(
                new ContractTerms(From, RateKind.Day, new Money(30_000), "", Engine.People.PayCycle.Month,
                    new AgreedPayDay(15, null), 480),
                [new AttendanceRecord("d", 2, To, 480, 0, 0, 0, 0)],
                [new PeriodFacts(From, To, 22, new HashSet<LocalDate>())], To.PlusDays(-1)).Findings,
            ["calendar.piece-day-missing"] = () => DueDate.Of(
                new PayPeriod(Engine.Calendars.PayCycle.Piece, From, To), null, SampleCalendars.Shipped).Findings,
            ["calendar.year-soon-missing"] = () => [SampleCalendars.Shipped.RunsOut(new LocalDate(2026, 12, 1))!],
            ["audit.manifest-malformed"] = () =>
            {
                using var files = new Scratch();
                new SampleLog(2).ExportAsync(files["export"]).GetAwaiter().GetResult();
                File.WriteAllBytes(files["export/MANIFEST"],
                    SignedNote.Sign("no manifest\n", SampleLog.Signer).Format());
                return Of(AuditRules.ManifestMalformed, ExportCheck.Verify(files["export"]).Findings);
            },
            ["audit.checkpoint-malformed"] = () =>
                (new SampleLog(2).Proof(1, 1) with { Note = SignedNote.Sign("no checkpoint\n", SampleLog.Signer) })
                    .Check([SampleVerifier()]),
            ["audit.proof-row"] = () =>
                (new SampleLog(2).Proof(1, 1) with { Row = 2 }).Check([SampleVerifier()]),
            ["audit.proof-leaf"] = () =>
                (new SampleLog(2).Proof(1, 1) with { Note = new SampleLog(3).Note }).Check([SampleVerifier()]),
        };

    private static INoteVerifier SampleVerifier() => NoteKeys.Verifier(SampleLog.Signer.Key)!;

    private static IReadOnlyList<Finding> Of(RefusalRule rule, IReadOnlyList<Finding> findings) =>
        [.. findings.Where(f => f.Rule == rule)];
}
