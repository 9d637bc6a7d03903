using System.Security.Cryptography;
using System.Text;
using Disbursement.Engine.People;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;

namespace Disbursement.Engine.Runtime;

/// <summary>Checks a person's signature over text. Total: anything unreadable is false.</summary>
public interface ISignatureCheck
{
    /// <param name="algorithm">"ed25519" or "sm2".</param>
    bool Verify(string algorithm, string publicKeyPem, ReadOnlySpan<byte> text, string signatureBase64);
}

/// <summary>
/// A person's word: the command's canonical text, signed with the person's enrolled key. It is an input document of the
/// command, kept, and verified again by every replay.
/// </summary>
public static class Approval
{
    public const string Kind = "approval";

    /// <summary>The text to sign: verb, ledger, arguments, and the SHA-256 of every other input as handed in.</summary>
    public static string Text(long ledger, Command command, string handle)
    {
        var text = new StringBuilder("disburse-approval/1\n");
        text.Append("ledger ").Append(ledger).Append('\n');
        text.Append("verb ").Append(command.Verb).Append('\n');
        foreach (var (name, value) in command.Arguments)
            text.Append("arg ").Append(name).Append(' ').Append(Escape(value)).Append('\n');
        foreach (var input in command.Inputs)
            if (input.Kind != Kind)
                text.Append("input ").Append(input.Kind).Append(' ')
                    .Append(input.Sealed is null
                        ? Convert.ToHexStringLower(SHA256.HashData(input.Content.Span)) : input.Stated).Append('\n');
        return text.Append("person ").Append(handle).Append('\n').ToString();
    }

    /// <summary>The document: the signed text and the signature line.</summary>
    public static InputDocument Document(long ledger, Command command, string handle, string signatureBase64) =>
        new(Kind, Encoding.UTF8.GetBytes($"{Text(ledger, command, handle)}signature {signatureBase64}\n"),
            Personal: command.Inputs.Any(i => i.Personal));

    /// <summary>The person who signed this very command, or why the approval does not count.</summary>
    internal static Decision<PersonRow> Verify(DecisionContext context, ISignatureCheck signatures)
    {
        var text = Encoding.UTF8.GetString(context.Input(Kind)!.Content.Span);
        var handle = LineOf(text, "person ");
        var signature = LineOf(text, "signature ");
        if (handle is null || signature is null)
            return Decision<PersonRow>.Refuse(RuntimeRules.ApprovalUnreadable, Place.Of(Kind, ""));
        var expected = Text(context.Ledger, context.Command, handle);
        if (!text.StartsWith(expected, StringComparison.Ordinal)
            || text.Length != expected.Length + "signature \n".Length + signature.Length)
            return Decision<PersonRow>.Refuse(RuntimeRules.ApprovalOfOther, Place.Of("person", handle));
        var person = context.Rows.Find<PersonRow>(("handle", handle));
        if (person is null)
            return Decision<PersonRow>.Refuse(RuntimeRules.PersonUnknown, Place.Of("--as", handle), handle);
        if (KeyInForce.Of(context.Rows, person, out var former) is not { } key)
            return Decision<PersonRow>.Refuse(RuntimeRules.KeyRevoked, Place.Of("--as", handle), handle);
        bool By(KeyInForce one) =>
            signatures.Verify(one.Algorithm, one.Pem, Encoding.UTF8.GetBytes(expected), signature);
        if (By(key)) return Decision<PersonRow>.Accept(person);
        return former.Any(By)
            ? Decision<PersonRow>.Refuse(RuntimeRules.KeyReplaced, Place.Of("--key", handle), handle)
            : Decision<PersonRow>.Refuse(RuntimeRules.SignatureForged, Place.Of("--key", handle), handle);
    }

    /// <summary>What an approval says of its input of a kind, SHA-256 in hex: "" where it says nothing.</summary>
    public static string Stated(ReadOnlySpan<byte> approval, string kind) =>
        LineOf(Encoding.UTF8.GetString(approval), $"input {kind} ") ?? "";

    private static string? LineOf(string text, string prefix) =>
        text.Split('\n').LastOrDefault(l => l.StartsWith(prefix, StringComparison.Ordinal))?[prefix.Length..];

    private static string Escape(string value) =>
        value.Replace("%", "%25", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal)
            .Replace("\r", "%0D", StringComparison.Ordinal);
}
