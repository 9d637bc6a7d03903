using System.CommandLine;
using System.Data.Common;
using Disbursement.Engine.Primitives;

namespace Disbursement.Host.Cli;

/// <summary>One use of the command line, and the sessions its verb began.</summary>
internal sealed class Invocation(string description) : RootCommand(description)
{
    /// <summary>Filled by the sessions themselves.</summary>
    public ICollection<Session> Begun { get; } = [];

    /// <summary>The database that was opened, as it may be shown; or null.</summary>
    public string? Database => Begun.Select(s => s.Place).FirstOrDefault(p => p is not null);

    /// <summary>
    /// Whatever the verb came to, what it committed is committed: the anchors follow. What stands in their way is told
    /// on standard error, for the answer has been given, and in the exit status of an answer that was good.
    /// </summary>
    public int End(int status)
    {
        try
        {
            var against = Begun.SelectMany(s => s.MoveAnchors().Select(f => (s.Output, Finding: f))).ToList();
            foreach (var (output, finding) in against) output.Findings([finding]);
            return status == ExitStatus.Done && against.Any(a => a.Finding.Rule.Severity == Severity.Refusal)
                ? ExitStatus.FoundWrong
                : status;
        }
        catch (Exception fault) when (fault is DbException || Failures.StatusOf(fault) is not null)
        {
            Console.Error.WriteLine(Begun.First().Output.Text("锚点没有更新: ", "the anchor was not moved: ")
                + FaultWords.Of(fault, Database, Begun.First().Output.Chinese));
            return status == ExitStatus.Done ? ExitStatus.WorldFailed : status;
        }
    }
}
