using System.Globalization;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.Accounts;

/// <summary>release.cancel: a release is given up before any file; what was set aside for it is free again.</summary>
/// <remarks>What came out of an earmark goes back into it.</remarks>
public sealed class ReleaseCancel : ICommandHandler
{
    public string Verb => "release.cancel";

    public Decision<Changes> Decide(DecisionContext context)
    {
        if (Guard.Actor(context, Roles.Treasurer) is { } unsigned) return Decision<Changes>.Refuse([unsigned]);
        return ReleaseEnd.Decide(context, ReleaseTrigger.Cancel, ReleaseState.Cancelled,
            (book, release) =>
                book.Release(new Money(release.ReservedFen), release.Release, null, release.Earmark));
    }
}

/// <summary>
/// release.yield: the money set aside for a release is given back and the release waits: it expired, or the account is
/// impaired.
/// </summary>
public sealed class ReleaseYield : ICommandHandler
{
    public string Verb => "release.yield";

    public Decision<Changes> Decide(DecisionContext context) => ReleaseEnd.Decide(context, ReleaseTrigger.FallShort,
        ReleaseState.Short, (book, release) =>
            book.Yield(new Money(release.ReservedFen), release.Release, release.Earmark));
}

/// <summary>What cancelling and yielding share: a release without money set aside any more.</summary>
internal static class ReleaseEnd
{
    public static Decision<Changes> Decide(DecisionContext context, ReleaseTrigger trigger, ReleaseState end,
        Action<AccountBook, ReleaseRow> giveBack)
    {
        var id = context.Command.Number("release");
        var name = id.ToString(CultureInfo.InvariantCulture);
        if (context.Rows.Find<ReleaseRow>(("release", id)) is not { } release)
            return Decision<Changes>.Refuse([Guard.NotFound("release", name)]);
        if (release.State == end) return Decision<Changes>.Accept(Changes.Repeated(release));
        var next = ReleaseMachine.Table.Step(release.State, trigger, Place.Of("release", name));
        if (!next.Accepted) return Decision<Changes>.Refuse(next.Findings);
        var book = AccountBook.Load(context, release.Account);
        giveBack(book, release);
        var ended = release with
        {
            Version = release.Version + 1,
            State = next.Value,
            ReservedFen = 0,
            Earmark = null,
        };
        return Decision<Changes>.Accept(new Changes { Result = ended }.Update(ended).Insert(book.Entries));
    }
}
