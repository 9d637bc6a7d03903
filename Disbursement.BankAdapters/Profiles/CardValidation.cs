using Disbursement.BankAdapters.Codecs;
using Disbursement.BankAdapters.Codecs.Layouts;
using Disbursement.Engine.Primitives;

namespace Disbursement.BankAdapters.Profiles;

/// <summary>Holds the forms of card applications and their answers to what the codecs rely on.</summary>
internal static class CardValidation
{
    public static IEnumerable<Finding> Check(BankProfile profile, BankCatalogue catalogue)
    {
        if (profile.Cards is not { } cards) yield break;
        if (catalogue.CardWriter(cards.Request.Codec) is null)
            yield return new(ProfileRules.Codec, Place.Of("cards.request.codec", cards.Request.Codec),
                cards.Request.Codec, string.Join(", ", catalogue.EncoderNames.Where(n =>
                    catalogue.CardWriter(n) is not null)));
        // An answer in a tree would need amounts; only layouts know rows without one.
        string[] readers = [LayoutEncoder.Delimited, LayoutEncoder.FixedWidth];
        if (!readers.Contains(cards.Answer.Codec))
            yield return new(ProfileRules.Codec, Place.Of("cards.answer.codec", cards.Answer.Codec),
                cards.Answer.Codec, string.Join(", ", readers));
        foreach (var (field, form, isOutbound) in new[]
            { ("cards.request", cards.Request, true), ("cards.answer", cards.Answer, false) })
        {
            if (BankCharset.Named(form.Charset) is null)
                yield return new(ProfileRules.Charset, Place.Of($"{field}.charset", form.Charset), form.Charset);
            foreach (var finding in LayoutValidation.Check(field, form, isOutbound, isCards: true))
                yield return finding;
            if (form.Layout?.RowsPerPacket > 0 || form.Layout?.LineEnd is LineEnd.None)
                yield return new(ProfileRules.LayoutRecord, Place.Of($"{field}.layout", ""), field,
                    "card applications have no packets");
        }
    }
}
