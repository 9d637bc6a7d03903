using System.Globalization;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.Accounts;

/// <summary>
/// What a funding decision came to: the releases it touched, and what the account lacks for all that is due.
/// </summary>
public sealed record Funding(IReadOnlyList<ReleaseRow> Releases, Money Shortfall);

/// <summary>
/// release.fund: sets the money of one release aside, whole or not at all. From the send deadline on the question is no
/// longer this release alone: all that is due from the account is decided together (see <see cref="Allotment"/>).
/// </summary>
public sealed class ReleaseFund : ICommandHandler
{
    public string Verb => "release.fund";

    public Decision<Changes> Decide(DecisionContext context)
    {
        if (Guard.ActorIfAny(context, Roles.Treasurer) is { } unfit) return Decision<Changes>.Refuse([unfit]);
        var id = context.Command.Number("release");
        var name = id.ToString(CultureInfo.InvariantCulture);
        if (context.Rows.Find<ReleaseRow>(("release", id)) is not { } release)
            return Decision<Changes>.Refuse([Guard.NotFound("release", name)]);
        // Its money was set aside, and may have gone out since: asked again, it is the same act.
        if (release.State is ReleaseState.Funded or ReleaseState.Filed or ReleaseState.Settling or ReleaseState.Done)
            return Decision<Changes>.Accept(Changes.Repeated(new Funding([release], Money.Zero)));
        var funded = ReleaseMachine.Table.Step(release.State, ReleaseTrigger.Reserve, Place.Of("release", name));
        if (!funded.Accepted) return Decision<Changes>.Refuse(funded.Findings);
        if (context.At >= release.SendBy) return Allotment.Decide(context, release.Account);

        var book = AccountBook.Load(context, release.Account);
        var amount = new Money(release.AmountFen);
        // No earmark: what an obligation's money pays is planned after the due date, so that Allotment decides it.
        if (amount <= book.Available)
        {
            book.Reserve(amount, id);
            var full = release with
            {
                Version = release.Version + 1,
                State = funded.Value,
                ReservedFen = amount.Fen,
            };
            return Accept(new Changes().Update(full).Insert(book.Entries), full, Money.Zero);
        }
        var lacking = amount - book.Available;
        if (release.State == ReleaseState.Short)
            return Decision<Changes>.Accept(Changes.Repeated(new Funding([release], lacking)));
        var waiting = release with
        {
            Version = release.Version + 1,
            State = ReleaseMachine.Table.Next(release.State, ReleaseTrigger.FallShort),
        };
        return Accept(new Changes().Update(waiting), waiting, lacking);
    }

    private static Decision<Changes> Accept(Changes changes, ReleaseRow release, Money lacking)
    {
        changes.Result = new Funding([release], lacking);
        return Decision<Changes>.Accept(changes.Count("reserved_fen", release.ReservedFen)
            .Count("lacking_fen", lacking.Fen));
    }
}

/// <summary>release.allot: decides over all that is due from one account, as each later credit does at once.</summary>
public sealed class ReleaseAllot : ICommandHandler
{
    public string Verb => "release.allot";

    public Decision<Changes> Decide(DecisionContext context) =>
        Allotment.Decide(context, context.Command.Number("account"));
}
