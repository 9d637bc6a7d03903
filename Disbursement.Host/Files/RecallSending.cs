using System.Globalization;
using System.Text;
using Disbursement.BankAdapters.Keys;
using Disbursement.BankAdapters.Profiles;
using Disbursement.BankAdapters.Seams;
using Disbursement.Engine.Audit;
using Disbursement.Engine.Calendars;
using Disbursement.Engine.Files;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Recalls;
using Disbursement.Engine.Runtime;
using Disbursement.Host.Storage;

namespace Disbursement.Host.Files;

/// <summary>
/// Takes a recall (撤销) that two people decided to the bank: encode and sign, keep the bytes, journal, call, keep what
/// the call came to. Whatever dies in between, the same bytes go again: a request pays nobody, and its number tells the
/// bank that it is the same one.
/// </summary>
public sealed class RecallSending(Composition composition, Settings settings, SendJournal journal,
    Func<BankProfile, Decision<ITransport>> links)
{
    /// <summary>Recalls that did not reach the bank's side and still have something to call back.</summary>
    public IReadOnlyList<RecallRow> Outstanding(long ledger)
    {
        using var view = composition.Store.Read(ledger);
        return [.. view.List<RecallRow>().GroupBy(r => r.File)
            .Where(g => FileRows.Find(view, g.Key) is { LinesOpen: > 0 })
            .SelectMany(g => RecallBook.Of(view, g.Key)).Where(r => !r.IsHandedOver && !r.IsAnswered)
            .Select(r => r.Row)];
    }

    /// <summary>Seals where that is not done, and sends once. What was handed over before is the answer.</summary>
    public Decision<Outcome> Send(long ledger, RecallRow recall)
    {
        if (Recovery.Refusal(composition.Store, journal, ledger) is { } refused)
            return Decision<Outcome>.Refuse([refused]);
        var load = Load(ledger, recall);
        if (load.Known.IsHandedOver)
            return Decision<Outcome>.Accept(new Outcome(0, true, load.Known.Sendings[^1]));
        var link = links(load.Profile);
        if (!link.Accepted) return Decision<Outcome>.Refuse(link.Findings);
        using var session = link.Value as IDisposable;
        if (load.Known.Seal is null)
        {
            var made = Seal(ledger, recall);
            if (!made.Accepted) return made;
            load = Load(ledger, recall);
        }
        var result = HandingOver.Of(() => journal.Append(ledger, load.File, recall, load.Message!.Body.Span),
            recall.Reference, recall.Name, load.Message!, link.Value);
        return composition.Runner.Run(ledger, new Command("recall.sent", ("file", recall.File),
            ("recall", recall.Recall), ("sending", load.Known.Sendings.Count + 1), ("result", result.Outcome))
            .With(new InputDocument(FileSent.Detail, Encoding.UTF8.GetBytes(string.Create(
                CultureInfo.InvariantCulture,
                $"{recall.Reference} {load.Known.Sendings.Count + 1}\n{result.Detail}\n")))));
    }

    private Decision<Outcome> Seal(long ledger, RecallRow recall)
    {
        var made = Encoded(ledger, recall);
        if (!made.Accepted) return Decision<Outcome>.Refuse(made.Findings);
        var command = new Command("recall.seal", ("file", recall.File), ("recall", recall.Recall))
            .With(new InputDocument(RecallSeal.Body, made.Value.Body, Personal: true));
        if (made.Value.Signature is { } signature)
            command = command.With(new InputDocument(RecallSeal.Signature, signature));
        return composition.Runner.Run(ledger, command);
    }

    private Decision<SealedMessage> Encoded(long ledger, RecallRow recall)
    {
        using var view = composition.Store.Read(ledger);
        var file = FileRows.Find(view, recall.File)!;
        var profile = Profile(view, file);
        var encoder = composition.Adapters.Catalogue.Recall(profile.Recall!.Codec)
            ?? throw new DefectException($"no recalls by {profile.Recall.Codec}");
        var envelope = composition.Adapters.Catalogue.Envelope(profile.Envelope.Kind)
            ?? throw new DefectException($"no envelope {profile.Envelope.Kind}");
        var keys = new ReferencedKeyRing(settings.Keys);
        if (new FileSealing(composition, settings).KeyTrouble(keys, profile.Envelope) is { } trouble)
            return Decision<SealedMessage>.Refuse([trouble]);
        var wanted = RecalledRows.Of(recall.Rows);
        IReadOnlyList<FileRow> rows = wanted.IsWhole ? []
            : [.. FileRows.Of(view, file.File).Where(r => wanted.Has(r.RowReference))];
        var erased = rows.Where(r => r.Secret is null).Select(r => new Finding(SealingRules.PayeeErased,
            new Place($"payroll {r.Payroll}", r.PayrollLine, "", ""), $"{r.Payroll}", $"{r.PayrollLine}")).ToList();
        if (erased.Count > 0) return Decision<SealedMessage>.Refuse(erased);
        var request = new RecallRequest(recall.Reference, FileSealing.Plan(view, file),
            [.. rows.Select(r => FileSealing.Credit(view, profile, r))], recall.Reason,
            ChinaTime.LocalOf(recall.AskedAt));
        using var body = new MemoryStream();
        var errors = encoder.Encode(profile, request, body);
        return errors.Count == 0 ? FileSealing.Sealed(envelope, body.ToArray(), keys, profile.Envelope)
            : Decision<SealedMessage>.Refuse([.. errors.Select(e => new Finding(RecallRules.NotEncodable,
                new Place("", e.Line, e.Field, e.Value), recall.Reference, e.Field, e.Reason))]);
    }

    /// <summary>The profile the file was made by, with the form of recalls, the envelope and the links of today: a bank
    /// may come to take recalls after the file went out.</summary>
    private static BankProfile Profile(LedgerView view, DisbursementFileRow file)
    {
        var newest = view.List<AdoptionRow>(("kind", Adopt.Profile), ("name", file.Profile))[^1];
        var today = BankProfile.Of(view.Vault.Open(newest.Document)!)!;
        return FileRows.Profile(view, file) with
        {
            Recall = today.Recall,
            Envelope = today.Envelope,
            Transport = today.Transport,
        };
    }

    private RecallLoad Load(long ledger, RecallRow recall)
    {
        using var view = composition.Store.Read(ledger);
        var file = FileRows.Find(view, recall.File)!;
        var known = RecallBook.Of(view, recall.File).First(r => r.Row.Recall == recall.Recall);
        var profile = Profile(view, file);
        if (known.Seal is not { } seal) return new RecallLoad(file, profile, known, null);
        var body = view.Vault.Open(seal.Document)
            ?? throw new DefectException($"recall {recall.Reference}: its sealed bytes are not there");
        var signature = seal.Signature is { } digest ? view.Vault.Open(digest) : null;
        return new RecallLoad(file, profile, known, SealedMessage.Of(body, signature,
            composition.Adapters.Catalogue.SignatureSuffix(profile.Envelope.Kind)));
    }

    /// <summary>A recall with its file, the profile it goes by, and its bytes once they are made.</summary>
    private sealed record RecallLoad(DisbursementFileRow File, BankProfile Profile, KnownRecall Known,
        SealedMessage? Message);
}
