using Disbursement.Engine.Arrears;
using Disbursement.Engine.Papers;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.People;
using Disbursement.Engine.Primitives;
using Disbursement.Host.Audit;
using Disbursement.Host.Cli;
using Disbursement.Host.Papers;
using Disbursement.Host.Security;
using Disbursement.Host.Storage;
using NodaTime;

namespace Disbursement.Host.Demo;

/// <summary>The papers of the demo's month: ledger, slips and vouchers of each project, and the evidence of one case.
/// </summary>
internal static class DemoPapers
{
    private static readonly Months s_january = new(new YearMonth(2026, 1), new YearMonth(2026, 1));

    /// <summary>Writes them where they are not there; with what stood in the way of pages, nothing where they stand.
    /// </summary>
    public static IReadOnlyList<Finding> Write(DemoWorld world, Dialect dialect, LogKey key)
    {
        var (into, made) = (world.Folder.Papers, world.Folder.Papers + ".new");
        if (Directory.Exists(into)) return [];
        // A run that dies among them leaves no folder that looks finished.
        if (Directory.Exists(made)) Directory.Delete(made, recursive: true);
        var font = ChineseFont.Find(ChineseFont.OfEnvironment);
        var files = new PaperFiles(font);
        using (var view = world.Composition.Store.Read(world.Ledger))
        {
            var desk = new PaperDesk(view, world.Composition.Clock.Read(), Terms.Chinese);
            foreach (var project in view.List<ProjectRow>()) OfProject(desk, project, files, made);
            var prover = RowProver.Begin(dialect, world.Ledger, key, world.Composition.Adapters.Catalogue);
            if (prover.Accepted) Evidence(desk, files, prover.Value, made);
        }
        if (font.Accepted) font.Value.Dispose();
        Directory.Move(made, into);
        return files.Findings;
    }

    private static void OfProject(PaperDesk desk, ProjectRow project, PaperFiles files, string to)
    {
        var ledger = desk.Ledger(project, s_january);
        if (ledger.Accepted) files.Write(to, ledger.Value, ledger.Value);
        var slips = desk.Slips(project, s_january, worker: null);
        if (slips.Accepted) files.Write(to, slips.Value.List, slips.Value.Pages);
        foreach (var payroll in desk.View.List<PayrollRow>(("project", project.Project)))
            if (desk.Voucher(payroll) is { Accepted: true } voucher) files.Write(to, voucher.Value, voucher.Value);
    }

    /// <summary>Of the obligation that one payment outside discharged.</summary>
    private static void Evidence(PaperDesk desk, PaperFiles files, RowProver prover, string to)
    {
        using (prover)
        {
            if (desk.View.Find<ObligationRow>(("obligation", 1L)) is not { } obligation) return;
            var pack = new EvidencePack(new CaseDesk(desk, obligation), files, prover);
            if (pack.Gather(desk.View).Accepted) pack.Write(Path.Combine(to, "证据材料-义务1"));
        }
    }
}
