using System.Text;
using Disbursement.BankAdapters.Sandbox;
using Disbursement.BankAdapters.Seams;
using Disbursement.BankAdapters.Transports.Https;
using Xunit;

namespace Disbursement.Tests.Transports.Https;

/// <summary>Sign-then-post against the sandbox bank's own ports, and against ports that say what no bank
/// should.</summary>
public sealed class SignedPostTests : IDisposable
{
    private static readonly SealedMessage Message = PostRig.Message();
    private static readonly string Name = PostRig.Name;
    private readonly PostRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_file_is_signed_in_the_house_and_stands_at_the_bank_once(bool inHouse)
    {
        var transport = _rig.By(inHouse ? _rig.InHouse() : _rig.Link());
        Assert.Equal(new(SendOutcome.Delivered, "RetCode 0"), transport.Send(Name, Message));
        Assert.Equal(Message.Body.ToArray(), File.ReadAllBytes(_rig.ToBank(Name)));
        Assert.Equal(SendOutcome.Delivered, transport.Send(Name, Message).Outcome);
        // Other bytes under the same PackageID: the sandbox's word for that is not sourced, so it proves nothing.
        Assert.Equal(SendOutcome.Unknown, transport.Send(Name, PostRig.Message(fen: 1)).Outcome);
        Assert.Equal(Message.Body.ToArray(), File.ReadAllBytes(_rig.ToBank(Name)));
    }

    [Fact]
    public void The_form_says_what_the_file_says_byte_for_byte()
    {
        using var signing = new ScriptedPort(ScriptedPort.Signed("AAEC\r\nA/+9"));
        using var carrying = new ScriptedPort(ScriptedPort.Said("<CMS><eb><pub><RetCode>0</RetCode></pub></eb></CMS>"));
        var link = _rig.InHouse(carrying.Port) with
        {
            Signing = $"http://127.0.0.1:{signing.Port}/",
            Fields = new Dictionary<string, string> { ["Version"] = "0.0.0.1", ["zipFlag"] = "0" },
        };
        Assert.Equal(SendOutcome.Delivered, _rig.By(link).Send(Name, Message).Outcome);
        Assert.StartsWith("POST / HTTP/1.1\r\n", signing.Seen, StringComparison.Ordinal);
        Assert.Contains("\r\nContent-Type: INFOSEC_SIGN/1.0\r\n", signing.Seen, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n" + Encoding.Latin1.GetString(Message.Body.Span), signing.Seen,
            StringComparison.Ordinal);
        Assert.StartsWith("POST /servlet/ICBCCMPAPIReqServlet?userID=&PackageID=SAMPLE26030000000001"
            + "&SendTime=20260313090000000 HTTP/1.1\r\n", carrying.Seen, StringComparison.Ordinal);
        Assert.Contains("\r\nContent-Type: application/x-www-form-urlencoded\r\n", carrying.Seen,
            StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\nVersion=0.0.0.1&TransCode=PAYPER&BankCode=102&GroupCIS=SAMPLE-C-01&ID="
            + "&PackageID=SAMPLE26030000000001&Cert=&reqData=AAECA%2F%2B9&zipFlag=0", carrying.Seen,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_of_the_form_is_written_in_the_banks_character_set_or_not_at_all()
    {
        using var carrying = new ScriptedPort("");
        HttpsLink Given(string text) => _rig.InHouse(carrying.Port) with
        {
            Fields = new Dictionary<string, string> { ["zipFlag"] = text },
        };
        Assert.Equal(SendOutcome.NotSent, _rig.By(Given("𠮷")).Send(Name, Message).Outcome);
        Assert.Empty(carrying.Seen);
        Assert.Equal(SendOutcome.Unknown, _rig.By(Given("样例")).Send(Name, Message).Outcome);
        Assert.EndsWith("&zipFlag=%D1%F9%C0%FD", carrying.Seen, StringComparison.Ordinal);
    }

    public static TheoryData<string, string?> NoSignature => new()
    {
        { "silence", null },
        { "a closed line", "" },
        { "nonsense", "nonsense\r\n\r\n" },
        { "a torn answer", "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n<result>0</result><sign>AAAA</sign>" },
        { "an error", "HTTP/1.1 500 X\r\nContent-Length: 0\r\n\r\n" },
        { "a redirect", "HTTP/1.1 302 X\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n" },
        { "a no", ScriptedPort.Signed("AAAA", "-10108") },
        { "no result", ScriptedPort.Ok("<html><body><sign>AAAA</sign></body></html>") },
        { "two results", ScriptedPort.Ok("<result>0</result><result>1</result><sign>AAAA</sign>") },
        { "no sign", ScriptedPort.Ok("<result>0</result>") },
        { "an empty sign", ScriptedPort.Signed(" ") },
        { "a sign that is not closed", ScriptedPort.Ok("<result>0</result><sign>AAAA") },
        { "a sign that is no Base64", ScriptedPort.Signed("签名") },
        { "a longer answer than agreed", ScriptedPort.Signed(new string('A', 40_000)) },
    };

    [Theory, MemberData(nameof(NoSignature))]
    public void Without_the_signed_file_nothing_is_posted(string why, string? answer)
    {
        using var signing = new ScriptedPort(answer);
        using var carrying = new ScriptedPort("");
        var link = _rig.InHouse(carrying.Port) with
        {
            Signing = $"http://127.0.0.1:{signing.Port}/",
            AnswerSeconds = 1,
            MaxBytes = 20_000,
        };
        var sent = _rig.By(link).Send(Name, Message);
        Assert.True(sent.Outcome == SendOutcome.NotSent, $"{why}: {sent}");
        Assert.Empty(carrying.Seen);
    }

    public static TheoryData<string, Func<HttpsLink, HttpsLink>> NoSession => new()
    {
        { "nobody signs", link => link with { Signing = $"http://127.0.0.1:{LoopbackPort.Free()}/" } },
        { "the signer is out of the house", link => link with { Signing = "http://203.0.113.7/" } },
        { "the signer is a name", link => link with { Signing = "http://localhost/" } },
        { "the signer has no address", link => link with { Signing = "" } },
        { "a bank out of the house without TLS", link => link with { Address = "http://203.0.113.7/" } },
        { "another root", link => link with { ServerRoots = ["other-root"] } },
        { "no key of ours", link => link with { ClientKey = "absent" } },
        { "nobody takes posts", link => link with { Address = $"https://127.0.0.1:{LoopbackPort.Free()}/" } },
        {
            "a link that says what the file says",
            link => link with { Fields = new Dictionary<string, string> { ["PackageID"] = "OTHER" } }
        },
    };

    [Theory, MemberData(nameof(NoSession))]
    public void Without_a_session_nothing_is_sent(string why, Func<HttpsLink, HttpsLink> change)
    {
        var sent = _rig.By(change(_rig.Link())).Send(Name, Message);
        Assert.True(sent.Outcome == SendOutcome.NotSent, $"{why}: {sent}");
        Assert.Empty(Directory.GetFiles(_rig.ToBank()));
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 500 X\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 403 X\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 302 X\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nreqData=")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\nerrorCode=-1")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nreqData=!!")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nreqData=AAAAAAAAAAAA")]
    [InlineData("nonsense\r\n\r\n")]
    [InlineData("")]
    [InlineData(null)]
    public void An_answer_to_the_form_that_proves_nothing_is_unknown(string? answer)
    {
        using var carrying = new ScriptedPort(answer);
        var sent = _rig.By(_rig.InHouse(carrying.Port) with { AnswerSeconds = 1 }).Send(Name, Message);
        Assert.True(sent.Outcome == SendOutcome.Unknown, $"{sent}");
        Assert.Contains("reqData=", carrying.Seen, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<CMS><eb><pub><RetCode>0</RetCode></pub></eb></CMS>", SendOutcome.Delivered)]
    [InlineData("<CMS><eb><pub><RetCode>B0116</RetCode></pub></eb></CMS>", SendOutcome.Unknown)]
    [InlineData("<CMS><eb><pub><RetCode/></pub></eb></CMS>", SendOutcome.Unknown)]
    [InlineData("<CMS><eb><pub/></eb></CMS>", SendOutcome.Unknown)]
    [InlineData("<!DOCTYPE CMS><CMS><RetCode>0</RetCode></CMS>", SendOutcome.Unknown)]
    public void A_code_says_what_the_profile_says(string xml, SendOutcome outcome)
    {
        using var carrying = new ScriptedPort(ScriptedPort.Said(xml));
        Assert.Equal(outcome, _rig.By(_rig.InHouse(carrying.Port)).Send(Name, Message).Outcome);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no xml")]
    [InlineData("<CMS><eb><pub><TransCode>PAYPER</TransCode></pub></eb></CMS>")]
    [InlineData("<!DOCTYPE CMS [<!ENTITY a 'b'>]><CMS/>")]
    public void A_file_that_cannot_fill_in_the_form_is_not_sent(string file)
    {
        using var signing = new ScriptedPort("");
        var transport = _rig.By(_rig.Link(signing: signing.Port));
        Assert.Equal(SendOutcome.NotSent, transport.Send(Name, new(Encoding.UTF8.GetBytes(file), null, "")).Outcome);
        Assert.Empty(signing.Seen);
    }

    [Fact]
    public void What_is_too_long_or_no_name_is_refused_before_anything_is_asked()
    {
        using var signing = new ScriptedPort("");
        var transport = _rig.By(_rig.Link(signing: signing.Port) with { MaxBytes = 100 });
        Assert.Equal(SendOutcome.Refused, transport.Send(Name, Message).Outcome);
        Assert.Equal(SendOutcome.Refused, transport.Send("../a.xml", new(new byte[1], null, "")).Outcome);
        Assert.Empty(signing.Seen);
    }

    [Fact]
    public void A_line_to_the_bank_cut_at_any_byte_never_says_more_than_is_so()
    {
        using var whole = new CuttingProxy(_rig.Client.CarryingPort!.Value);
        Assert.Equal(SendOutcome.Delivered, Sent(whole.Port).Outcome);
        var (up, down) = whole.Carried;
        var seen = new HashSet<SendOutcome>();
        for (var i = 0; i <= 40; i++)
        {
            seen.Add(Judged(line => line.CutUpAfter(up * i / 40)));
            seen.Add(Judged(line => line.CutDownAfter(down * i / 40)));
        }
        Assert.Equal([SendOutcome.Delivered, SendOutcome.Unknown], seen.Order());
    }

    [Fact]
    public void A_line_to_the_signing_port_cut_at_any_byte_leaves_nothing_at_the_bank()
    {
        using var whole = new CuttingProxy(_rig.Client.SigningPort);
        var link = _rig.Link(signing: whole.Port);
        Assert.Equal(SendOutcome.Delivered, _rig.By(link).Send(Name, Message).Outcome);
        var (up, down) = whole.Carried;
        for (var i = 0; i < 20; i++)
            foreach (var isUp in new[] { true, false })
            {
                Clear();
                using var line = new CuttingProxy(_rig.Client.SigningPort);
                if (isUp) line.CutUpAfter(up * i / 20);
                else line.CutDownAfter(down * i / 20);
                Assert.Equal(SendOutcome.NotSent, _rig.By(_rig.Link(signing: line.Port)).Send(Name, Message).Outcome);
                Assert.Empty(Directory.GetFiles(_rig.ToBank()));
            }
    }

    [Fact]
    public void A_link_that_names_no_signing_service_is_none() =>
        Assert.Null(_rig.Made(_rig.Link() with { Signing = null }));

    private SendResult Sent(int port) => _rig.By(_rig.InHouse(port) with { AnswerSeconds = 2 }).Send(Name, Message);

    private SendOutcome Judged(Action<CuttingProxy> cut)
    {
        Clear();
        using var line = new CuttingProxy(_rig.Client.CarryingPort!.Value);
        cut(line);
        var sent = Sent(line.Port);
        Thread.Sleep(20); // what the bank has in hand, it finishes
        var stands = File.Exists(_rig.ToBank(Name));
        Assert.True(sent.Outcome switch
        {
            SendOutcome.NotSent => !stands,
            SendOutcome.Delivered => stands,
            SendOutcome.Unknown => true,
            _ => false,
        }, $"{sent}, stands: {stands}");
        return sent.Outcome;
    }

    private void Clear()
    {
        foreach (var file in Directory.GetFiles(_rig.ToBank())) File.Delete(file);
    }
}
