using System.Security.Cryptography;
using Disbursement.BankAdapters.Codecs;
using Disbursement.BankAdapters.Seams;
using Disbursement.Engine.Files;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;
using NodaTime;

namespace Disbursement.BankAdapters.Profiles;

/// <summary>One check with its result. Name and Detail are printed as the report a bank signs.</summary>
/// <param name="Error">Of a message that was not read: the first thing in it that could not be.</param>
public sealed record ConformanceCheck(string Name, bool Passed, string Detail, LocatedError? Error = null);

/// <summary>A message of the bank to try the decoders on, under the name the bank
/// gave it. Statements have names that begin with <c>statement-</c>.</summary>
public sealed record SampleMessage(string Name, ReadOnlyMemory<byte> Bytes);

/// <summary>Holds any profile with its codecs, envelope and transport to what the engine relies on. The same kit runs
/// for every entry of the catalogue and at a bank's own developers.</summary>
public static class ConformanceKit
{
    private const int MostMutations = 300;

    /// <summary>Runs every check that applies, in a fixed order, always with the same inputs.</summary>
    public static IReadOnlyList<ConformanceCheck> Run(ConformanceSubject subject) =>
        [.. Encoding(subject), .. CardConformance.Of(subject.Profile, subject.Cards), .. Decoding(subject),
            .. Sealing(subject), .. Sending(subject)];

    private static IEnumerable<ConformanceCheck> Encoding(ConformanceSubject subject)
    {
        var (profile, limits) = (subject.Profile, subject.Profile.Limits);
        var row = ConformanceSample.Row(profile, 1);
        var widest = ConformanceSample.Widest(profile);
        yield return Same("the same plan gives the same bytes", subject);
        yield return Takes("a full file is taken", subject, ConformanceSample.Rows(profile, limits.RowsPerFile));
        yield return Refuses("one row more is refused", subject,
            ConformanceSample.Rows(profile, limits.RowsPerFile + 1), null);
        yield return Takes("a name of full width is taken", subject, [row with { Name = widest }]);
        yield return Refuses("a name one character wider is refused", subject, [row with { Name = widest + "一" }], 1);
        yield return Takes("an account of full width is taken", subject,
            [row with { Account = new('6', limits.AccountWidth) }]);
        yield return Refuses("an account one digit wider is refused", subject,
            [row with { Account = new('6', limits.AccountWidth + 1) }], 1);
        yield return Refuses("a row reference one digit wider is refused", subject,
            [row with { RowReference = "1".PadLeft(limits.RowReferenceWidth + 1, '0') }], 1);
        yield return Refuses("a file reference one character wider is refused", subject, [row], null,
            plan => plan with { Reference = new('A', limits.BatchReferenceWidth + 1) });
        foreach (var check in Amounts(subject, row)) yield return check;
        foreach (var check in Characters(subject, row)) yield return check;
        yield return Refuses("a wrong total is refused", subject, [row], null,
            plan => plan with { Total = plan.Total + new Money(1) });
        yield return Refuses("a wrong count is refused", subject, [row], null, plan => plan with { Lines = 2 });
    }

    private static IEnumerable<ConformanceCheck> Amounts(ConformanceSubject subject, CreditInstruction row)
    {
        var limits = subject.Profile.Limits;
        yield return Takes("the largest amount is taken", subject,
            [row with { Amount = new(Math.Min(limits.RowFen, limits.FileFen)) }]);
        yield return Refuses("one fen more is refused", subject, [row with { Amount = new(limits.RowFen + 1) }], 1);
        yield return Refuses("an amount of nothing is refused", subject, [row with { Amount = Money.Zero }], 1);
    }

    private static IEnumerable<ConformanceCheck> Characters(ConformanceSubject subject, CreditInstruction row)
    {
        var second = ConformanceSample.Row(subject.Profile, 2);
        yield return Refuses("a control character is refused with its row", subject,
            [row, second with { Name = "样例\n乙" }], 2);
        // A lone surrogate is in no character set; U+20BB7 (𠮷) is in GB18030 and UTF-8, not in GBK.
        var isGbk = subject.Profile.Outbound.Charset.Equals("GBK", StringComparison.OrdinalIgnoreCase);
        yield return Refuses("a character outside the set is refused with its row", subject,
            [row, second with { Name = isGbk ? "样例𠮷" : "样例\uD842" }], 2);
    }

    private static ConformanceCheck Same(string name, ConformanceSubject subject)
    {
        var rows = ConformanceSample.Rows(subject.Profile, 10);
        var (once, again) = (Bytes(subject, rows, null, out _), Bytes(subject, rows, null, out _));
        return new(name, once.AsSpan().SequenceEqual(again), $"{once.Length} bytes");
    }

    private static ConformanceCheck Takes(string name, ConformanceSubject subject,
        IReadOnlyList<CreditInstruction> rows)
    {
        var bytes = Bytes(subject, rows, null, out var errors);
        return new(name, errors.Count == 0,
            errors.Count == 0 ? $"{rows.Count} rows, {bytes.Length} bytes" : Words(errors[0]));
    }

    private static ConformanceCheck Refuses(string name, ConformanceSubject subject,
        IReadOnlyList<CreditInstruction> rows, long? line, Func<PaymentPlan, PaymentPlan>? change = null)
    {
        Bytes(subject, rows, change, out var errors);
        var named = errors.FirstOrDefault(error => line is null || error.Line == line);
        var said = named ?? (errors is [var first, ..] ? first : null);
        return new(name, named is not null, said is null ? "was taken" : Words(said));
    }

    private static byte[] Bytes(ConformanceSubject subject, IReadOnlyList<CreditInstruction> rows,
        Func<PaymentPlan, PaymentPlan>? change, out IReadOnlyList<LocatedError> errors)
    {
        using var output = new MemoryStream();
        var plan = ConformanceSample.Plan(subject.Profile, rows);
        errors = subject.Encoder.Encode(subject.Profile, change is null ? plan : change(plan), rows, output);
        return output.ToArray();
    }

    private static IEnumerable<ConformanceCheck> Decoding(ConformanceSubject subject)
    {
        foreach (var answer in subject.Answers)
        {
            var read = new CountingSink();
            var fault = Fault(subject, answer, read);
            yield return new($"{answer.Name} is read", fault is null && read is { Errors: 0, Heads: > 0 }, fault
                ?? Located($"{read.Heads} heads, {read.Lines} lines, {read.Errors} errors", read.First), read.First);
        }
        var own = Bytes(subject, ConformanceSample.Rows(subject.Profile, 3), null, out _);
        IReadOnlyList<SampleMessage> inputs =
            [.. subject.Answers, new("own.bin", own), new("statement-own.bin", own), new("own-cards-1.bin", own)];
        var (worst, tried, chance) = ((string?)null, 0, new SplitMix(1));
        for (; tried < MostMutations && worst is null; tried++)
        {
            var input = inputs[tried % inputs.Count];
            worst = Fault(subject, input with { Bytes = Mutation.Of(input.Bytes.Span, ref chance) },
                new CountingSink());
        }
        yield return new("damaged messages give errors, never an exception", worst is null,
            worst ?? $"{tried} damaged messages");
    }

    /// <summary>What the decoder threw, or null. Any exception is
    /// what this check looks for, so any is caught here.</summary>
    private static string? Fault(ConformanceSubject subject, SampleMessage message, IMessageSink sink)
    {
        var decoder = subject.DecoderOf(message.Name);
        try
        {
            using var input = new MemoryStream(message.Bytes.ToArray());
            decoder.Decode(subject.Profile, message.Name, input, sink);
            return null;
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            return fault.GetType().Name;
        }
    }

    /// <summary>The envelope alone, on keys of the subject.</summary>
    public static IEnumerable<ConformanceCheck> Sealing(ConformanceSubject subject)
    {
        if (subject is not { Envelope: { } envelope, Keys: { } keys }) yield break;
        var names = OurOwn(subject);
        if (Sealed(subject, out var trouble) is not { } sent)
        {
            yield return new("what is sealed opens to the same bytes", false, trouble);
            yield break;
        }
        var opened = envelope.Open(sent, keys, names, subject.At);
        // Not what travels: some envelopes stand around the body or within it.
        yield return new("what is sealed opens to the same bytes",
            opened.Fault == OpenFault.None && opened.Body.Span.SequenceEqual(Body(subject)), Words(opened));
        var tampered = sent.Body.ToArray();
        tampered[tampered.Length / 2] ^= 1;
        var forged = envelope.Open(sent with { Body = tampered }, keys, names, subject.At);
        yield return new("a changed body does not open", forged.Fault != OpenFault.None, Words(forged));
        if (sent.Signature is null) yield break;
        var bare = envelope.Open(sent with { Signature = null }, keys, names, subject.At);
        yield return new("a body without its signature does not open", bare.Fault != OpenFault.None, Words(bare));
    }

    /// <summary>We seal with our key; to open it again the other side's certificate is our own.</summary>
    private static EnvelopeKeys OurOwn(ConformanceSubject subject)
    {
        var form = subject.Profile.Envelope;
        return new(form.OurKey, form.OurKey, form.DistinguishedId);
    }

    private static byte[] Body(ConformanceSubject subject) => subject.Body?.ToArray()
        ?? Bytes(subject, ConformanceSample.Rows(subject.Profile, 3), null, out _);

    /// <summary>A file of three rows as it would travel: bare where no envelope is tried. Null where the envelope does
    /// not take it, as a form of JSON takes no text file.</summary>
    private static SealedMessage? Sealed(ConformanceSubject subject, out string trouble)
    {
        trouble = "";
        var body = Body(subject);
        if (subject is not { Envelope: { } envelope, Keys: { } keys }) return new(body, null, "");
        try
        {
            return envelope.Seal(body, keys, OurOwn(subject));
        }
        catch (CryptographicException unfit)
        {
            trouble = unfit.Message;
            return null;
        }
    }

    /// <summary>The transport alone: a file sent, sent again, never overwritten; and an answer taken once.</summary>
    public static IEnumerable<ConformanceCheck> Sending(ConformanceSubject subject)
    {
        if (subject.Transport is not { } transport) yield break;
        var name = subject.FileName;
        if (Sealed(subject, out var trouble) is not { } message)
        {
            yield return new("a message is delivered", false, trouble);
            yield break;
        }
        var first = transport.Send(name, message);
        yield return new("a message is delivered", first.Outcome == SendOutcome.Delivered, Words(first));
        // What a lost reply leads to: the same bytes once more.
        var again = transport.Send(name, message);
        yield return new("the same message again does no harm", again.Outcome == SendOutcome.Delivered, Words(again));
        var other = transport.Send(name, message with { Body = Other(subject) });
        // Not sent is no answer: what the bank's end does with a name it has was then not tried.
        yield return new("a name is never overwritten",
            other.Outcome is not (SendOutcome.Delivered or SendOutcome.NotSent), Words(other));
        if (transport is IQueryableTransport queryable && subject.TellsWhatItHolds)
            yield return new("the transport knows what it delivered", queryable.Holds(name) == true, name);
        if (subject.OtherEnd is not { } bank) yield break;
        yield return new("what arrives is what was sent", IsSame(bank.Arrived(name),
            subject.IsSignedOnTheWay ? message with { Signature = null } : message), name);
        var answer = $"{subject.FileReference}-result-1.xml";
        if (!bank.Answer(answer, message)) yield break;
        yield return new("an answer is taken as it was laid out",
            transport.List().Contains(answer) && IsSame(transport.Take(answer), message), answer);
        transport.Acknowledge(answer);
        yield return new("what is acknowledged is not listed again", !transport.List().Contains(answer), answer);
    }

    /// <summary>Another file of the same reference, for transports that read in it; of a given body other bytes.
    /// </summary>
    private static ReadOnlyMemory<byte> Other(ConformanceSubject subject) => subject.Body is not null
        ? "other"u8.ToArray()
        : Sealed(subject with { Body = Bytes(subject, ConformanceSample.Rows(subject.Profile, 2), null, out _) }, out _)
            is { } file ? file.Body : "other"u8.ToArray();

    private static bool IsSame(SealedMessage? one, SealedMessage other) => one is not null
        && one.Body.Span.SequenceEqual(other.Body.Span)
        && (one.Signature is { } mine && other.Signature is { } theirs ? mine.Span.SequenceEqual(theirs.Span)
            : one.Signature is null && other.Signature is null);

    /// <summary>What was counted, and the first thing that could not be read.</summary>
    public static string Located(string counted, LocatedError? first) => first is null ? counted
        : $"{counted}; line {first.Line}, byte {first.ByteOffset}, {first.Field} '{first.Value}': {first.Reason}";

    private static string Words(LocatedError e) => $"row {e.Line}, {e.Field}: {e.Reason}";

    private static string Words(OpenedMessage opened) => $"{opened.Fault} {opened.Detail}".Trim();

    private static string Words(SendResult sent) => $"{sent.Outcome} {sent.Detail}".Trim();
}
