using Disbursement.Engine.People;
using Disbursement.Engine.Primitives;

namespace Disbursement.Engine.Runtime;

/// <summary>Questions nearly every decider asks first. Each gives the finding that refuses, or null.</summary>
public static class Guard
{
    /// <summary>Somebody signed, and holds the role (empty: any enrolled person).</summary>
    public static Finding? Actor(DecisionContext context, string role = "")
    {
        if (context.Actor is not { } actor) return new Finding(RuntimeRules.ApprovalMissing, Place.Of("--as", ""));
        return role.Length == 0 || actor.Roles.Split(' ').Contains(role)
            ? null
            : new Finding(RuntimeRules.RoleMissing, Place.Of("--as", actor.Handle), actor.Handle, role);
    }

    /// <summary>
    /// For acts that the pumps take too: whoever signs must hold the role; unsigned it is the pump's own act.
    /// </summary>
    public static Finding? ActorIfAny(DecisionContext context, string role) =>
        context.Actor is null ? null : Actor(context, role);

    /// <summary>Two people by identity number, not by login. The refusal names who signed and who may sign now.
    /// </summary>
    /// <param name="role">What the second person must hold; empty: any enrolled person.</param>
    public static Finding? OtherPerson(DecisionContext context, long firstPerson, string role = "")
    {
        var first = context.Rows.Find<PersonRow>(("person", firstPerson));
        if (first is null || context.Actor is not { } actor || first.IdentityHash != actor.IdentityHash) return null;
        var others = context.Rows.List<PersonRow>()
            .Where(p => p.IdentityHash != actor.IdentityHash && (role.Length == 0 || p.Roles.Split(' ').Contains(role))
                && KeyInForce.Of(context.Rows, p) is not null)
            .Select(p => p.Handle).ToList();
        return new Finding(RuntimeRules.SamePerson, Place.Of("--as", actor.Handle), first.Handle, actor.Handle,
            others.Count > 0 ? string.Join(", ", others) : "-");
    }

    public static Finding NotFound(string noun, string id) => new(RuntimeRules.NotFound, Place.Of(noun, id), noun, id,
        Subject.Named(noun).Listed);

    public static Finding WrongState(string noun, long id, string state, string act) => new(RuntimeRules.WrongState,
        Place.Of(noun, id.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        noun, id.ToString(System.Globalization.CultureInfo.InvariantCulture), state, act,
        Subject.Named(noun).Shown);
}

/// <summary>The roles a person may hold in a ledger.</summary>
public static class Roles
{
    /// <summary>劳资专管员: approves payrolls (Decree 724 art. 28).</summary>
    public const string WageAdministrator = "wage-administrator";
    /// <summary>Compiles payrolls and registers for the contractor or subcontractor.</summary>
    public const string Clerk = "clerk";
    /// <summary>Plans, funds and sends releases; hands over bank messages.</summary>
    public const string Treasurer = "treasurer";
    /// <summary>Decides what needs two people: evidence, keys, profiles.</summary>
    public const string Supervisor = "supervisor";

    public static IReadOnlyList<string> All { get; } = [Clerk, WageAdministrator, Treasurer, Supervisor];
}
