using Disbursement.Engine.Audit;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Restores;
using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.Returns;

/// <summary>
/// statement.import: a statement that came outside of the exchange, without the bank's
/// signature, on a treasurer's word.
/// </summary>
/// <remarks>
/// Arguments profile and name; input the file. Statements only: a report needs the bank's own signature. One that names
/// a file this database does not know is an exception and books nothing; imported again after the recovery it does.
/// </remarks>
public sealed class StatementImport(IBankMessageReader reader) : ICommandHandler
{
    public string Verb => "statement.import";

    public Decision<Changes> Decide(DecisionContext context)
    {
        if (Guard.Actor(context, Roles.Treasurer) is { } finding) return Decision<Changes>.Refuse([finding]);
        var (profile, name) = (context.Command.Text("profile"), context.Command.Text("name"));
        if (Adopted.Open(context, Adopt.Profile, profile) is not { } adopted)
            return Decision<Changes>.Refuse(ReturnsRules.ProfileUnknown, Place.Of("--profile", profile), profile);
        var parts = new MessageParts();
        reader.Read(adopted, name, context.Input(BankReceive.Body)!.Content, parts);
        if (parts.Segments is not [{ Statement.IsBookable: true } segment])
            return Decision<Changes>.Refuse(ReturnsRules.NotAStatement, new Place(name, 0, "", ""));
        var document = context.InputDigest(BankReceive.Body);
        var (changes, log) = (new Changes(), new ExceptionLog(context, null, document));
        var ahead = AheadStatement.Of(context, profile, segment,
            context.Rows.List<BankExceptionRow>(("document", document)));
        var waits = ahead.Tell(log) || ahead.Told.Count > 0;
        if (!waits && ahead.Unmade is var (reference, lines))
            return Decision<Changes>.Refuse(RestoreRules.LinesWait, new Place(name, 0, "", ""), reference, $"{lines}");
        if (waits && log.Count == 0)
            return Decision<Changes>.Accept(Changes.Repeated(
                new MessageApplied(0, MessageState.Applying, null, 0, ahead.Told)));
        var booked = !waits && StatementBooks.Apply(context, changes, segment, document,
            reader.DebitsWholeFile(adopted), log, ahead.Foreign);
        var result = new MessageApplied(0, MessageState.Applied, null, booked ? segment.Entries.Count : 0, log.All);
        if (!booked && log.Count == 0) return Decision<Changes>.Accept(Changes.Repeated(result));
        changes.Result = result;
        return Decision<Changes>.Accept(changes.Insert(log.Rows).Count("exceptions", log.Count));
    }
}
