using System.Text;
using Disbursement.Engine.Erasure;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;
using NodaTime;

namespace Disbursement.Engine.People;

/// <summary>
/// payee.approve: a second person lets payee accounts take effect. Arguments: worker and version, or document, a
/// roster's digest, for all its pending ones but those the same person proposed.
/// </summary>
public sealed class PayeeApprove : ICommandHandler
{
    /// <summary>
    /// How long a changed account waits: whoever holds a worker's papers must not have the next wage at once. No source
    /// gives the number; a first account has nobody to take it from.
    /// </summary>
    public static readonly Duration PayeeCooling = Duration.FromHours(24);

    public string Verb => "payee.approve";

    public Decision<Changes> Decide(DecisionContext context)
    {
        if (Guard.Actor(context) is { } unsigned) return Decision<Changes>.Refuse([unsigned]);
        return context.Command.Find("document") is { } document
            ? Approve(context, context.Queries.PendingPayees(document), Place.Of("document", document),
                context.Rows.Count<PayeeAccountRow>(("document", document)) > 0)
            : One(context, context.Command.Number("worker"), context.Command.Number("version"));
    }

    private static Decision<Changes> One(DecisionContext context, long worker, long version)
    {
        var id = FormattableString.Invariant($"{worker}/{version}");
        if (context.Rows.Find<PayeeAccountRow>(("worker", worker), ("version", version)) is not { } payee)
            return Decision<Changes>.Refuse([Guard.NotFound("payee", id)]);
        var pending = context.Rows.Find<PayeeApprovalRow>(("worker", worker), ("version", version)) is null;
        return Approve(context, pending ? [payee] : [], Place.Of("payee", id), known: true);
    }

    private static Decision<Changes> Approve(
        DecisionContext context, IReadOnlyList<PayeeAccountRow> pending, Place at, bool known)
    {
        if (pending.Count == 0)
            return known
                ? Decision<Changes>.Accept(Changes.Repeated(Array.Empty<PayeeApprovalRow>()))
                : Decision<Changes>.Refuse(RegisterRules.NothingPending, at);
        foreach (var proposer in pending.Select(p => p.ProposedBy).Distinct())
            if (Guard.OtherPerson(context, proposer) is { } same) return Decision<Changes>.Refuse([same]);
        var approvals = pending.Select(p => new PayeeApprovalRow
        {
            Worker = p.Worker,
            Version = p.Version,
            ApprovedBy = context.Actor!.Person,
            EffectiveAt = p.Version == 1 ? context.At : context.At + PayeeCooling,
        }).ToList();
        var changes = new Changes { Result = approvals };
        return Decision<Changes>.Accept(changes.Insert(approvals).Count("payees", approvals.Count));
    }
}

/// <summary>The document of one account: "account", "holder", "bank" and "bank-code" lines.</summary>
public sealed record PayeeChangeText(string Account, string Holder, string BankName, string BankCode)
{
    public const string Kind = "payee-account";

    public InputDocument Document() => new(Kind, Encoding.UTF8.GetBytes(
        $"account {Account}\nholder {Holder}\nbank {BankName}\nbank-code {BankCode}\n"), Personal: true);

    /// <summary>The document's fields, or null for any other bytes.</summary>
    public static PayeeChangeText? Parse(ReadOnlySpan<byte> bytes)
    {
        string[] names = ["account ", "holder ", "bank ", "bank-code "];
        var lines = Encoding.UTF8.GetString(bytes).Split('\n');
        if (lines.Length != 5 || lines[4].Length > 0) return null;
        for (var i = 0; i < names.Length; i++)
            if (!lines[i].StartsWith(names[i], StringComparison.Ordinal) || lines[i].Length == names[i].Length)
                return null;
        var values = names.Select((name, i) => lines[i][name.Length..]).ToArray();
        return new PayeeChangeText(values[0], SheetText.WithMiddleDot(values[1]), values[2], values[3]);
    }
}

/// <summary>payee.change: a new version of one worker's account; it waits for approval. Argument: worker.</summary>
public sealed class PayeeChange : ICommandHandler
{
    public string Verb => "payee.change";

    public Decision<Changes> Decide(DecisionContext context)
    {
        if (Guard.Actor(context) is { } unsigned) return Decision<Changes>.Refuse([unsigned]);
        var worker = context.Command.Number("worker");
        if (context.Rows.Find<WorkerRow>(("worker", worker)) is null)
            return Decision<Changes>.Refuse([Guard.NotFound("worker", context.Command.Text("worker"))]);
        if (context.Rows.Find<ErasureRow>(("worker", worker)) is not null)
            return Decision<Changes>.Refuse(ErasureRules.WorkerErased, Place.Of("worker", $"{worker}"), $"{worker}");
        if (PayeeChangeText.Parse(context.Input(PayeeChangeText.Kind)!.Content.Span) is not { } wanted)
            return Decision<Changes>.Refuse(RegisterRules.PayeeUnreadable, Place.Of("worker", $"{worker}"));
        if (wanted.Account.Length is < 8 or > 32 || !Digits.All(wanted.Account))
            return Decision<Changes>.Refuse(PeopleRules.AccountNotDigits, Place.Of("--account", wanted.Account));
        var findings = Warnings(context, worker, wanted);
        var text = new PayeeText(wanted.Account, wanted.Holder, wanted.BankName);
        var versions = context.Rows.List<PayeeAccountRow>(("worker", worker));
        if (versions is [.., var last] && last.BankCode == wanted.BankCode
            && PayeeText.Open(context.Vault, worker, last.Version, last.Sealed) == text)
            return Decision<Changes>.Accept(Changes.Repeated(last), findings);
        var version = versions.Count + 1;
        var payee = new PayeeAccountRow
        {
            Worker = worker,
            Version = version,
            AccountHash = context.Vault.AccountHash(wanted.Account),
            BankCode = wanted.BankCode,
            Sealed = text.Seal(context.Vault, worker, version),
            ProposedBy = context.Actor!.Person,
            Document = context.InputDigest(PayeeChangeText.Kind),
        };
        return Decision<Changes>.Accept(new Changes { Result = payee }.Insert(payee), findings);
    }

    /// <summary>One card for several people, and check digits: told, never a reason to hold a wage.</summary>
    private static List<Finding> Warnings(DecisionContext context, long worker, PayeeChangeText wanted)
    {
        var at = Place.Of("--account", wanted.Account);
        var findings = new List<Finding>();
        var other = context.Rows.List<PayeeAccountRow>(("account_hash", context.Vault.AccountHash(wanted.Account)))
            .FirstOrDefault(p => p.Worker != worker);
        if (other is not null) findings.Add(new Finding(RegisterRules.CardOfOther, at, $"{other.Worker}"));
        if (!BankCard.IsValid(wanted.Account)) findings.Add(new Finding(PeopleRules.CardCheck, at));
        if (!CnapsNumber.IsValid(wanted.BankCode))
            findings.Add(new Finding(PeopleRules.BankCodeCheck, Place.Of("--bank-code", wanted.BankCode)));
        return findings;
    }
}
