using System.Text;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.People;

/// <summary>The enrolment document: "name", "identity", "algorithm" and "key" lines; the key is PEM, last.</summary>
public sealed record Enrolment(string Name, string Identity, string Algorithm, string KeyPem)
{
    public const string Kind = "enrolment";

    public InputDocument Document() => new(Kind,
        Encoding.UTF8.GetBytes($"name {Name}\nidentity {Identity}\nalgorithm {Algorithm}\nkey\n{KeyPem}"),
        Personal: true);

    public static Enrolment? Parse(ReadOnlySpan<byte> bytes)
    {
        var lines = Encoding.UTF8.GetString(bytes).Split('\n', 5);
        return lines.Length == 5 && lines[0].StartsWith("name ", StringComparison.Ordinal)
            && lines[1].StartsWith("identity ", StringComparison.Ordinal)
            && lines[2].StartsWith("algorithm ", StringComparison.Ordinal)
            ? new Enrolment(lines[0][5..], lines[1][9..], lines[2][10..], lines[4])
            : null;
    }
}

/// <summary>
/// person.enrol: a person with a key and roles. The first two of a ledger need no approval;
/// then two enrolled people decide.
/// </summary>
public sealed class PersonEnrol : ICommandHandler
{
    public string Verb => "person.enrol";

    public Decision<Changes> Decide(DecisionContext context)
    {
        var handle = context.Command.Text("person");
        if (context.Input(Enrolment.Kind) is not { } document
            || Enrolment.Parse(document.Content.Span) is not { } enrolment)
            return Decision<Changes>.Refuse(PersonRules.EnrolmentUnreadable, Place.Of("person", handle));
        if (IdentifierRules.Identity(enrolment.Identity, Place.Of("--identity", enrolment.Identity)) is { } wrong)
            return Decision<Changes>.Refuse([wrong]);
        if (context.Rows.Find<PersonRow>(("handle", handle)) is { } known)
            return Differs(context, known, enrolment) is { } differs
                ? Decision<Changes>.Refuse([differs])
                : Decision<Changes>.Accept(Changes.Repeated(known));
        var first = context.Rows.Count<PersonRow>() < 2;
        return first
            ? Decision<Changes>.Accept(Enrolled(context, new Changes(), handle, enrolment))
            : TwoPeople.Decide(context, $"person/{handle}",
                // Both put their name to the roles too, not to the key alone.
                $"{context.InputDigest(Enrolment.Kind)} {RolesOf(context)}",
                changes => Decision<Changes>.Accept(Enrolled(context, changes, handle, enrolment)));
    }

    /// <summary>The first field in which a person enrolled before is asked for otherwise, or null.</summary>
    private static Finding? Differs(DecisionContext context, PersonRow known, Enrolment asked)
    {
        if (known.PublicKey != asked.KeyPem)
            return new Finding(PersonRules.HandleTaken, Place.Of("person", known.Handle), known.Handle);
        var sealedText = context.Vault.OpenField($"person/{known.Person}", "person", known.Sealed);
        var field = known.IdentityHash != IdentityHash(context, asked) ? "--identity"
            : sealedText is not null && sealedText != Text(asked) ? "--name"
            : Ordered(known.Roles) != Ordered(RolesOf(context)) ? "--roles"
            : null;
        return field is null ? null
            : new Finding(PersonRules.EnrolledOtherwise, Place.Of(field, ""), known.Handle, field);
    }

    private static string RolesOf(DecisionContext context) => context.Command.Text("roles");

    private static string Ordered(string roles) => string.Join(' ', roles.Split(' ').Order(StringComparer.Ordinal));

    private static string Text(Enrolment enrolment) =>
        $"{enrolment.Name}\n{IdentityNumber.Canonical(enrolment.Identity)}";

    private static string IdentityHash(DecisionContext context, Enrolment enrolment) => context.Vault.Hash("identity",
        Encoding.UTF8.GetBytes(IdentityNumber.Canonical(enrolment.Identity)));

    private static Changes Enrolled(DecisionContext context, Changes changes, string handle, Enrolment enrolment)
    {
        var id = context.NextId("person");
        var person = new PersonRow
        {
            Person = id,
            Handle = handle,
            IdentityHash = IdentityHash(context, enrolment),
            Roles = RolesOf(context),
            Algorithm = enrolment.Algorithm,
            PublicKey = enrolment.KeyPem,
            Sealed = context.Vault.SealField($"person/{id}", "person", Text(enrolment)),
        };
        changes.Result = person;
        return changes.Insert(person);
    }
}

/// <summary>Refusals about people with keys.</summary>
public static class PersonRules
{
    public static readonly RefusalRule EnrolmentUnreadable = new("person.enrolment-unreadable", Severity.Refusal,
        "登记资料不完整", "The enrolment is not complete",
        "给出姓名、身份证号、算法和公钥", "Give name, identity number, algorithm and public key");
    public static readonly RefusalRule HandleTaken = new("person.handle-taken", Severity.Refusal,
        "{0} 已用另一把密钥登记", "{0} is enrolled with another key",
        "换一个名称, 或由两人办理换钥", "Choose another name, or let two people change the key");

    public static readonly RefusalRule EnrolledOtherwise = new("person.enrolled-otherwise", Severity.Refusal,
        "{0} 登记时的 {1} 不同", "{0} is enrolled with another {1}",
        "用 person list 核对; 换一个名称登记", "Look at person list; enrol under another handle");

    public static IReadOnlyList<RefusalRule> All => [EnrolmentUnreadable, HandleTaken, EnrolledOtherwise];
}
