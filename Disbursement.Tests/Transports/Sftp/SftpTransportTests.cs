using System.Net.Sockets;
using System.Text;
using Disbursement.BankAdapters.Sandbox;
using Disbursement.BankAdapters.Seams;
using Disbursement.BankAdapters.Transports;
using Disbursement.BankAdapters.Transports.Sftp;
using Disbursement.Tests.Architecture;
using Disbursement.Tests.Security;
using Renci.SshNet;
using Xunit;

namespace Disbursement.Tests.Transports.Sftp;

/// <summary>The SFTP transport against a real OpenSSH server on a line that holds.</summary>
public sealed class SftpTransportTests(SftpTransportTests.Servers servers) : IClassFixture<SftpTransportTests.Servers>
{
    private static readonly SealedMessage Message = new(Bytes("body 样例"), Bytes("signature"), ".p7s");
    private static int s_number;
    private readonly string _name = $"SAMPLE{Interlocked.Increment(ref s_number):00000000}.xml";

    public sealed class Servers : IDisposable
    {
        internal SshServer Open { get; } = new();

        /// <summary>A drop-box that takes files and tells nothing about them.</summary>
        internal SshServer Blind { get; } = new("-P stat,lstat,fstat,opendir,readdir,read");

        public void Dispose()
        {
            Open.Dispose();
            Blind.Dispose();
        }
    }

    private SshServer Server => servers.Open;

    [Fact]
    public void A_sent_message_stands_there_with_its_signature_and_nothing_else()
    {
        using var transport = SftpTo.Server(Server);
        Assert.Equal(SendOutcome.Delivered, transport.Send(_name, Message).Outcome);
        Assert.Equal([_name, _name + ".p7s"], StandingAt(Server));
        Assert.Equal(Message.Body.ToArray(), File.ReadAllBytes(Server.ToBank(_name)));
        Assert.Equal(Message.Signature!.Value.ToArray(), File.ReadAllBytes(Server.ToBank(_name + ".p7s")));
    }

    [Fact]
    public void A_password_by_reference_logs_in_as_a_key_does()
    {
        using var transport = SftpTo.Server(Server, link => link with { Key = null, Password = "file:password" });
        var sent = transport.Send(_name, Message);
        Assert.True(sent.Outcome == SendOutcome.Delivered, sent.Detail);
    }

    [Fact]
    public void The_same_bytes_again_are_delivered_and_other_bytes_are_refused_and_stay()
    {
        using var transport = SftpTo.Server(Server);
        transport.Send(_name, Message);
        var written = File.GetLastWriteTimeUtc(Server.ToBank(_name));
        Assert.Equal(SendOutcome.Delivered, transport.Send(_name, Message).Outcome);
        Assert.Equal(written, File.GetLastWriteTimeUtc(Server.ToBank(_name)));
        foreach (var other in new[] { Message with { Body = Bytes("other") }, Message with { Signature = Bytes("x") } })
            Assert.Equal(SendOutcome.Refused, transport.Send(_name, other).Outcome);
        Assert.Equal(Message.Body.ToArray(), File.ReadAllBytes(Server.ToBank(_name)));
        Assert.True(transport.Holds(_name));
        Assert.False(transport.Holds("absent.xml"));
    }

    [Fact]
    public void A_send_that_stopped_between_signature_and_body_is_completed()
    {
        File.WriteAllBytes(Server.ToBank(_name + ".p7s"), Message.Signature!.Value.ToArray());
        File.WriteAllText(Server.ToBank($".{_name}.tmp"), "more than the whole body is, of an earlier try");
        Server.HandOver();
        using var transport = SftpTo.Server(Server);
        Assert.Equal(SendOutcome.Delivered, transport.Send(_name, Message).Outcome);
        Assert.Equal(Message.Body.ToArray(), File.ReadAllBytes(Server.ToBank(_name)));
    }

    [Fact]
    public void Another_signature_under_the_name_is_refused_before_the_body_is_placed()
    {
        File.WriteAllText(Server.ToBank(_name + ".p7s"), "of another message");
        using var transport = SftpTo.Server(Server);
        Assert.Equal(SendOutcome.Refused, transport.Send(_name, Message).Outcome);
        Assert.False(File.Exists(Server.ToBank(_name)));
    }

    public static TheoryData<string, Func<SftpLink, SftpLink>> NoSession => new()
    {
        { "another host key", link => link with { HostKeys = ["SHA256:AAAA"] } },
        { "no pin", link => link with { HostKeys = [] } },
        { "another key of ours", link => link with { Key = "stranger" } },
        { "no such key", link => link with { Key = "absent" } },
        { "a key that is none", link => link with { Key = "broken" } },
        { "another account", link => link with { User = "nobody-here" } },
        { "a wrong password", link => link with { Key = null, Password = "file:wrong-password" } },
        { "no such password", link => link with { Key = null, Password = "env:DISBURSEMENT_ABSENT" } },
        { "neither key nor password", link => link with { Key = null } },
        { "nobody listens", link => link with { Port = LoopbackPort.Free() } },
        { "no such host", link => link with { Host = "bank.invalid" } },
        { "no such folder", link => link with { ToBank = "absent" } },
    };

    [Theory]
    [MemberData(nameof(NoSession))]
    public void Without_a_session_or_a_folder_nothing_is_sent(string why, Func<SftpLink, SftpLink> change)
    {
        using var transport = SftpTo.Server(Server, change);
        var sent = transport.Send(_name, Message);
        Assert.True(sent.Outcome == SendOutcome.NotSent, $"{why}: {sent}");
        Assert.NotEqual(true, transport.Holds(_name));
        Assert.False(File.Exists(Server.ToBank(_name)));
    }

    [Fact]
    public void A_server_that_says_nothing_is_not_waited_for()
    {
        using var silent = new TcpListener(System.Net.IPAddress.Loopback, 0);
        silent.Start();
        using var transport = SftpTo.Server(Server, link => link with
        { Port = ((System.Net.IPEndPoint)silent.LocalEndpoint).Port, ConnectSeconds = 1 });
        Assert.Equal(SendOutcome.NotSent, transport.Send(_name, Message).Outcome);
        Assert.Throws<TransportFaultException>(transport.List);
    }

    [Fact]
    public void More_bytes_than_agreed_are_neither_sent_nor_taken()
    {
        using var transport = SftpTo.Server(Server, link => link with { MaxBytes = 10 });
        Assert.Equal(SendOutcome.Refused, transport.Send(_name, Message).Outcome);
        File.WriteAllText(Server.FromBank(_name), "eleven byte");
        Assert.Throws<TransportFaultException>(() => transport.Take(_name));
        File.Delete(Server.FromBank(_name));
    }

    [Fact]
    public void A_blind_drop_box_takes_a_message_once_and_a_second_time_is_unknown()
    {
        using var transport = SftpTo.Server(servers.Blind);
        Assert.Equal(SendOutcome.Delivered, transport.Send(_name, Message).Outcome);
        Assert.Equal(Message.Body.ToArray(), File.ReadAllBytes(servers.Blind.ToBank(_name)));
        // The server says "failure" to a target that stands, and to anything else: it may be ours, it may be another's.
        Assert.Equal(SendOutcome.Unknown, transport.Send(_name, Message with { Signature = null }).Outcome);
        Assert.Null(transport.Holds(_name));
        Assert.Throws<TransportFaultException>(transport.List);
        using var dropping = SftpTo.Server(servers.Blind, link => link with { FromBank = "" });
        Assert.Empty(dropping.List());
    }

    [Fact]
    public void A_folder_that_may_be_written_and_not_listed_takes_a_message()
    {
        using var server = new SshServer();
        SshServer.Tool("chmod", "300", server.ToBank());
        using var transport = SftpTo.Server(server);
        Assert.Equal(SendOutcome.Delivered, transport.Send(_name, Message).Outcome);
        Assert.True(transport.Holds(_name));
        SshServer.Tool("chmod", "500", server.ToBank());
        var refused = transport.Send("another.xml", Message);
        Assert.True(refused.Outcome == SendOutcome.NotSent, refused.Detail);
        SshServer.Tool("chmod", "700", server.ToBank());
    }

    [Fact]
    public void Answers_are_listed_oldest_first_taken_with_their_signature_and_acknowledged()
    {
        using var server = new SshServer();
        var day = new DateTime(2026, 11, 20, 8, 0, 0, DateTimeKind.Utc);
        (string, int)[] files = [("b.xml", 1), ("a.xml", 2), (".d.xml", 0), ("b.xml.p7s", 0)];
        foreach (var (name, hours) in files)
        {
            File.WriteAllText(server.FromBank(name), name);
            File.SetLastWriteTimeUtc(server.FromBank(name), day.AddHours(hours));
        }
        using var transport = SftpTo.Server(server);
        Assert.Equal(["b.xml", "a.xml"], transport.List());
        var b = transport.Take("b.xml")!;
        Assert.Equal(("b.xml", ".p7s", "b.xml.p7s"), (Encoding.UTF8.GetString(b.Body.Span), b.SignatureSuffix,
            Encoding.UTF8.GetString(b.Signature!.Value.Span)));
        Assert.Null(transport.Take("a.xml")!.Signature);
        Assert.Null(transport.Take("absent.xml"));
        transport.Acknowledge("b.xml");
        transport.Acknowledge("b.xml");
        Assert.Equal(["a.xml"], transport.List());
        Assert.Equal(0, new FileInfo(server.FromBank(".taken/b.xml")).Length);
        Assert.True(File.Exists(server.FromBank("b.xml")));
    }

    [Fact]
    public void The_servers_end_between_two_questions_is_a_fault_and_the_next_question_asks_anew()
    {
        using var server = new SshServer();
        using var transport = SftpTo.Server(server);
        Assert.Empty(transport.List());
        server.Kill();
        Assert.Throws<TransportFaultException>(transport.List);
        Assert.Throws<TransportFaultException>(() => transport.Take("a.xml"));
    }

    [Fact]
    public void The_page_of_the_specs_shows_what_OpenSSH_itself_does()
    {
        var page = File.ReadAllText(Repository.PathOf("specs", "transports.md"));
        var block = page.Split("```sh sftp\n")[1].Split("```")[0]
            .Replace("PORT", $"{Server.Port}", StringComparison.Ordinal);
        var folder = Directory.CreateDirectory(Path.Combine(Server.Folder, "developer")).FullName;
        File.WriteAllText(Path.Combine(folder, "F"), "a file of wages");
        File.Copy(Path.Combine(Server.Folder, "ours"), Path.Combine(folder, "ours"));
        File.WriteAllText(Path.Combine(folder, "known"),
            $"[127.0.0.1]:{Server.Port} {File.ReadAllText(Path.Combine(Server.Folder, "host.pub"))}");
        Assert.Contains(" F", SshServer.Tool("bash", "-euc", $"cd '{folder}'\n{block}"), StringComparison.Ordinal);
        using var transport = SftpTo.Server(Server);
        Assert.Equal(SendOutcome.Delivered, transport.Send("F", new(Bytes("a file of wages"), null, "")).Outcome);
        Assert.NotEqual(0, OutsideTool.Run("bash", "-euc", $"cd '{folder}'\n{block}").Code); // nothing is overwritten
    }

    [Fact]
    public void Every_exception_class_of_the_library_is_mapped()
    {
        var classes = typeof(SftpClient).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Exception)));
        Assert.All(classes, type => Assert.Contains(type, SftpFaults.Classes));
    }

    private static List<string?> StandingAt(SshServer server) => [.. Directory.GetFiles(server.ToBank())
        .Select(Path.GetFileName).Where(name => name!.Contains($"{s_number:00000000}", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)];

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
