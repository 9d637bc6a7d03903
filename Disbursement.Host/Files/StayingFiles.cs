using Disbursement.Engine.Files;
using Disbursement.Engine.Restores;
using Disbursement.Host.Cli;

namespace Disbursement.Host.Files;

/// <summary>Files made here that go no more after a restore, in words: which journalled file is why, and what to
/// do.</summary>
internal static class StayingFiles
{
    public static string Said(Output output, StayingFile file) => output.Text(
        $"文件 {file.File} {file.Reference} ({Terms.Of(file.State, true)}) 不再发出: "
        + (file.Wages > 0 ? $"其中 {file.Wages} 笔工资已在发送日志第 {file.Send} 项 {file.WentAs} 中发出"
            : $"发送日志第 {file.Send} 项以此编号发出的是另一份文件")
        + $"; 放弃它: {Exit(file)}",
        $"file {file.File} {file.Reference} ({file.State}) goes no more: "
        + (file.Wages > 0 ? $"{file.Wages} of its wages went out in item {file.Send}, {file.WentAs}"
            : $"another file went out as {file.WentAs}, item {file.Send}")
        + $"; give it up: {Exit(file)}");

    /// <summary>Where a sending was tried, two people prove that it did not arrive, and that gives it up.</summary>
    private static string Exit(StayingFile file) => file.State is FileState.Sending or FileState.Unknown
        ? $"file resolve {file.File} absent --document" : $"file withdraw {file.File}";
}
