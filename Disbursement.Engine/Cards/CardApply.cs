using Disbursement.Engine.Accounts;
using Disbursement.Engine.Files;
using Disbursement.Engine.People;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Restores;
using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.Cards;

/// <summary>
/// card.apply: cards (安康卡) are applied for, of every worker on a project's site who has no payee account and is not
/// applied for already. Batches are cut by the bank's rows per file.
/// </summary>
/// <remarks>Argument project, its code. Source: the card is issued free of charge by a partner bank, and organised by
/// whoever registers the worker, within 15 days of the contract (Guizhou's rules on AnKang cards); its lack never holds
/// a wage back.</remarks>
public sealed class CardApply(IBankTermsReader terms) : ICommandHandler
{
    public string Verb => "card.apply";

    public Decision<Changes> Decide(DecisionContext context)
    {
        if (Guard.Actor(context, Roles.Clerk) is { } unfit) return Decision<Changes>.Refuse([unfit]);
        var code = context.Command.Text("project");
        if (context.Rows.List<ProjectRow>(("code", code)) is not [var project])
            return Decision<Changes>.Refuse([Guard.NotFound("project", code)]);
        var account = context.Rows.List<WageAccountRow>(("project", project.Project))[0];
        var bank = PayerBank.Of(context, terms, account.Account);
        var at = Place.Of("--project", code);
        if (!bank.Terms.TakesCards)
            return Decision<Changes>.Refuse(CardRules.NotOffered, at, bank.Bank.Profile);
        var applicants = context.Queries.CardApplicants(project.Project, context.Today);
        if (applicants.Count == 0) return Decision<Changes>.Refuse(CardRules.NobodyWithout, at, code);
        var changes = new Changes();
        var batches = new List<CardBatchRow>();
        var applications = new List<CardApplicationRow>();
        foreach (var some in applicants.Chunk(bank.Terms.RowsPerFile))
        {
            var batch = Batch(context, project.Project, bank, some.Length);
            batches.Add(batch);
            applications.AddRange(some.Select((applicant, i) => new CardApplicationRow
            {
                Batch = batch.Batch,
                RowReference = i + 1,
                Worker = applicant.Worker,
            }));
        }
        changes.Insert(batches).Insert(applications).Count("batches", batches.Count).Count("lines", applicants.Count);
        changes.Result = batches;
        return Decision<Changes>.Accept(changes);
    }

    private static CardBatchRow Batch(DecisionContext context, long project, PayerBank bank, int lines)
    {
        var id = context.NextId("file");
        var reference = FileReference.Of(RestoreLock.Epoch(context), context.Ledger, id,
            bank.Terms.BatchReferenceWidth);
        return new CardBatchRow
        {
            Batch = id,
            Version = 1,
            Project = project,
            Account = bank.Account.Account,
            Profile = bank.Bank.Profile,
            ProfileVersion = bank.ProfileVersion,
            Reference = reference,
            Name = bank.Terms.NamePattern.Replace("{reference}", CardPlan.Named(reference), StringComparison.Ordinal),
            Person = context.Actor!.Person,
            State = FileState.Built,
            BuiltAt = context.At,
            Lines = lines,
            LinesOpen = lines,
            LinesIssued = 0,
            LinesRefused = 0,
        };
    }
}
