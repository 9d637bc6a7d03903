using System.Net;
using System.Text;
using Disbursement.BankAdapters.Codecs;
using Disbursement.BankAdapters.Profiles;
using Disbursement.BankAdapters.Seams;

namespace Disbursement.BankAdapters.Transports.Https;

/// <summary>
/// Sign-then-post (工行银企互联): the file goes to a signing service in the house, what that gives is posted to the bank as
/// a field of a form, and the bank answers at once. What a send meets, and what it then says:
/// <list type="table">
/// <item><term>a name that is no name, more bytes than agreed</term><description>Refused</description></item>
/// <item><term>a form that the file cannot fill in; no signing service, no answer of it, a no, an answer without the
/// signed file; no session with the bank</term><description>NotSent: nothing was posted</description></item>
/// <item><term>a fault before a byte of the form was handed to the connection</term>
/// <description>NotSent</description></item>
/// <item><term>an answer with a code the profile lists as accepted</term><description>Delivered</description></item>
/// <item><term>one it lists as refused</term><description>Refused</description></item>
/// <item><term>any other code, an answer in another form (<c>errorCode=</c> among them: none is sourced), another
/// status, any fault after the first byte of the form</term><description>Unknown</description></item>
/// </list>
/// The signature beside the message stays here: the form has no field for it (specs/transports.md).
/// </summary>
/// <remarks>It asks nothing: QPAYPER needs a number of its own that no bank takes twice, which is the asker's to
/// give.</remarks>
public sealed class SignedPostTransport(HttpsLink link, PostForm form, AnswerForm words, IKeyRing keys) : ITransport
{
    private const string FormType = "application/x-www-form-urlencoded";

    private readonly FolderTransport? _folder = link.FromBank.Length == 0 ? null
        : new FolderTransport(link.FromBank, link.FromBank);

    public SendResult Send(string name, SealedMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (ExchangeName.Refusal(name) is { } refusal) return refusal;
        if (message.Body.Length > link.MaxBytes)
            return new(SendOutcome.Refused, $"longer than the {link.MaxBytes} bytes agreed: nothing was sent");
        if (PostParameters.Of(form, link.Fields, message.Body, out var trouble) is not { } parameters)
            return new(SendOutcome.NotSent, $"{trouble}: nothing was posted");
        return Signed(message.Body, out trouble) is { } signed ? Posted(parameters, signed)
            : new(SendOutcome.NotSent, $"{trouble}: nothing was posted");
    }

    /// <summary>Result files that were put into the folder.</summary>
    public IReadOnlyList<string> List() => _folder?.List() ?? [];

    public SealedMessage? Take(string name) => _folder?.Take(name);

    public void Acknowledge(string name) => _folder?.Acknowledge(name);

    private string? Signed(ReadOnlyMemory<byte> body, out string trouble)
    {
        try
        {
            using var caller = new HttpsCaller(link with { Address = link.Signing ?? "" }, keys, takesHouse: true);
            using var content = new OnceContent(body, form.SignType);
            return SigningAnswer.Signed(caller.Ask(HttpMethod.Post, "", content), form, out trouble);
        }
        catch (Exception fault) when (HttpsFaults.IsMapped(fault))
        {
            trouble = $"no answer of the signing service: {HttpsFaults.Words(fault)}";
            return null;
        }
    }

    private SendResult Posted(PostParameters parameters, string signed)
    {
        using var content = new OnceContent(parameters.Content(signed), FormType);
        try
        {
            using var caller = new HttpsCaller(link, keys, takesHouse: true);
            var answer = caller.Ask(HttpMethod.Post, parameters.Target(), content);
            return answer.Status != HttpStatusCode.OK
                ? new(SendOutcome.Unknown, $"{(int)answer.Status} to the form")
                : Said(answer.Body) is { } said
                    ? AnswerWords.Of(AnswerWords.Code(said, words.Element, BankCharset.Named(form.Charset)), words)
                : new(SendOutcome.Unknown, $"an answer without {form.AnswerField}");
        }
        catch (Exception fault) when (HttpsFaults.IsMapped(fault))
        {
            return content.Begun
                ? new(SendOutcome.Unknown, $"no answer to the form: {HttpsFaults.Words(fault)}")
                : new(SendOutcome.NotSent, $"no byte of the form left: {HttpsFaults.Words(fault)}");
        }
    }

    /// <summary>The answer within its Base64, which may be broken into lines; null where it is another form.</summary>
    private byte[]? Said(byte[] answer)
    {
        var text = Encoding.Latin1.GetString(answer).Trim();
        if (!text.StartsWith(form.AnswerField, StringComparison.Ordinal)) return null;
        var inside = text[form.AnswerField.Length..];
        return System.Buffers.Text.Base64.IsValid(inside) ? Convert.FromBase64String(inside) : null;
    }
}
