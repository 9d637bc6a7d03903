using System.Text;
using Disbursement.Engine.Arrears;
using Disbursement.Engine.Calendars;
using Disbursement.Engine.People;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;
using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.Audit;

/// <summary>
/// ledger.adopt: a calendar, bank profile or rule pack comes into force, as a document of the ledger.
/// </summary>
/// <remarks>
/// At the ledger's opening, before anybody is enrolled, the shipped ones are adopted without approval, and a bank's
/// first certificate when its first message comes (specs/adr/0007); everything else takes two people.
/// </remarks>
public sealed class Adopt(IBankTermsReader terms) : ICommandHandler
{
    public const string Calendar = "calendar";
    public const string Profile = "bank-profile";
    public const string Rules = "rule-pack";

    public string Verb => "ledger.adopt";

    public Decision<Changes> Decide(DecisionContext context)
    {
        var kind = context.Command.Text("kind");
        var name = context.Command.Text("name");
        var digest = context.InputDigest(kind);
        var versions = context.Rows.List<AdoptionRow>(("kind", kind), ("name", name));
        if (versions.Count > 0 && versions[^1].Document == digest)
            return Decision<Changes>.Accept(Changes.Repeated(versions[^1]));
        if (Unreadable(kind, name, context.Input(kind)!.Content) is { Count: > 0 } unreadable)
            return Decision<Changes>.Refuse(unreadable);
        if (kind == BankReceive.Certificate
            && context.Rows.Count<AdoptionRow>(("kind", Profile), ("name", name)) == 0)
            return Decision<Changes>.Refuse(ReturnsRules.ProfileUnknown, Place.Of(kind, name), name);
        if (versions.Count == 0 && (kind == BankReceive.Certificate || context.Rows.Count<PersonRow>() == 0))
            return Decision<Changes>.Accept(Adopted(new Changes(), kind, name, 1, digest));
        return TwoPeople.Decide(context, $"{kind}/{name}", digest,
            changes => Decision<Changes>.Accept(Adopted(changes, kind, name, versions.Count + 1, digest)));
    }

    /// <summary>What is in force must be readable: later decisions take it as given.</summary>
    private IReadOnlyList<Finding> Unreadable(string kind, string name, ReadOnlyMemory<byte> bytes) => kind switch
    {
        Calendar => CalendarText.Parse(Encoding.UTF8.GetString(bytes.Span), name) is { Accepted: false } bad
            ? bad.Findings : [],
        Rules => RulePack.Parse(bytes.ToArray()) is { Accepted: false } bad ? bad.Findings : [],
        Profile => terms.Faults(name, bytes),
        _ => [],
    };

    private static Changes Adopted(Changes changes, string kind, string name, long version, string digest)
    {
        var row = new AdoptionRow { Kind = kind, Name = name, Version = version, Document = digest };
        changes.Result = row;
        return changes.Insert(row);
    }
}

/// <summary>What is told of documents that ship with the program.</summary>
public static class AdoptRules
{
    public static readonly RefusalRule ShippedWaits = new("ledger.shipped-waits", Severity.Finding,
        "随程序提供的 {0} {1} 本账本尚未采用", "{0} {1} ships with this program and is not in force in this ledger",
        "由两人各执行一次 init --ledger {2} --as 人员 --key 私钥文件, 即告采用; 单独采用用 ledger adopt",
        "Two people each run init --ledger {2} --as PERSON --key FILE: that adopts it; one alone goes by ledger adopt");

    public static IReadOnlyList<RefusalRule> All => [ShippedWaits];
}
