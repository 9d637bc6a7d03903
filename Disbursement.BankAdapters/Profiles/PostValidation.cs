using Disbursement.BankAdapters.Codecs;
using Disbursement.BankAdapters.Transports.Https;
using Disbursement.Engine.Primitives;

namespace Disbursement.BankAdapters.Profiles;

/// <summary>Whether a sign-then-post form can be filled in and its answer read.</summary>
internal static class PostValidation
{
    /// <summary>JSON null where the record has none to give.</summary>
    public static bool HasNull(PostForm? post) => post is not null
        && (post.Charset is null || post.SignType is null || post.SignResult is null || post.SignDone is null
            || post.SignElement is null || post.Path is null || post.AnswerField is null
            || post.Query is null || post.Fields is null
            || post.Query.Concat(post.Fields).Any(field => field?.Name is null || field.Text is null
                || field.Elements?.Any(path => path is null) == true));

    public static IEnumerable<Finding> Check(TransportForm transport)
    {
        if (transport.Post is not { } post) yield break;
        if (!transport.Offers(HttpsTransport.Kind)) yield return Broken("", "the bank does not offer https");
        if (transport.Answer is null) yield return Broken("", "transport.answer does not say what the answer means");
        if (BankCharset.Named(post.Charset) is null)
            yield return Broken(post.Charset, "its character set is not supported");
        if (!System.Net.Http.Headers.MediaTypeHeaderValue.TryParse(post.SignType, out _))
            yield return Broken(post.SignType, "signType is no content type");
        foreach (var (field, value) in new[]
        {
            ("signResult", post.SignResult), ("signElement", post.SignElement), ("answerField", post.AnswerField),
        })
            if (value.Trim().Length == 0) yield return Broken(value, $"{field} is empty");
        if (post.Path.StartsWith('/') || post.Path.IndexOfAny(['?', '#', ':', '\\']) >= 0)
            yield return Broken(post.Path, "the path leads out of the link's address");
        if (post.Fields.Count(field => field.Value == PostValue.Signed) != 1
            || post.Query.Any(field => field.Value == PostValue.Signed))
            yield return Broken("", "exactly one field of the form is the signed file, no parameter of the address");
        foreach (var part in new[] { post.Query, post.Fields })
            foreach (var twice in part.GroupBy(field => field.Name).Where(group => group.Count() > 1))
                yield return Broken(twice.Key, $"{twice.Key} stands twice");
        foreach (var field in post.Query.Concat(post.Fields))
            if (field.Name.Trim().Length == 0 || field.Value == PostValue.Elements != field.Elements is { Count: > 0 }
                || (field.Value != PostValue.Text && field.Text.Length > 0))
                yield return Broken(field.Name, $"{field.Name} does not say where its text comes from");
    }

    private static Finding Broken(string value, string why) =>
        new(ProfileRules.Post, Place.Of("transport.post", value), why);
}
