using Disbursement.BankAdapters.Envelopes;
using Disbursement.BankAdapters.Keys;
using Disbursement.BankAdapters.Profiles;
using Disbursement.BankAdapters.Seams;
using Disbursement.Engine.Calendars;
using Disbursement.Engine.Files;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;
using Disbursement.Host.Storage;

namespace Disbursement.Host.Files;

/// <summary>
/// Asks a bank what became of a file, where its profile has a question: keep the question, commit, hand it over. What
/// the bank answers is taken as every message is. A lost question costs nothing: another is asked under another number.
/// </summary>
public sealed class FileAsking(Composition composition, Settings settings)
{
    /// <summary>What the handing over came to, or why nothing was asked; null where the bank takes no
    /// question.</summary>
    public Decision<SendResult>? Ask(long ledger, long file, ITransport transport)
    {
        Decision<SealedMessage> made;
        DisbursementFileRow row;
        BankProfile profile;
        long number;
        using (var view = composition.Store.Read(ledger))
        {
            row = FileRows.Find(view, file)!;
            profile = FileRows.Profile(view, row);
            if (profile.Queries?.File is not { } form) return null;
            number = view.Count<FileQueryRow>(("file", file)) + 1;
            made = Question(view, row, profile, form, number);
        }
        if (!made.Accepted) return Decision<SendResult>.Refuse(made.Findings);
        var command = new Command("file.query", ("file", file), ("query", number))
            .With(new InputDocument(FileQuery.Body, made.Value.Body, Personal: true));
        if (made.Value.Signature is { } signature)
            command = command.With(new InputDocument(FileQuery.Signature, signature));
        var kept = composition.Runner.Run(ledger, command);
        if (!kept.Accepted) return Decision<SendResult>.Refuse(kept.Findings);
        return Decision<SendResult>.Accept(transport.Send(NameOf(profile, row, number), made.Value));
    }

    /// <summary>The name a question goes and is answered under: <c>REFERENCE-query-N</c> in the bank's pattern.
    /// </summary>
    public static string NameOf(BankProfile profile, DisbursementFileRow file, long number) =>
        profile.Transport.NamePattern.Replace("{reference}", $"{file.Reference}-query-{number}",
            StringComparison.Ordinal);

    private Decision<SealedMessage> Question(LedgerView view, DisbursementFileRow file, BankProfile profile,
        FileForm form, long number)
    {
        var asker = composition.Adapters.Catalogue.Asker(form.Codec)
            ?? throw new DefectException($"no questions by {form.Codec}");
        var envelope = composition.Adapters.Catalogue.Envelope(profile.Envelope.Kind)
            ?? throw new DefectException($"no envelope {profile.Envelope.Kind}");
        var keys = new ReferencedKeyRing(settings.Keys);
        if (new FileSealing(composition, settings).KeyTrouble(keys, profile.Envelope) is { } trouble)
            return Decision<SealedMessage>.Refuse([trouble]);
        var plan = FileSealing.Plan(view, file);
        var now = ChinaTime.LocalOf(composition.Clock.Read());
        var sent = file.FirstSentAt is { } first ? ChinaTime.DayOf(first) : plan.ExecutionDate;
        // NTAGCINY: by the day of handing in, a span of at most a week.
        var last = now.Date > sent.PlusDays(6) ? sent.PlusDays(6) : now.Date < sent ? sent : now.Date;
        var question = new BankQuestion(FileQuery.ReferenceOf(file, number), file.Reference, plan.PayerAccount,
            plan.PayerName, plan.PayerBankCode, plan.CustomerId, now, sent, last);
        using var body = new MemoryStream();
        var errors = asker.Encode(profile, form, question, body);
        return errors.Count == 0 ? FileSealing.Sealed(envelope, body.ToArray(), keys, profile.Envelope)
            : Decision<SealedMessage>.Refuse([.. errors.Select(e => new Finding(SealingRules.NotEncodable,
                Place.Of(e.Field, e.Value), "", "", e.Field, e.Reason))]);
    }
}
