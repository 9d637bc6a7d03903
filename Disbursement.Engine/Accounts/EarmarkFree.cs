using System.Globalization;
using Disbursement.Engine.Arrears;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;
using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.Accounts;

/// <summary>
/// account.free: what is left in an earmark once its obligation is discharged or withdrawn is free for every wage of
/// the account. Never by itself: whose it was may have a claim to it, so a person decides.
/// </summary>
/// <remarks>Argument earmark; by a treasurer.</remarks>
public sealed class EarmarkFree : ICommandHandler
{
    public string Verb => "account.free";

    public Decision<Changes> Decide(DecisionContext context)
    {
        if (Guard.Actor(context, Roles.Treasurer) is { } unsigned) return Decision<Changes>.Refuse([unsigned]);
        var name = context.Command.Number("earmark").ToString(CultureInfo.InvariantCulture);
        if (context.Rows.Find<EarmarkRow>(("earmark", context.Command.Number("earmark"))) is not { } earmark)
            return Decision<Changes>.Refuse([Guard.NotFound("earmark", name)]);
        var obligation = context.Rows.Find<ObligationRow>(("obligation", earmark.Obligation))
            ?? throw new DefectException($"earmark {name} has no obligation");
        if (!Earmarks.Ended(obligation))
            return Decision<Changes>.Refuse(ReturnsRules.EarmarkNeeded, Place.Of("earmark", name), name,
                obligation.Obligation.ToString(CultureInfo.InvariantCulture), $"{obligation.State}");
        var book = AccountBook.Load(context, earmark.Account);
        var left = book.Earmarked(earmark.Earmark);
        if (left == Money.Zero) return Decision<Changes>.Accept(Changes.Repeated(left));
        book.Free(earmark.Earmark);
        return Decision<Changes>.Accept(
            new Changes { Result = left }.Insert(book.Entries).Count("freed_fen", left.Fen));
    }
}
