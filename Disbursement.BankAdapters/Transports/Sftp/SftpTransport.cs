using Disbursement.BankAdapters.Seams;
using Renci.SshNet.Common;

namespace Disbursement.BankAdapters.Transports.Sftp;

/// <summary>
/// An exchange of two folders on a bank's SFTP server. A file goes up under a temporary name that readers pass over and
/// is renamed without overwriting, the signature first. What a send meets, and what it then says:
/// <list type="table">
/// <item><term>a name that is no name, more bytes than agreed</term><description>Refused: asking again would not
/// help</description></item>
/// <item><term>no connection, another host key, no log-in, no key or password of ours, any break or time-out until the
/// rename of the body is asked for</term><description>NotSent: the body has no name that is taken</description></item>
/// <item><term>the same bytes stand there already</term><description>Delivered: an earlier send got
/// through</description></item>
/// <item><term>other bytes stand under the name</term><description>Refused: they stay</description></item>
/// <item><term>the server refuses the rename of the body; nothing stands under the name and all of the body under the
/// temporary one</term><description>NotSent</description></item>
/// <item><term>the server refuses it and does not let us see what stands there</term><description>Unknown: a
/// version 3 server says "failure" to an existing target and to anything else</description></item>
/// <item><term>no answer to the rename of the body</term><description>Unknown</description></item>
/// </list>
/// List, Take and Acknowledge throw <see cref="TransportFaultException"/>: nothing was taken.
/// </summary>
public sealed class SftpTransport(SftpLink link, IKeyRing keys, ISecrets secrets)
    : ITransport, IQueryableTransport, IDisposable
{
    /// <summary>Name in bank profiles.</summary>
    public const string Kind = "sftp";

    private const int MostMessages = 100_000;
    private SftpSession? _session;

    private enum Step { Before, NamingSignature, NamingBody, Done }

    public SendResult Send(string name, SealedMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (ExchangeName.Refusal(name) is { } refusal) return refusal;
        if (message.Body.Length > link.MaxBytes || message.Signature?.Length > link.MaxBytes)
            return new(SendOutcome.Refused, $"longer than the {link.MaxBytes} bytes agreed: nothing was sent");
        var step = Step.Before;
        try
        {
            using var session = SftpSession.Open(link, keys, secrets);
            return Place(session, PartsInOrder(name, message), ref step);
        }
        catch (Exception fault) when (SftpFaults.IsMapped(fault))
        {
            return step switch
            {
                Step.Before or Step.NamingSignature =>
                    new(SendOutcome.NotSent, $"the body was not named: {Words(fault)}"),
                Step.NamingBody => new(SendOutcome.Unknown, $"no answer to the rename: {Words(fault)}"),
                _ => new(SendOutcome.Delivered, $"renamed into place; the session then broke: {Words(fault)}"),
            };
        }
    }

    /// <summary>True or false where the server lets us ask for the body's name; null where it gives no
    /// answer.</summary>
    public bool? Holds(string name)
    {
        if (!ExchangeName.Is(name)) return false;
        try
        {
            using var session = SftpSession.Open(link, keys, secrets);
            return session.Size(ToBank(name)) switch
            {
                null => session.Size(link.ToBank) is null ? null : false,
                -1 => null,
                _ => true,
            };
        }
        catch (Exception fault) when (SftpFaults.IsMapped(fault))
        {
            return null;
        }
    }

    /// <summary>Oldest first by the server's time of writing, then by name; acknowledged messages are left
    /// out.</summary>
    public IReadOnlyList<string> List() => link.FromBank.Length == 0 ? [] : Asking(session =>
    {
        var waiting = session.Files(link.FromBank)
            ?? throw new TransportFaultException($"the server has no folder {link.FromBank}");
        var taken = (session.Files(FromBank(FolderTransport.TakenFolder)) ?? [])
            .Select(file => file.Name).ToHashSet(StringComparer.Ordinal);
        return (IReadOnlyList<string>)[.. waiting
            .Where(file => ExchangeName.Is(file.Name) && !taken.Contains(file.Name))
            .OrderBy(file => file.LastWriteTimeUtc).ThenBy(file => file.Name, StringComparer.Ordinal)
            .Select(file => file.Name).Take(MostMessages)];
    });

    public SealedMessage? Take(string name) => !ExchangeName.Is(name) ? null : Asking(session =>
    {
        if (session.Find(FromBank(name)) is not { } body) return null;
        foreach (var suffix in ExchangeName.SignatureSuffixes)
            if (session.Find(FromBank(name + suffix)) is { } signature)
                return new SealedMessage(body, signature, suffix);
        return new SealedMessage(body, null, "");
    });

    /// <summary>Creates the empty file <c>.taken/NAME</c> where the link acknowledges.</summary>
    public void Acknowledge(string name)
    {
        if (!ExchangeName.Is(name)) throw new ArgumentException($"'{name}' was never listed", nameof(name));
        if (!link.Acknowledges) return;
        Asking(session =>
        {
            session.EnsureFolder(FromBank(FolderTransport.TakenFolder));
            session.Touch(FromBank($"{FolderTransport.TakenFolder}/{name}"));
            return true;
        });
    }

    public void Dispose()
    {
        _session?.Dispose();
        _session = null;
    }

    private SendResult Place(SftpSession session, Part[] parts, ref Step step)
    {
        var body = parts[^1];
        switch (session.Look(body.Path, body.Bytes))
        {
            case Standing.Same:
                return parts.All(part => session.Look(part.Path, part.Bytes) == Standing.Same)
                    ? new(SendOutcome.Delivered, "the same bytes stand there already") { NameTaken = true }
                    : OtherBytes(body.Path);
            case Standing.Other: return OtherBytes(body.Path);
            case Standing.Unseen when session.Size(body.Path) is >= 0:
                return new(SendOutcome.Unknown, "what stands under the name cannot be read: it may be ours");
        }
        foreach (var part in parts)
        {
            session.Upload(part.Temporary, part.Bytes);
            if (session.Size(part.Temporary) is var size && size != -1 && size != part.Bytes.Length)
                return new(SendOutcome.NotSent, $"the server has {size} bytes of {part.Bytes.Length}: not renamed");
        }
        foreach (var part in parts)
        {
            step = part == body ? Step.NamingBody : Step.NamingSignature;
            if (Named(session, part, part == body) is { } trouble) return trouble;
        }
        step = Step.Done;
        return session.Size(body.Path) is var now && now is null or -1 || now == body.Bytes.Length
            ? new(SendOutcome.Delivered, "written and renamed into place")
            : new(SendOutcome.Unknown, $"after the rename the server shows {now} bytes of {body.Bytes.Length}");
    }

    /// <summary>Null where the part has its name now.</summary>
    private static SendResult? Named(SftpSession session, Part part, bool isBody)
    {
        try
        {
            session.Rename(part.Temporary, part.Path);
            return null;
        }
        catch (SftpException refused) when (SftpFaults.Of(refused) == SftpWord.ServerRefused)
        {
            return session.Look(part.Path, part.Bytes) switch
            {
                Standing.Same => null,
                Standing.Other => OtherBytes(part.Path),
                // The signature's name is not what the bank acts on.
                _ when !isBody => new(SendOutcome.NotSent, $"the signature got no name: {Words(refused)}"),
                Standing.Absent when session.Size(part.Temporary) == part.Bytes.Length =>
                    new(SendOutcome.NotSent, $"the rename was refused, and nothing stands there: {Words(refused)}"),
                _ => new(SendOutcome.Unknown, $"the server refused the rename and shows nothing: {Words(refused)}"),
            };
        }
    }

    /// <summary>One question over the session that is kept for taking; a broken one is not used again.</summary>
    private T Asking<T>(Func<SftpSession, T> ask)
    {
        try
        {
            return ask(_session ??= SftpSession.Open(link, keys, secrets));
        }
        catch (Exception fault) when (SftpFaults.IsMapped(fault))
        {
            Dispose();
            throw new TransportFaultException($"{link.Host}: {Words(fault)}", fault);
        }
    }

    /// <summary>The signature first: whoever sees the body under its name finds the signature beside it.</summary>
    private Part[] PartsInOrder(string name, SealedMessage message)
    {
        var body = new Part(ToBank(name), ToBank($".{name}.tmp"), message.Body);
        return message.Signature is { } signature
            ? [new Part(body.Path + message.SignatureSuffix, ToBank($".{name}{message.SignatureSuffix}.tmp"),
                signature), body]
            : [body];
    }

    private static SendResult OtherBytes(string path) =>
        new(SendOutcome.Refused, $"other bytes stand under the name {path}: they were left as they are")
        { NameTaken = true };

    private static string Words(Exception fault) => $"{fault.GetType().Name}: {fault.Message}";

    private string ToBank(string name) => $"{link.ToBank}/{name}";

    private string FromBank(string name) => $"{link.FromBank}/{name}";

    private sealed record Part(string Path, string Temporary, ReadOnlyMemory<byte> Bytes);
}
