using System.Text;
using Disbursement.BankAdapters.Sandbox;
using Disbursement.BankAdapters.Seams;
using Disbursement.BankAdapters.Transports;
using Disbursement.BankAdapters.Transports.Https;
using Disbursement.Tests.Security;
using Xunit;

namespace Disbursement.Tests.Transports.Https;

/// <summary>HTTPS with mutual TLS against the sandbox bank's own server.</summary>
public sealed class HttpsTransportTests : IDisposable
{
    private const string Name = "SAMPLE00000001.xml";
    private static readonly SealedMessage Message = new(Bytes("body 样例"), Bytes("signature"), ".p7s");
    private readonly HttpsRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public void A_sent_message_stands_there_with_its_signature_once_and_other_bytes_are_refused()
    {
        using var transport = HttpsRig.By(_rig.Link());
        Assert.False(transport.Holds(Name));
        Assert.Equal(SendOutcome.Delivered, transport.Send(Name, Message).Outcome);
        Assert.Equal([Name, Name + ".p7s"], Directory.GetFiles(_rig.ToBank()).Select(Path.GetFileName).Order());
        Assert.Equal(Message.Body.ToArray(), File.ReadAllBytes(_rig.ToBank(Name)));
        Assert.Equal(SendOutcome.Delivered, transport.Send(Name, Message).Outcome);
        foreach (var other in new[] { Message with { Body = Bytes("other") }, Message with { Signature = Bytes("x") } })
            Assert.Equal(SendOutcome.Refused, transport.Send(Name, other).Outcome);
        Assert.Equal(Message.Body.ToArray(), File.ReadAllBytes(_rig.ToBank(Name)));
        Assert.True(transport.Holds(Name));
    }

    public static TheoryData<string, Func<HttpsLink, HttpsLink>> NoSession => new()
    {
        { "another root", link => link with { ServerRoots = ["other-root"] } },
        { "no root", link => link with { ServerRoots = [] } },
        { "no such root", link => link with { ServerRoots = ["absent"] } },
        { "a name the certificate has not", link => link with
            { Address = link.Address.Replace("127.0.0.1", "localhost", StringComparison.Ordinal) } },
        { "no key of ours", link => link with { ClientKey = "absent" } },
        { "no https", link => link with { Address = link.Address.Replace("https", "http", StringComparison.Ordinal) } },
        { "nobody listens", link => link with { Address = $"https://127.0.0.1:{LoopbackPort.Free()}/" } },
        { "no such host", link => link with { Address = "https://bank.invalid/" } },
    };

    [Theory, MemberData(nameof(NoSession))]
    public void Without_a_session_nothing_is_sent(string why, Func<HttpsLink, HttpsLink> change)
    {
        using var transport = HttpsRig.By(change(_rig.Link()));
        var sent = transport.Send(Name, Message);
        Assert.True(sent.Outcome == SendOutcome.NotSent, $"{why}: {sent}");
        Assert.Null(transport.Holds(Name));
        Assert.Throws<TransportFaultException>(transport.List);
        Assert.Empty(Directory.GetFiles(_rig.ToBank()));
    }

    [Fact]
    public void Another_customers_certificate_is_not_spoken_to()
    {
        using var transport = HttpsRig.By(_rig.Link() with { ClientKey = "stranger" });
        // TLS 1.3: the server says no after our side of the handshake is done; the signature goes first and gets no
        // answer, so the body is never offered.
        Assert.Equal(SendOutcome.NotSent, transport.Send(Name, Message).Outcome);
        // Without a signature the body itself is first: it may have left, and only the bank can say.
        Assert.Contains(transport.Send(Name, Message with { Signature = null }).Outcome,
            new[] { SendOutcome.NotSent, SendOutcome.Unknown });
        Assert.Empty(Directory.GetFiles(_rig.ToBank()));
    }

    [Theory]
    [InlineData(200, SendOutcome.Delivered)]
    [InlineData(201, SendOutcome.Delivered)]
    [InlineData(204, SendOutcome.Delivered)]
    [InlineData(412, SendOutcome.Refused)]
    [InlineData(202, SendOutcome.Unknown)]
    [InlineData(302, SendOutcome.Unknown)]
    [InlineData(400, SendOutcome.Unknown)]
    [InlineData(403, SendOutcome.Unknown)]
    [InlineData(404, SendOutcome.Unknown)]
    [InlineData(409, SendOutcome.Unknown)]
    [InlineData(500, SendOutcome.Unknown)]
    [InlineData(503, SendOutcome.Unknown)]
    public void An_answer_to_the_body_says_what_it_proves(int status, SendOutcome outcome)
    {
        using var server = new ScriptedServer(_ => $"HTTP/1.1 {status} X\r\nContent-Length: 0\r\n"
            + (status == 302 ? "Location: https://127.0.0.1:1/\r\n" : "") + "\r\n");
        using var transport = HttpsRig.By(_rig.Link(server.Port));
        Assert.Equal(outcome, transport.Send(Name, Message with { Signature = null }).Outcome);
        if (outcome == SendOutcome.Unknown)
            Assert.Equal(SendOutcome.NotSent, transport.Send(Name, Message).Outcome); // the signature got that answer
    }

    [Theory]
    [InlineData("nonsense\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\ntorn")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")]
    [InlineData("HTTP/2 200\r\n\r\n")]
    [InlineData("")]
    [InlineData(null)]
    public void An_answer_that_is_none_is_unknown(string? answer)
    {
        using var server = new ScriptedServer(_ => answer);
        using var transport = HttpsRig.By(_rig.Link(server.Port) with { AnswerSeconds = 1 });
        var sent = transport.Send(Name, Message with { Signature = null });
        Assert.True(sent.Outcome == SendOutcome.Unknown, $"{sent}");
        Assert.NotEqual(false, transport.Holds(Name));
    }

    [Fact]
    public void An_answer_longer_than_agreed_is_not_taken()
    {
        File.WriteAllBytes(_rig.FromBank("a.xml"), new byte[2_000]);
        using var transport = HttpsRig.By(_rig.Link() with { MaxBytes = 1_000 });
        Assert.Equal(["a.xml"], transport.List());
        Assert.Throws<TransportFaultException>(() => transport.Take("a.xml"));
        Assert.Equal(SendOutcome.Refused, transport.Send(Name, new(new byte[1_001], null, "")).Outcome);
    }

    [Fact]
    public void Answers_are_listed_taken_with_their_signature_and_acknowledged()
    {
        foreach (var name in new[] { "a.xml", "b.xml", "b.xml.p7s" }) File.WriteAllText(_rig.FromBank(name), name);
        using var transport = HttpsRig.By(_rig.Link());
        Assert.Equal(["a.xml", "b.xml"], transport.List().Order());
        Assert.Equal("b.xml.p7s", Encoding.UTF8.GetString(transport.Take("b.xml")!.Signature!.Value.Span));
        Assert.Null(transport.Take("a.xml")!.Signature);
        Assert.Null(transport.Take("absent.xml"));
        transport.Acknowledge("b.xml");
        transport.Acknowledge("b.xml");
        Assert.Equal(["a.xml"], transport.List());
        Assert.True(File.Exists(_rig.FromBank("b.xml")));
        using var silent = HttpsRig.By(_rig.Link() with { Answers = false });
        Assert.Empty(silent.List());
    }

    [Fact]
    public void Openssl_reaches_the_same_pages_with_the_same_certificates()
    {
        Assert.Equal(SendOutcome.Delivered, HttpsRig.By(_rig.Link()).Send(Name, Message).Outcome);
        var (code, output) = OutsideTool.Run("bash", "-c",
            $"cd '{HttpsRig.KeyFolder}'; "
            + $"(printf 'GET /to-bank/{Name} HTTP/1.1\\r\\nHost: bank\\r\\n\\r\\n'; sleep 1) | "
            + $"timeout 10 openssl s_client -quiet -no_ign_eof -verify_return_error -CAfile root.pem -cert ours.pem "
            + $"-key ours.key.pem -connect 127.0.0.1:{_rig.Server.Port}");
        Assert.True(code == 0 && output.Contains("body 样例", StringComparison.Ordinal), $"{code} {output}");
    }

    [Fact]
    public void Every_exception_class_of_the_libraries_is_mapped()
    {
        var assemblies = new[] { typeof(HttpClient).Assembly, typeof(System.Net.Security.SslStream).Assembly };
        var classes = assemblies.SelectMany(assembly => assembly.GetExportedTypes())
            .Where(type => type.IsSubclassOf(typeof(Exception)));
        Assert.All(classes, type => Assert.True(HttpsFaults.Classes.Contains(type), $"{type}"));
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
