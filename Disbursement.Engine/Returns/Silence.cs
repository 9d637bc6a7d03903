using Disbursement.Engine.Files;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.Returns;

/// <summary>A line of an accepted file the bank owes an answer for.</summary>
public sealed record SilentLine
{
    public required long File { get; init; }
    public required long RowReference { get; init; }
    public required long Claim { get; init; }
    public required long AmountFen { get; init; }
}

/// <summary>
/// returns.silence: each line of an accepted file that is without a word after the bank's time becomes an exception,
/// once. Its claim stays in flight: silence is no evidence.
/// </summary>
public sealed class Silence : ICommandHandler
{
    public string Verb => "returns.silence";

    public Decision<Changes> Decide(DecisionContext context)
    {
        var silent = context.Queries.SilentLines(context.At);
        if (silent.Count == 0) return Decision<Changes>.Accept(Changes.Repeated(0));
        var log = new ExceptionLog(context, null);
        foreach (var line in silent)
            log.Add(ExceptionKinds.Silent, 0, line.AmountFen, line.AmountFen,
                $"row {line.RowReference}", line.File, line.Claim);
        var changes = new Changes { Result = log.Count };
        return Decision<Changes>.Accept(changes.Insert(log.Rows).Count("exceptions", log.Count));
    }
}
