using System.Text;
using Disbursement.BankAdapters.Seams;
using Disbursement.BankAdapters.Transports;
using Xunit;

namespace Disbursement.Tests.Transports;

public sealed class FolderTransportTests : IDisposable
{
    private const string Name = "SAMPLE2026110000001A.bxt";
    private static readonly SealedMessage Message = new(Bytes("body 样例"), Bytes("signature"), ".p7s");

    private readonly string _root = Directory.CreateTempSubdirectory("exchange-").FullName;
    private readonly FolderTransport _transport;

    public FolderTransportTests()
    {
        Directory.CreateDirectory(ToBank());
        Directory.CreateDirectory(FromBank());
        _transport = new FolderTransport(ToBank(), FromBank());
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void A_sent_message_stands_there_with_its_signature_and_nothing_else()
    {
        Assert.Equal(SendOutcome.Delivered, _transport.Send(Name, Message).Outcome);
        Assert.Equal([Name, Name + ".p7s"], Directory.GetFiles(ToBank()).Select(Path.GetFileName).Order());
        Assert.Equal(Message.Body.ToArray(), File.ReadAllBytes(ToBank(Name)));
        Assert.Equal(Message.Signature!.Value.ToArray(), File.ReadAllBytes(ToBank(Name + ".p7s")));
    }

    [Fact]
    public void A_message_without_signature_is_sent_alone()
    {
        Assert.Equal(SendOutcome.Delivered, _transport.Send(Name, new SealedMessage(Bytes("b"), null, "")).Outcome);
        Assert.Equal([Name], Directory.GetFiles(ToBank()).Select(Path.GetFileName));
    }

    /// <summary>An envelope that signs within its file leaves no signature, and a store gives an array that is null:
    /// no bytes beside the body are none, not an empty file under its name.</summary>
    [Fact]
    public void A_message_kept_without_signature_is_sent_alone()
    {
        var message = SealedMessage.Of("b"u8.ToArray(), signature: null, ".p7s");
        Assert.Null(message.Signature);
        Assert.Equal(SendOutcome.Delivered, _transport.Send(Name, message).Outcome);
        Assert.Equal(ToBank(Name), Assert.Single(Directory.GetFiles(ToBank())));
        Assert.Equal("b"u8.ToArray(), File.ReadAllBytes(ToBank(Name)));
    }

    [Fact]
    public void The_same_bytes_again_are_delivered_and_left_as_they_are()
    {
        _transport.Send(Name, Message);
        var written = File.GetLastWriteTimeUtc(ToBank(Name));
        Assert.Equal(SendOutcome.Delivered, _transport.Send(Name, Message).Outcome);
        Assert.Equal(written, File.GetLastWriteTimeUtc(ToBank(Name)));
    }

    [Fact]
    public void Other_bytes_under_the_name_are_refused_and_stay()
    {
        _transport.Send(Name, Message);
        var others = new[] { Message with { Body = Bytes("other") }, Message with { Signature = Bytes("other") } };
        foreach (var other in others)
        {
            var result = _transport.Send(Name, other);
            Assert.Equal(SendOutcome.Refused, result.Outcome);
            Assert.Contains(Name, result.Detail, StringComparison.Ordinal);
        }
        Assert.Equal(Message.Body.ToArray(), File.ReadAllBytes(ToBank(Name)));
        Assert.Equal(Message.Signature!.Value.ToArray(), File.ReadAllBytes(ToBank(Name + ".p7s")));
    }

    [Fact]
    public void A_send_that_stopped_between_signature_and_body_is_completed()
    {
        File.WriteAllBytes(ToBank(Name + ".p7s"), Message.Signature!.Value.ToArray());
        File.WriteAllText(ToBank($".{Name}.tmp"), "half a bo");
        Assert.Equal(SendOutcome.Delivered, _transport.Send(Name, Message).Outcome);
        Assert.Equal(Message.Body.ToArray(), File.ReadAllBytes(ToBank(Name)));
        Assert.Equal(2, Directory.GetFiles(ToBank()).Length);
    }

    [Fact]
    public void Another_signature_under_the_name_is_refused_before_the_body_is_placed()
    {
        File.WriteAllText(ToBank(Name + ".p7s"), "of another message");
        Assert.Equal(SendOutcome.Refused, _transport.Send(Name, Message).Outcome);
        Assert.False(File.Exists(ToBank(Name)));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData(".hidden")]
    [InlineData("../up.bxt")]
    [InlineData("down/file.bxt")]
    [InlineData("down\\file.bxt")]
    [InlineData("/root.bxt")]
    [InlineData("nul\0.bxt")]
    [InlineData("file.p7s")]
    [InlineData("file.sig")]
    public void A_name_that_is_no_plain_file_name_is_refused_everywhere(string name)
    {
        Assert.Equal(SendOutcome.Refused, _transport.Send(name, Message).Outcome);
        Assert.Null(_transport.Take(name));
        Assert.False(_transport.Holds(name));
        Assert.Empty(Directory.GetFileSystemEntries(ToBank()));
    }

    [Fact]
    public void A_name_too_long_for_a_file_is_refused() =>
        Assert.Equal(SendOutcome.Refused, _transport.Send(new string('啊', 67), Message).Outcome);

    [Fact]
    public void A_missing_folder_is_not_sent() // DirectoryNotFoundException
    {
        Directory.Delete(ToBank());
        Assert.Equal(SendOutcome.NotSent, _transport.Send(Name, Message).Outcome);
    }

    [Fact]
    public void A_full_disk_is_not_sent() // IOException on flush
    {
        File.CreateSymbolicLink(ToBank($".{Name}.tmp"), "/dev/full");
        Assert.Equal(SendOutcome.NotSent, _transport.Send(Name, Message).Outcome);
        Assert.False(File.Exists(ToBank(Name)) || File.Exists(ToBank(Name + ".p7s")));
    }

    [Fact]
    public void A_temporary_name_that_cannot_be_written_is_not_sent() // UnauthorizedAccessException
    {
        Directory.CreateDirectory(ToBank($".{Name}.tmp"));
        Assert.Equal(SendOutcome.NotSent, _transport.Send(Name, Message).Outcome);
        Assert.False(File.Exists(ToBank(Name + ".p7s")));
    }

    [Fact]
    public void A_target_that_cannot_be_read_is_unknown() // UnauthorizedAccessException on comparing
    {
        Directory.CreateDirectory(ToBank(Name));
        File.WriteAllBytes(ToBank(Name + ".p7s"), Message.Signature!.Value.ToArray());
        Assert.Equal(SendOutcome.Unknown, _transport.Send(Name, Message).Outcome);
    }

    [Fact]
    public void Trouble_after_the_first_rename_is_unknown() // a folder stands where the signature goes
    {
        Directory.CreateDirectory(ToBank(Name + ".p7s"));
        Assert.Equal(SendOutcome.Unknown, _transport.Send(Name, Message).Outcome);
    }

    [Fact]
    public void A_target_that_gives_a_read_error_is_unknown_after_the_rename_was_begun() // IOException
    {
        File.CreateSymbolicLink(ToBank(Name + ".p7s"), "/proc/self/mem");
        Assert.Equal(SendOutcome.Unknown, _transport.Send(Name, Message).Outcome);
    }

    [Fact]
    public void Only_a_folder_that_answers_says_that_a_name_is_absent()
    {
        Assert.False(_transport.Holds(Name));
        _transport.Send(Name, Message);
        Assert.True(_transport.Holds(Name));
        Directory.Delete(ToBank(), recursive: true);
        Assert.Null(_transport.Holds(Name));
        File.WriteAllText(ToBank(), "no folder");
        Assert.Null(_transport.Holds(Name));
    }

    [Fact]
    public void Waiting_messages_are_listed_oldest_first_without_temporary_files_and_signatures()
    {
        var day = new DateTime(2026, 11, 20, 8, 0, 0, DateTimeKind.Utc);
        (string, int)[] files =
            [("b.xml", 1), ("a.xml", 2), ("c.xml", 1), (".d.xml", 0), ("b.xml.p7s", 0), ("c.xml.sig", 0)];
        foreach (var (name, hours) in files)
        {
            File.WriteAllText(FromBank(name), name);
            File.SetLastWriteTimeUtc(FromBank(name), day.AddHours(hours));
        }
        Assert.Equal(["b.xml", "c.xml", "a.xml"], _transport.List());
    }

    [Fact]
    public void A_message_is_taken_with_the_signature_beside_it()
    {
        File.WriteAllText(FromBank("a.xml"), "a");
        File.WriteAllText(FromBank("a.xml.sig"), "s");
        File.WriteAllText(FromBank("b.xml"), "b");
        var a = _transport.Take("a.xml")!;
        Assert.Equal((".sig", "s"), (a.SignatureSuffix, Encoding.UTF8.GetString(a.Signature!.Value.Span)));
        var b = _transport.Take("b.xml")!;
        Assert.Equal(("", "b"), (b.SignatureSuffix, Encoding.UTF8.GetString(b.Body.Span)));
        Assert.Null(b.Signature);
        Assert.Null(_transport.Take("gone.xml"));
    }

    [Fact]
    public void An_acknowledged_message_is_listed_no_more_and_nothing_is_deleted()
    {
        File.WriteAllText(FromBank("a.xml"), "a");
        _transport.Acknowledge("a.xml");
        _transport.Acknowledge("a.xml");
        Assert.Empty(_transport.List());
        Assert.Equal(0, new FileInfo(FromBank(".taken", "a.xml")).Length);
        Assert.NotNull(_transport.Take("a.xml"));
        Assert.Throws<ArgumentException>(() => _transport.Acknowledge("../a.xml"));
    }

    [Fact]
    public void A_missing_folder_of_the_bank_is_an_IOException_and_not_an_empty_list()
    {
        Directory.Delete(FromBank());
        Assert.ThrowsAny<IOException>(() => _transport.List());
        Assert.ThrowsAny<IOException>(() => _transport.Take("a.xml"));
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private string ToBank(params string[] path) => Path.Combine([_root, "to-bank", .. path]);

    private string FromBank(params string[] path) => Path.Combine([_root, "from-bank", .. path]);
}
