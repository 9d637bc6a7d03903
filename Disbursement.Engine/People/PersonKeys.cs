using System.Text;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.People;

/// <summary>A person's later key, or its revocation; the first key stands with the person.</summary>
[Table("person_key", "ledger person version", Unique = ["public_key", "proposal"])]
public sealed record PersonKeyRow : IFactRow
{
    public long Ledger { get; set; }
    public required long Person { get; init; }

    /// <summary>From 2: version 1 is the key of the enrolment. The newest is the one in force.</summary>
    public required long Version { get; init; }

    /// <summary>Null where the key was revoked and no other has taken its place yet.</summary>
    public string? Algorithm { get; init; }
    public string? PublicKey { get; init; }

    /// <summary>What two people decided; null where the person revoked their own key.</summary>
    public long? Proposal { get; init; }
}

/// <summary>The key a person signs with now: of a replay, at the moment of the leaf that is decided again.</summary>
public sealed record KeyInForce(long Version, string Algorithm, string Pem)
{
    /// <summary>Null where it was revoked.</summary>
    public static KeyInForce? Of(IRowReader rows, PersonRow person) => Of(rows, person, out _);

    /// <param name="former">Keys that were in force before, oldest first.</param>
    public static KeyInForce? Of(IRowReader rows, PersonRow person, out IReadOnlyList<KeyInForce> former)
    {
        var later = rows.List<PersonKeyRow>(("person", person.Person));
        List<KeyInForce> all = [new(1, person.Algorithm, person.PublicKey),
            .. later.Where(k => k.PublicKey is not null)
                .Select(k => new KeyInForce(k.Version, k.Algorithm!, k.PublicKey!))];
        if (later is [.., { PublicKey: null }])
        {
            former = all;
            return null;
        }
        former = all[..^1];
        return all[^1];
    }

    /// <summary>Newest version, of a key or of a revocation.</summary>
    public static long Newest(IRowReader rows, PersonRow person) =>
        rows.List<PersonKeyRow>(("person", person.Person)) is [.., var last] ? last.Version : 1;

    /// <summary>Who holds this key or has ever held it.</summary>
    public static PersonRow? Holder(IRowReader rows, string pem)
    {
        var people = rows.List<PersonRow>();
        return people.FirstOrDefault(p => Same(p.PublicKey, pem))
            ?? (rows.List<PersonKeyRow>().FirstOrDefault(k => k.PublicKey is { } key && Same(key, pem)) is { } later
                ? people.First(p => p.Person == later.Person) : null);
    }

    /// <summary>The same key, however its text is broken into lines.</summary>
    public static bool Same(string one, string other) => Body(one) == Body(other);

    private static string Body(string pem) => string.Concat(pem.Split('\n')
        .Where(l => !l.StartsWith("-----", StringComparison.Ordinal))
        .SelectMany(l => l).Where(c => !char.IsWhiteSpace(c)));
}

/// <summary>
/// person.rekey: a person's new key, by two people (L7). Whoever still has the old key may be one of them; for whoever
/// lost it two others decide. The new key is in force from this decision on; what the old one signed stays signed.
/// </summary>
/// <remarks>Argument person; input kind key-change: "person", "algorithm" and "key" lines, the key PEM, last.</remarks>
public sealed class PersonRekey : ICommandHandler
{
    public const string Input = "key-change";

    public string Verb => "person.rekey";

    /// <summary>The document both people put their name to.</summary>
    public static InputDocument Document(string handle, string algorithm, string pem) => new(Input,
        Encoding.UTF8.GetBytes($"person {handle}\nalgorithm {algorithm}\nkey\n{pem}"), Personal: false);

    public Decision<Changes> Decide(DecisionContext context)
    {
        if (Guard.Actor(context) is { } unsigned) return Decision<Changes>.Refuse([unsigned]);
        var handle = context.Command.Text("person");
        if (context.Rows.Find<PersonRow>(("handle", handle)) is not { } person)
            return Decision<Changes>.Refuse([Guard.NotFound("person", handle)]);
        if (Read(context, handle) is not { } asked)
            return Decision<Changes>.Refuse(PersonRules.KeyChangeUnreadable, Place.Of("person", handle));
        if (asked.Algorithm is not (Enrolment.Ed25519 or Enrolment.Sm2))
            return Decision<Changes>.Refuse(PersonRules.AlgorithmUnknown, Place.Of("algorithm", asked.Algorithm),
                asked.Algorithm);
        if (KeyInForce.Of(context.Rows, person) is { } now && KeyInForce.Same(now.Pem, asked.Pem))
            return Decision<Changes>.Accept(Changes.Repeated(person));
        if (KeyInForce.Holder(context.Rows, asked.Pem) is { } holder)
            return Decision<Changes>.Refuse(PersonRules.KeyTaken, Place.Of("--public-key", ""), holder.Handle);
        var version = KeyInForce.Newest(context.Rows, person) + 1;
        // The version too: a word given before another change of the key does not decide the next one.
        return TwoPeople.Decide(context, $"person/{handle}", $"{context.InputDigest(Input)} {version}", changes =>
        {
            changes.Result = person;
            return Decision<Changes>.Accept(changes.Insert(new PersonKeyRow
            {
                Person = person.Person,
                Version = version,
                Algorithm = asked.Algorithm,
                PublicKey = asked.Pem,
                Proposal = ProposalOf(changes),
            }));
        });
    }

    private static (string Algorithm, string Pem)? Read(DecisionContext context, string handle)
    {
        if (context.Input(Input) is not { } document) return null;
        var lines = Encoding.UTF8.GetString(document.Content.Span).Split('\n', 4);
        return lines.Length == 4 && lines[0] == $"person {handle}"
            && lines[1].StartsWith("algorithm ", StringComparison.Ordinal) && lines[2] == "key"
            ? (lines[1][10..], lines[3]) : null;
    }

    /// <summary>The proposal that this decision closes.</summary>
    internal static long ProposalOf(Changes changes) =>
        changes.Sets.OfType<RowSet<ProposalRow>>().Single().Rows[0].Proposal;
}

/// <summary>
/// person.revoke: a person's key counts no more, at once by the person's own signature, else by two people (L7). The
/// person signs nothing until two people put a new key in its place. Two others must remain who can sign: a ledger that
/// nobody can decide in is lost.
/// </summary>
/// <remarks>Argument person.</remarks>
public sealed class PersonRevoke : ICommandHandler
{
    /// <summary>Fewer could never decide anything that needs two people.</summary>
    private const int FewestWhoSign = 2;

    public string Verb => "person.revoke";

    public Decision<Changes> Decide(DecisionContext context)
    {
        if (Guard.Actor(context) is { } unsigned) return Decision<Changes>.Refuse([unsigned]);
        var handle = context.Command.Text("person");
        if (context.Rows.Find<PersonRow>(("handle", handle)) is not { } person)
            return Decision<Changes>.Refuse([Guard.NotFound("person", handle)]);
        if (KeyInForce.Of(context.Rows, person) is null) return Decision<Changes>.Accept(Changes.Repeated(person));
        var others = context.Rows.List<PersonRow>().Where(p => p.IdentityHash != person.IdentityHash
            && KeyInForce.Of(context.Rows, p) is not null).DistinctBy(p => p.IdentityHash).Count();
        if (others < FewestWhoSign)
            return Decision<Changes>.Refuse(PersonRules.TwoMustRemain, Place.Of("person", handle), handle, $"{others}");
        var revoked = new PersonKeyRow
        {
            Person = person.Person,
            Version = KeyInForce.Newest(context.Rows, person) + 1,
        };
        if (context.Actor!.Person == person.Person)
            return Decision<Changes>.Accept(new Changes { Result = person }.Insert(revoked));
        return TwoPeople.Decide(context, $"person/{handle}", $"{revoked.Version}", changes =>
        {
            changes.Result = person;
            return Decision<Changes>.Accept(
                changes.Insert(revoked with { Proposal = PersonRekey.ProposalOf(changes) }));
        });
    }
}
