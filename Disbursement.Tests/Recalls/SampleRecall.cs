using Disbursement.BankAdapters.Seams;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Recalls;
using Disbursement.Engine.Runtime;
using Disbursement.Host.Files;
using Disbursement.Tests.Files;
using Disbursement.Tests.Fixtures;

namespace Disbursement.Tests.Recalls;

/// <summary>Recalls of the sample month: payrolls by their bank, commands, and the bank's side.</summary>
internal static class SampleRecall
{
    /// <summary>The first payroll that is paid through the bank of that profile.</summary>
    public static int PayrollOf(string profile) => profile switch
    {
        "icbc-bxt" => 0,
        "cmb-ntagcsal" => 2,
        _ => 3,
    };

    public static Command Of(long file, string reason, string rows) =>
        new("file.recall", ("file", file), ("reason", reason), ("rows", rows));

    /// <summary>Two people decide it.</summary>
    public static RecallRow Decided(SampleOutlay outlay, long file, string rows, string reason = "Duplicate")
    {
        outlay.Samples.Done(SampleLedger.Treasurer, Of(file, reason, rows));
        return (RecallRow)outlay.Samples.Done(SampleLedger.Administrator, Of(file, reason, rows)).Result!;
    }

    public static ScriptedTransport Takes() => new((_, _) => new SendResult(SendOutcome.Delivered, "scripted"));

    public static Decision<Outcome> Send(SampleOutlay outlay, RecallRow recall, ITransport transport) =>
        new RecallSending(outlay.Composition, outlay.Settings, outlay.Journal,
            _ => Decision<ITransport>.Accept(transport)).Send(SampleLedger.Ledger, recall);
}
