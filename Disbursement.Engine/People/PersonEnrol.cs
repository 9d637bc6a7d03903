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
            return known.PublicKey == enrolment.KeyPem
                ? Decision<Changes>.Accept(Changes.Repeated(known))
                : Decision<Changes>.Refuse(PersonRules.HandleTaken, Place.Of("person", handle), handle);
        var first = context.Rows.Count<PersonRow>() < 2;
        return first
            ? Decision<Changes>.Accept(Enrolled(context, new Changes(), handle, enrolment))
            : TwoPeople.Decide(context, $"person/{handle}", context.InputDigest(Enrolment.Kind),
                changes => Decision<Changes>.Accept(Enrolled(context, changes, handle, enrolment)));
    }

    private static Changes Enrolled(DecisionContext context, Changes changes, string handle, Enrolment enrolment)
    {
        var id = context.NextId("person");
        var person = new PersonRow
        {
            Person = id,
            Handle = handle,
            IdentityHash = context.Vault.Hash("identity",
                Encoding.UTF8.GetBytes(IdentityNumber.Canonical(enrolment.Identity))),
            Roles = context.Command.Text("roles"),
            Algorithm = enrolment.Algorithm,
            PublicKey = enrolment.KeyPem,
            Sealed = context.Vault.SealField($"person/{id}", "person",
                $"{enrolment.Name}\n{IdentityNumber.Canonical(enrolment.Identity)}"),
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

    public static IReadOnlyList<RefusalRule> All => [EnrolmentUnreadable, HandleTaken];
}
