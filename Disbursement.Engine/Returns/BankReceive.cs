using Disbursement.Engine.Audit;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.Returns;

/// <summary>bank.receive: a bank's message is kept byte for byte, before anything is made of it.</summary>
/// <remarks>Arguments profile and name; inputs the body and, where there is one, the detached signature.</remarks>
public sealed class BankReceive : ICommandHandler
{
    public const string Body = "bank-message";
    public const string Signature = "bank-signature";

    /// <summary>Kind under which a bank's certificate is adopted; its name is the profile's id.</summary>
    public const string Certificate = "bank-certificate";

    public string Verb => "bank.receive";

    public Decision<Changes> Decide(DecisionContext context)
    {
        var (profile, name) = (context.Command.Text("profile"), context.Command.Text("name"));
        if (context.Rows.Count<AdoptionRow>(("kind", Adopt.Profile), ("name", profile)) == 0)
            return Decision<Changes>.Refuse(ReturnsRules.ProfileUnknown, Place.Of("--profile", profile), profile);
        var digest = context.InputDigest(Body);
        var known = context.Rows.Find<BankMessageRow>(("document", digest), ("profile", profile), ("name", name));
        if (known is not null) return Decision<Changes>.Accept(Changes.Repeated(known));
        var message = new BankMessageRow
        {
            Message = context.NextId("message"),
            Profile = profile,
            Name = name,
            Document = digest,
            Signature = context.Input(Signature) is null ? null : context.InputDigest(Signature),
            ReceivedAt = context.At,
        };
        var progress = new MessageProgressRow
        {
            Message = message.Message,
            Version = 1,
            State = MessageState.Received,
            LinesApplied = 0,
            Exceptions = 0,
        };
        return Decision<Changes>.Accept(new Changes { Result = message }.Insert(message).Insert(progress));
    }
}
