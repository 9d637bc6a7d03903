using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.People;

/// <summary>
/// L7 where no pair of verbs exists: the same verb is run twice. The first run stores a proposal, another person's run
/// of the same content on the same subject decides.
/// </summary>
public static class TwoPeople
{
    /// <summary>What the caller is told after the first run.</summary>
    public sealed record Pending(long Proposal, string Subject, string FirstPerson);

    /// <summary>Whether two people decided this very content on the subject before: asking again is a repeat.</summary>
    public static bool Decided(DecisionContext context, string subject, string body) => context.Rows
        .List<ProposalRow>(("verb", context.Command.Verb), ("subject", subject), ("state", ProposalState.Decided))
        .Any(p => p.Body == body);

    /// <summary>Whether one person asked for this content on the subject and nobody has decided it yet.</summary>
    public static bool Asked(DecisionContext context, string subject, string body) => context.Rows
        .List<ProposalRow>(("verb", context.Command.Verb), ("subject", subject), ("state", ProposalState.Pending))
        .Any(p => p.Body == body);

    /// <param name="subject">What is decided on, e.g. "worker/12".</param>
    /// <param name="body">The content both people must have put their name to, e.g. the digest of a document.</param>
    /// <param name="apply">Adds what the decision changes; called for the second person only.</param>
    public static Decision<Changes> Decide(
        DecisionContext context, string subject, string body, Func<Changes, Decision<Changes>> apply)
    {
        if (Guard.Actor(context) is { } unsigned) return Decision<Changes>.Refuse([unsigned]);
        var actor = context.Actor!;
        var pending = context.Rows
            .List<ProposalRow>(
                ("verb", context.Command.Verb), ("subject", subject), ("state", ProposalState.Pending))
            .FirstOrDefault(p => p.Body == body);
        if (pending is null)
        {
            var proposal = new ProposalRow
            {
                Proposal = context.NextId("proposal"),
                Version = 1,
                Verb = context.Command.Verb,
                Subject = subject,
                Body = body,
                Person = actor.Person,
                State = ProposalState.Pending,
            };
            var changes = new Changes { Result = new Pending(proposal.Proposal, subject, actor.Handle) };
            return Decision<Changes>.Accept(changes.Insert(proposal));
        }
        if (pending.Person == actor.Person)
            return Decision<Changes>.Accept(Changes.Repeated(new Pending(pending.Proposal, subject, actor.Handle)));
        if (Guard.OtherPerson(context, pending.Person) is { } same) return Decision<Changes>.Refuse([same]);
        var decided = pending with
        {
            Version = pending.Version + 1,
            State = ProposalState.Decided,
            DecidedBy = actor.Person,
        };
        return apply(new Changes().Update(decided));
    }
}
