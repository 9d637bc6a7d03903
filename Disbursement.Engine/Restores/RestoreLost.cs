using System.Globalization;
using Disbursement.Engine.Files;
using Disbursement.Engine.People;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.Restores;

/// <summary>
/// restore.lost: two people with a document say that the send journal is lost for good, and that what went to the banks
/// is what this ledger knows. Their decision is the proposal itself: until the next file goes out, a journal may be
/// begun anew.
/// </summary>
/// <remarks>Input the evidence, such as the banks' lists of files taken in. Refusals: person.* by who signs, no
/// evidence, recovery.nothing-lost.</remarks>
public sealed class RestoreLost : ICommandHandler
{
    public const string Name = "restore.lost";

    public string Verb => Name;

    public Decision<Changes> Decide(DecisionContext context)
    {
        if (Guard.Actor(context) is { } unsigned) return Decision<Changes>.Refuse([unsigned]);
        if (context.Input(RestoreResolve.Evidence) is null)
            return Decision<Changes>.Refuse(FileRules.EvidenceMissing, Place.Of("--journal", ""), "send-journal");
        var sent = context.Queries.FilesSent();
        if (sent == 0) return Decision<Changes>.Refuse(RestoreRules.NothingLost, Place.Of("--journal", ""));
        var evidence = context.InputDigest(RestoreResolve.Evidence);
        if (TwoPeople.Decided(context, Subject(sent), evidence))
            return Decision<Changes>.Accept(Changes.Repeated(sent));
        return TwoPeople.Decide(context, Subject(sent), evidence, changes =>
        {
            changes.Result = sent;
            return Decision<Changes>.Accept(changes);
        });
    }

    /// <summary>Whether a journal need not be there after so many files sent: none was, or its loss was declared.
    /// </summary>
    public static bool NeedsNone(IRowReader rows, long sent) => sent == 0
        || rows.Count<ProposalRow>(("verb", Name), ("subject", Subject(sent)), ("state", ProposalState.Decided)) > 0;

    /// <summary>By the count of files: the next one that goes out ends what the declaration allows.</summary>
    private static string Subject(long sent) => $"journal/{sent.ToString(CultureInfo.InvariantCulture)}";
}
