using System.Text;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.People;

/// <summary>The enrolment document: "name", "identity", "algorithm" and "key" lines; the key is PEM, last.</summary>
public sealed record Enrolment(string Name, string Identity, string Algorithm, string KeyPem)
{
    public const string Kind = "enrolment";

    /// <summary>The algorithms people sign with.</summary>
    public const string Ed25519 = "ed25519", Sm2 = "sm2-sm3";

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
/// <param name="version">1 asked of roles, algorithm, key and identity nothing: logs that were written so hold people
/// with two logins, and are decided again as they were.</param>
public sealed class PersonEnrol(int version = 2) : ICommandHandler
{
    public string Verb => "person.enrol";
    public int Version => version;

    public Decision<Changes> Decide(DecisionContext context)
    {
        var handle = context.Command.Text("person");
        if (context.Input(Enrolment.Kind) is not { } document
            || Enrolment.Parse(document.Content.Span) is not { } enrolment)
            return Decision<Changes>.Refuse(PersonRules.EnrolmentUnreadable, Place.Of("person", handle));
        if (IdentifierRules.Identity(enrolment.Identity, Place.Of("--identity", enrolment.Identity)) is { } wrong)
            return Decision<Changes>.Refuse([wrong]);
        if (Version > 1 && Unusable(context, enrolment) is { } unusable) return Decision<Changes>.Refuse([unusable]);
        if (context.Rows.Find<PersonRow>(("handle", handle)) is { } known)
            return Differs(context, known, enrolment) is { } differs
                ? Decision<Changes>.Refuse([differs])
                : Decision<Changes>.Accept(Changes.Repeated(known));
        if (Version > 1 && Taken(context, enrolment) is { } taken) return Decision<Changes>.Refuse([taken]);
        var first = context.Rows.Count<PersonRow>() < 2;
        return first
            ? Decision<Changes>.Accept(Enrolled(context, new Changes(), handle, enrolment))
            : TwoPeople.Decide(context, $"person/{handle}",
                // Both put their name to the roles too, not to the key alone.
                $"{context.InputDigest(Enrolment.Kind)} {RolesOf(context)}",
                changes => Decision<Changes>.Accept(Enrolled(context, changes, handle, enrolment)));
    }

    /// <summary>A role or algorithm that nothing here would ever accept.</summary>
    private static Finding? Unusable(DecisionContext context, Enrolment enrolment)
    {
        if (enrolment.Algorithm is not (Enrolment.Ed25519 or Enrolment.Sm2))
            return new Finding(PersonRules.AlgorithmUnknown, Place.Of("algorithm", enrolment.Algorithm),
                enrolment.Algorithm);
        return RolesOf(context).Split(' ').FirstOrDefault(r => !Roles.All.Contains(r)) is { } stranger
            ? new Finding(PersonRules.RoleUnknown, Place.Of("--roles", stranger), stranger, string.Join(' ', Roles.All))
            : null;
    }

    /// <summary>
    /// L7 counts people: a key that two hold, or a person with two logins, would be one person who is counted twice.
    /// </summary>
    private static Finding? Taken(DecisionContext context, Enrolment enrolment)
    {
        if (KeyInForce.Holder(context.Rows, enrolment.KeyPem) is { } holder)
            return new Finding(PersonRules.KeyTaken, Place.Of("--public-key", ""), holder.Handle);
        var identity = IdentityHash(context, enrolment);
        return context.Rows.List<PersonRow>().FirstOrDefault(p => p.IdentityHash == identity) is { } other
            ? new Finding(PersonRules.IdentityTaken, Place.Of("--identity", ""), other.Handle)
            : null;
    }

    /// <summary>The first field in which a person enrolled before is asked for otherwise, or null.</summary>
    private static Finding? Differs(DecisionContext context, PersonRow known, Enrolment asked)
    {
        if (!KeyInForce.Same(known.PublicKey, asked.KeyPem))
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
        "该名称属于已登记的人员; 另一人请用另一名称; 本人换密钥用 person rekey",
        "The handle is that person's; another person takes another; a new key of their own comes by person rekey");

    public static readonly RefusalRule EnrolledOtherwise = new("person.enrolled-otherwise", Severity.Refusal,
        "{0} 登记时的 {1} 不同", "{0} is enrolled with another {1}",
        "用 person list 核对; 已登记的资料不变", "Look at person list: what was enrolled stands");

    public static readonly RefusalRule AlgorithmUnknown = new("person.algorithm-unknown", Severity.Refusal,
        "不支持签名算法 {0}", "Nobody can sign with {0} here",
        "登记 ed25519 或 sm2-sm3 公钥", "Enrol a public key of ed25519 or sm2-sm3");
    public static readonly RefusalRule RoleUnknown = new("person.role-unknown", Severity.Refusal,
        "没有角色 {0}", "There is no role {0}",
        "从 {1} 中选择, 空格分隔", "Choose among {1}, separated by blanks");
    public static readonly RefusalRule KeyTaken = new("person.key-taken", Severity.Refusal,
        "该公钥已由 {0} 登记", "This public key is enrolled for {0}",
        "一人一钥: 由本人生成自己的密钥对, 登记其公钥", "One key, one person: let the person make a key pair of their own");
    public static readonly RefusalRule IdentityTaken = new("person.identity-taken", Severity.Refusal,
        "该身份证号已以 {0} 登记", "This identity number is enrolled as {0}",
        "一人只登记一次: 用 {0} 办理, 或核对身份证号", "A person is enrolled once: act as {0}, or check the identity number");

    public static readonly RefusalRule KeyChangeUnreadable = new("person.key-change-unreadable", Severity.Refusal,
        "换密钥的文书不完整, 或不是此人的", "The key change is not complete, or is another person's",
        "给出该人员、算法和公钥", "Give this person, algorithm and public key");
    public static readonly RefusalRule TwoMustRemain = new("person.two-must-remain", Severity.Refusal,
        "停用 {0} 的密钥后, 能签名的其他人员只有 {1} 人, 须由两人办理的事将无法办理",
        "Without the key of {0} only {1} other people can sign: nothing that needs two could be decided",
        "先用 person enroll 再登记一人, 或用 person rekey 直接换成新密钥",
        "Enroll another person first with person enroll, or put a new key in its place with person rekey");

    public static IReadOnlyList<RefusalRule> All =>
    [
        EnrolmentUnreadable, KeyChangeUnreadable, AlgorithmUnknown, RoleUnknown, HandleTaken, EnrolledOtherwise,
        KeyTaken, IdentityTaken, TwoMustRemain,
    ];
}
