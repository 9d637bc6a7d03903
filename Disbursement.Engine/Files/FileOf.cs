using System.Globalization;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.Files;

/// <summary>What every decider of a file asks first.</summary>
internal static class FileOf
{
    /// <summary>The file the command names, or the refusal that there is none.</summary>
    public static Decision<DisbursementFileRow> Command(DecisionContext context)
    {
        var id = context.Command.Number("file");
        return context.Rows.Find<DisbursementFileRow>(("file", id)) is { } file
            ? Decision<DisbursementFileRow>.Accept(file)
            : Decision<DisbursementFileRow>.Refuse([Guard.NotFound("file", id.ToString(CultureInfo.InvariantCulture))]);
    }

    /// <summary>The state after the trigger, or the refusal that names state and trigger.</summary>
    public static Decision<FileState> Step(DisbursementFileRow file, FileTrigger trigger) =>
        FileMachine.Table.Step(file.State, trigger, At(file));

    public static Place At(DisbursementFileRow file) =>
        Place.Of("file", file.File.ToString(CultureInfo.InvariantCulture));
}
