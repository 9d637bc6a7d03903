using System.Globalization;
using System.Text.Json;
using Disbursement.BankAdapters.Keys;
using Disbursement.BankAdapters.Profiles;
using Disbursement.BankAdapters.Sandbox;
using Disbursement.BankAdapters.Seams;
using Disbursement.Engine.Cards;
using Disbursement.Engine.Files;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Recalls;
using Disbursement.Engine.Returns;
using NodaTime;

namespace Disbursement.Host.Conformance;

/// <summary>The sandbox bank at the other end of a transport: a file, a question about it, a recall and card
/// applications go out, as far as the profile has them, and what the bank answers is opened and held, row by row,
/// against what it did. Only of shipped profiles: of another bank's form the sandbox bank knows nothing.</summary>
internal sealed class AnsweringBank
{
    private const string Reference = "SAMPLE0000000002";
    private const string Payer = "2402000000000000001";
    private static readonly BankDay s_day = new(new(2026, 1, 30), "2026-01-30T17:00:00");
    private static readonly BankDay s_nextDay = new(new(2026, 2, 2), "2026-02-02T17:00:00");

    /// <summary>Fates by account, as specs/sandbox-bank.md has them: paid, closed, kept silent about.</summary>
    private static readonly string[] s_fates = ["100001", "990002", "990006"];

    private readonly ConformanceSubject _subject;
    private readonly BankCatalogue _catalogue;
    private readonly ITransport _transport;
    private readonly SandboxBank _bank;
    private readonly Exchange _exchange;
    private readonly BankKeys _keys;
    private readonly PaymentPlan _plan;
    private readonly IReadOnlyList<CreditInstruction> _rows;

    private AnsweringBank(ConformanceSubject subject, BankCatalogue catalogue, ITransport transport, Partner partner,
        string root, string books, string keys)
    {
        (_subject, _catalogue, _transport) = (subject, catalogue, transport);
        _bank = new SandboxBank(partner, books);
        _exchange = new Exchange(root, partner);
        _keys = BankKeys.Read(keys, partner.Id, partner.Seal);
        _rows = [.. s_fates.Select((fate, i) => ConformanceSample.Row(Profile, i + 1) with
        { Account = $"621226000000{fate}{BankCard.CheckDigit("621226000000" + fate)}" })];
        _plan = ConformanceSample.Plan(Profile, _rows) with { Reference = Reference, PayerAccount = Payer };
        _bank.Post(new Posting(s_day.Date, s_day.At, "D1", "TRANSFER", Payer, 1_000_000, "样例建设单位",
            "6212260000000000025", "人工费用"));
    }

    private BankProfile Profile => _subject.Profile;

    /// <summary>The partner that knows the profile; null where it is not one that ships, or its envelope holds one
    /// form of text that its files have not.</summary>
    /// <param name="shipped">The profile as it was before another envelope was agreed on.</param>
    public static Partner? PartnerOf(BankProfile shipped, BankProfile profile)
    {
        if (Partner.Find(shipped.Id) is not { } partner
            || !Partner.Seals.TryGetValue(profile.Envelope.Kind, out var seal)
            || profile.Envelope is not { OurKey: var ours, BankCertificate: var bank }
            || (ours, bank) != ($"ours-{partner.Id}", $"bank-{partner.Id}")) return null;
        var isOther = shipped.Envelope.Kind != profile.Envelope.Kind;
        if (isOther && ConformanceSample.FormOf(profile.Envelope.Kind) is not null) return null;
        var file = Path.Combine(Shipped.Folder("profiles"), $"{shipped.Id}.json");
        return File.Exists(file) && BankProfile.Of(File.ReadAllBytes(file)) is { } own && Text(own) == Text(shipped)
            ? isOther ? partner.SealedBy(seal) : partner : null;

        static string Text(BankProfile p) => JsonSerializer.Serialize(p, BankProfile.Json);
    }

    /// <param name="root">Where the folders of the bank stand that the transport leads to.</param>
    /// <param name="keys">Folder of both sides' sample keys.</param>
    public static IReadOnlyList<ConformanceCheck> Of(ConformanceSubject subject, BankCatalogue catalogue,
        ITransport transport, Partner partner, string root, string keys)
    {
        var books = Directory.CreateTempSubdirectory("conformance-books-").FullName;
        try
        {
            return [.. new AnsweringBank(subject, catalogue, transport, partner, root, books, keys).Checks()];
        }
        finally
        {
            Directory.Delete(books, recursive: true);
        }
    }

    private IEnumerable<ConformanceCheck> Checks()
    {
        var encoder = _subject.Encoder;
        yield return Asked("the answers to a file say what became of each row", Reference,
            output => encoder.Encode(Profile, _plan, _rows, output), Reference + "-", IsAnswered);
        if (Profile.Queries?.File is { } form && _catalogue.Asker(form.Codec) is { } asker)
            yield return Asked("the answer to a question says what became of each row", $"{Reference}-query-1",
                output => asker.Encode(Profile, form, new BankQuestion("SAMPLE0000000002Q1", Reference, Payer,
                    _plan.PayerName, _plan.PayerBankCode, _plan.CustomerId, _plan.CreatedAt, _plan.ExecutionDate,
                    _plan.ExecutionDate), output), $"{Reference}-query-1", IsAnswered);
        if (Profile.Recall is { } recall && _catalogue.Recall(recall.Codec) is { } recalls)
            yield return Asked("the answer to a recall says which row was called back", $"{Reference}-recall-1",
                output => recalls.Encode(Profile, new RecallRequest(RecallRequest.ReferenceOf(Reference, 1), _plan,
                    [_rows[0], _rows[2]], RecallReason.Duplicate, _plan.CreatedAt), output),
                $"{Reference}-recall-1", read => Recalled(read, 0, RecallWord.Refused)
                    && Recalled(read, 2, RecallWord.Cancelled));
        if (_subject.Cards is { } cards) yield return Cards(cards);
        _bank.EndDay(_exchange, _keys, s_nextDay);
        yield return Read("a statement is read and adds up", BankProfile.StatementName,
            read => read is { Errors: 0, Statements: 1 });
    }

    /// <summary>A phone that ends with 44 is refused (specs/sandbox-bank.md).</summary>
    private ConformanceCheck Cards(ICardEncoder encoder)
    {
        const string Batch = "SAMPLE0000000003";
        var plan = new CardPlan(Batch, Payer, _plan.PayerName, _plan.CustomerId, _plan.CreatedAt, 2);
        CardApplication[] rows =
        [
            new(1, _rows[0].RowReference, "样例甲", "11010519491231002X", "13800000000"),
            new(2, _rows[1].RowReference, "样例乙", "11010519491231002X", "13800000044"),
        ];
        return Asked("the answer to card applications has an account or a reason for each", CardPlan.Named(Batch),
            output => encoder.Encode(Profile, plan, rows, output), $"{Batch}-cards-",
            read => read.Lines is [{ Word: LineWord.Settled, Account.Length: > 0 } one, { Word: LineWord.Rejected } two]
                && (one.Name, two.Name) == ("样例甲", "样例乙"));
    }

    /// <summary>A list of failures has no row that was paid; nothing says anything of the row kept silent about.
    /// </summary>
    private bool IsAnswered(Gathered read) => read.Errors == 0
        && read.Lines.Any(l => Is(l, 1) && l.Word is LineWord.Rejected)
        && read.Lines.All(l => Is(l, 1) || (Is(l, 0) && l.Word is LineWord.Settled))
        && (read.Lines.Any(l => Is(l, 0)) || read.Heads.Any(h => h.Unlisted is not null || h.StatedLines > 1));

    private bool Recalled(Gathered read, int row, RecallWord word) =>
        read.Errors == 0 && read.Lines.Any(l => Is(l, row) && l.Recall == word);

    private bool Is(in ReportLine line, int row) =>
        line.Amount == _rows[row].Amount && (line.Account.Length == 0 || line.Account == _rows[row].Account);

    private ConformanceCheck Asked(string name, string reference, Func<Stream, IReadOnlyList<LocatedError>> encode,
        string answers, Predicate<Gathered> isRight)
    {
        using var body = new MemoryStream();
        if (encode(body) is [var error, ..])
            return new(name, false, $"row {error.Line}, {error.Field}: {error.Reason}");
        var form = Profile.Envelope;
        var sent = _transport.Send(Profile.Transport.NamePattern.Replace("{reference}", reference,
            StringComparison.Ordinal), _subject.Envelope!.Seal(body.ToArray(), _subject.Keys!,
                new(form.OurKey, form.BankCertificate, form.DistinguishedId)));
        if (sent.Outcome != SendOutcome.Delivered) return new(name, false, $"{sent.Outcome} {sent.Detail}".Trim());
        _bank.Pass(_exchange, _keys, s_day);
        return Read(name, answers, isRight);
    }

    /// <summary>What waits under names that begin so, taken, opened, read and acknowledged.</summary>
    private ConformanceCheck Read(string name, string answers, Predicate<Gathered> isRight)
    {
        var waiting = _transport.List().Where(n => n.StartsWith(answers, StringComparison.Ordinal)).ToList();
        var read = new Gathered();
        foreach (var message in waiting)
        {
            var taken = _transport.Take(message)!;
            var isBeside = taken.Signature is not null;
            var kind = Profile.Envelope.KindOf(isBeside);
            var opened = Overlap.Open(_catalogue.Envelope(kind)!, taken, _subject.Keys!,
                Profile.Envelope.Names(isBeside), _subject.At);
            if (opened.Fault != OpenFault.None) return new(name, false, $"{opened.Fault} {opened.Detail}".Trim());
            using var body = new MemoryStream(opened.Body.ToArray());
            _catalogue.Decoder(Profile.FormOf(message).Codec)!.Decode(Profile, message, body, read);
            _transport.Acknowledge(message);
        }
        if (isRight(read)) return new(name, true, string.Join(", ", waiting));
        var seen = string.Create(CultureInfo.InvariantCulture,
            $"not what the bank did: {waiting.Count} messages, {read.Lines.Count} lines, {read.Errors} errors");
        return new(name, false, ConformanceKit.Located(seen, read.First), read.First);
    }

    private sealed class Gathered : IMessageSink
    {
        public List<MessageHead> Heads { get; } = [];
        public List<ReportLine> Lines { get; } = [];
        public int Statements { get; private set; }
        public int Errors { get; private set; }
        public LocatedError? First { get; private set; }
        public void Head(MessageHead head) => Heads.Add(head);
        public void Line(in ReportLine line) => Lines.Add(line);
        public void Statement(StatementHead head) => Statements++;
        public void Entry(in StatementEntry entry) { }

        public void Error(LocatedError error)
        {
            Errors++;
            First ??= error;
        }
    }
}
