using System.Globalization;
using System.Text;
using Disbursement.BankAdapters.Keys;
using Disbursement.BankAdapters.Profiles;
using Disbursement.BankAdapters.Seams;
using Disbursement.Engine.Accounts;
using Disbursement.Engine.Audit;
using Disbursement.Engine.Calendars;
using Disbursement.Engine.Cards;
using Disbursement.Engine.Files;
using Disbursement.Engine.People;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;
using Disbursement.Engine.Runtime;
using Disbursement.Host.Storage;

namespace Disbursement.Host.Files;

/// <summary>
/// Takes a batch of card applications to its bank as a file goes: encode, seal, keep; commit Sending, journal, call
/// once, commit the outcome. What was not proved is Unknown.
/// </summary>
public sealed class CardDelivery(Composition composition, Settings settings, SendJournal journal)
{
    /// <summary>The batch as it stands afterwards, or why it did not go. One that went before is not sent again.
    /// </summary>
    public Decision<Outcome> Deliver(long ledger, long id)
    {
        if (Find(ledger, id) is not { } batch)
            return Decision<Outcome>.Refuse([Guard.NotFound("card", Text(id))]);
        if (batch.State == FileState.Built)
        {
            var made = Seal(ledger, batch);
            if (!made.Accepted) return made;
            batch = (CardBatchRow)made.Value.Result!;
        }
        if (batch.State == FileState.Sending && batch.LeaseUntil <= composition.Clock.Read())
            return composition.Runner.Run(ledger, new Command("card.expire-lease", ("batch", id)));
        return batch.State == FileState.Sealed ? Send(ledger, batch)
            : Decision<Outcome>.Accept(new Outcome(0, true, batch));
    }

    private Decision<Outcome> Seal(long ledger, CardBatchRow batch)
    {
        Decision<SealedMessage> made;
        using (var view = composition.Store.Read(ledger)) made = Encoded(view, batch);
        if (!made.Accepted) return Decision<Outcome>.Refuse(made.Findings);
        var command = new Command("card.seal", ("batch", batch.Batch))
            .With(new InputDocument(CardSending.Body, made.Value.Body, Personal: true));
        if (made.Value.Signature is { } signature)
            command = command.With(new InputDocument(CardSending.Signature, signature));
        return composition.Runner.Run(ledger, command);
    }

    private Decision<SealedMessage> Encoded(LedgerView view, CardBatchRow batch)
    {
        var profile = Profile(view, batch);
        var catalogue = composition.Adapters.Catalogue;
        var encoder = catalogue.CardWriter(profile.Cards?.Request.Codec ?? "")
            ?? throw new DefectException($"profile {profile.Id} has no form of cards");
        var envelope = catalogue.Envelope(profile.Envelope.Kind)
            ?? throw new DefectException($"no envelope {profile.Envelope.Kind}");
        var keys = new ReferencedKeyRing(settings.Keys);
        if (new FileSealing(composition, settings).KeyTrouble(keys, profile.Envelope) is { } trouble)
            return Decision<SealedMessage>.Refuse([trouble]);
        using var body = new MemoryStream();
        var errors = encoder.Encode(profile, Plan(view, batch), Applications(view, profile, batch), body);
        return errors.Count == 0 ? FileSealing.Sealed(envelope, body.ToArray(), keys, profile.Envelope)
            : Decision<SealedMessage>.Refuse([.. errors.Select(e => new Finding(CardRules.NotEncodable,
                new Place($"card {Text(batch.Batch)}", e.Line, e.Field, ""), Text(batch.Batch), Text(e.Line), e.Field,
                e.Reason))]);
    }

    private static CardPlan Plan(LedgerView view, CardBatchRow batch)
    {
        var wage = view.Find<WageAccountRow>(("account", batch.Account))!;
        var bank = view.Find<BankAccountRow>(("bank_account", wage.BankAccount))!;
        var payer = BankAccountText.Open(view.Vault, bank);
        return new CardPlan(batch.Reference, payer.Number, payer.Name, payer.CustomerId,
            ChinaTime.LocalOf(batch.BuiltAt), checked((int)batch.Lines));
    }

    /// <summary>A worker erased meanwhile has no name: the encoder refuses the row.</summary>
    private static IEnumerable<CardApplication> Applications(LedgerView view, BankProfile profile, CardBatchRow batch)
    {
        foreach (var line in view.Queries.CardLines(batch.Batch))
        {
            var worker = WorkerText.Open(view.Vault, line.Worker, line.Secret, line.Sealed)
                ?? new WorkerText("", "", "");
            yield return new CardApplication(checked((int)line.RowReference),
                FileReference.Row(line.RowReference, profile.Limits.RowReferenceWidth), worker.Name, worker.Identity,
                worker.Phone);
        }
    }

    private Decision<Outcome> Send(long ledger, CardBatchRow batch)
    {
        if (Recovery.Refusal(composition.Store, journal, ledger) is { } refused)
            return Decision<Outcome>.Refuse([refused]);
        BankProfile profile;
        SealedMessage message;
        using (var view = composition.Store.Read(ledger))
        {
            profile = Profile(view, batch);
            var signature = batch.SignatureDocument is { } digest ? view.Vault.Open(digest) : null;
            message = SealedMessage.Of(view.Vault.Open(batch.SealedDocument!)
                ?? throw new DefectException($"batch {batch.Reference}: its sealed bytes are not there"), signature,
                composition.Adapters.Catalogue.SignatureSuffix(profile.Envelope.Kind));
        }
        // Before the batch is Sending: a bank that cannot be reached by any link was not asked.
        var link = BankLinks.Of(settings, profile);
        if (!link.Accepted) return Decision<Outcome>.Refuse(link.Findings);
        using var session = link.Value as IDisposable;
        journal.TryBegin();
        var sending = composition.Runner.Run(ledger, new Command("card.send", ("batch", batch.Batch)));
        if (!sending.Accepted) return sending;
        var sent = (CardBatchRow)sending.Value.Result!;
        // No record in the journal, no call: then no byte left, and that is proved.
        var result = HandingOver.Of(() => journal.Append(ledger, sent, message.Body.Span), sent.Reference, sent.Name,
            message, link.Value, tooLate: () => composition.Clock.ReadAnew() >= sent.LeaseUntil);
        // No batch goes a second time once a call was made: what stands there is of a history this database has lost.
        var taken = result.NameTaken;
        if (taken) result = result with { Outcome = SendOutcome.Unknown };
        (string, object)[] said = [("batch", batch.Batch), ("version", sent.Version), ("result", result.Outcome)];
        var told = composition.Runner.Run(ledger, new Command("card.sent", taken ? [.. said, ("taken", 1)] : said)
            .With(new InputDocument(FileSent.Detail,
                Encoding.UTF8.GetBytes($"{sent.Reference} {Text(sent.Version)}\n{result.Detail}\n"))));
        var more = taken ? new Finding(FileRules.NameTaken, Place.Of("card", sent.Reference), sent.Reference)
            : HandingOver.Told("card", sent.Reference, result);
        return more is null || !told.Accepted ? told
            : Decision<Outcome>.Accept(told.Value, [.. told.Findings, more]);
    }

    /// <summary>The profile in the version the batch was made up by.</summary>
    private static BankProfile Profile(LedgerView view, CardBatchRow batch) =>
        FileRows.Profile(view, batch.Profile, batch.ProfileVersion);

    private CardBatchRow? Find(long ledger, long id)
    {
        using var view = composition.Store.Read(ledger);
        return view.Find<CardBatchRow>(("batch", id));
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
