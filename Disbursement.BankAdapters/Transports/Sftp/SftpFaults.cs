using System.Net.Sockets;
using Renci.SshNet.Common;
using Renci.SshNet.Sftp;

namespace Disbursement.BankAdapters.Transports.Sftp;

/// <summary>What an exception of the library, or of the socket under it, tells of the request it answers.</summary>
internal enum SftpWord
{
    /// <summary>Thrown only before a session stands: no request was made.</summary>
    NoSession,
    /// <summary>The server answered this request with a refusal: it did not do it.</summary>
    ServerRefused,
    /// <summary>No answer, or none that says anything: the request may have been done.</summary>
    NoAnswer,
}

/// <summary>
/// Every exception class of SSH.NET and of sockets, mapped on purpose; a test holds the table to the library's own
/// list. A class that is not in it is a defect: it is not caught, and the caller takes the send as Unknown.
/// </summary>
internal static class SftpFaults
{
    private static readonly Dictionary<Type, SftpWord> Table = new()
    {
        [typeof(SshAuthenticationException)] = SftpWord.NoSession,
        [typeof(SshPassPhraseNullOrEmptyException)] = SftpWord.NoSession,
        [typeof(ProxyException)] = SftpWord.NoSession,
        [typeof(SftpPathNotFoundException)] = SftpWord.ServerRefused,
        [typeof(SftpPermissionDeniedException)] = SftpWord.ServerRefused,
        [typeof(SftpException)] = SftpWord.ServerRefused, // by its status code, see Of
        [typeof(SshConnectionException)] = SftpWord.NoAnswer,
        [typeof(SshOperationTimeoutException)] = SftpWord.NoAnswer,
        [typeof(SshException)] = SftpWord.NoAnswer,
        [typeof(ScpException)] = SftpWord.NoAnswer, // another protocol of the library: never ours to see
        [typeof(NetConfServerException)] = SftpWord.NoAnswer, // the same
        [typeof(SocketException)] = SftpWord.NoAnswer,
        [typeof(IOException)] = SftpWord.NoAnswer,
        [typeof(EndOfStreamException)] = SftpWord.NoAnswer,
        [typeof(ObjectDisposedException)] = SftpWord.NoAnswer, // the session ended under our hands
        [typeof(TimeoutException)] = SftpWord.NoAnswer,
        [typeof(OperationCanceledException)] = SftpWord.NoAnswer,
        [typeof(TaskCanceledException)] = SftpWord.NoAnswer,
    };

    /// <summary>The classes that are mapped.</summary>
    public static IReadOnlyCollection<Type> Classes => Table.Keys;

    public static bool IsMapped(Exception fault) => Table.ContainsKey(fault.GetType());

    /// <summary>What the fault says. Of the status codes of draft-ietf-secsh-filexfer-02 §7 three are refusals of the
    /// request that was made; the others are about the link or make no sense as an answer.</summary>
    public static SftpWord Of(Exception fault) => fault is SftpException answered
        ? answered.StatusCode is StatusCode.NoSuchFile or StatusCode.PermissionDenied or StatusCode.Failure
            or StatusCode.OperationUnsupported ? SftpWord.ServerRefused : SftpWord.NoAnswer
        : Table[fault.GetType()];
}
