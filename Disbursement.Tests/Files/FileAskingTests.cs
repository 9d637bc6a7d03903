using Disbursement.BankAdapters.Envelopes;
using Disbursement.BankAdapters.Sandbox;
using Disbursement.BankAdapters.Seams;
using Disbursement.Engine.Accounts;
using Disbursement.Engine.Files;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;
using Disbursement.Host.Files;
using Disbursement.Host.Returns;
using Disbursement.Tests.Fixtures;
using Disbursement.Tests.Sandbox;
using NodaTime;
using Xunit;

namespace Disbursement.Tests.Files;

/// <summary>A bank is asked what became of a file whose answer was lost; only its answer is evidence.</summary>
public sealed class FileAskingTests : IDisposable
{
    private const string Profile = "cmb-ntagcsal";
    private readonly SampleOutlay _outlay = new();
    private readonly DisbursementFileRow _file;

    public FileAskingTests()
    {
        var payrolls = _outlay.Payrolls.Count;
        _outlay.Chosen = Enumerable.Range(0, payrolls).First(i =>
        {
            _outlay.Chosen = i;
            return _outlay.Samples.Ask(v => v.Find<BankAccountRow>(("bank_account",
                v.Find<WageAccountRow>(("account", _outlay.Account))!.BankAccount)))!.Profile == Profile;
        });
        _file = _outlay.Sealed();
        SampleKeys.Ensure(_outlay.Settings.Keys, $"bank-{Profile}", SampleKeyKind.Sm2,
            Instant.FromUtc(2026, 1, 1, 0, 0), Instant.FromUtc(2036, 1, 1, 0, 0));
    }

    public void Dispose() => _outlay.Dispose();

    [Fact]
    public void The_answer_to_a_question_leaves_an_unknown_file_accepted_and_its_rows_answered()
    {
        Lost();
        Assert.Equal(SendOutcome.Delivered, Ask()!.Value.Outcome);
        var row = Assert.Single(_outlay.Samples.Ask(v => v.List<FileQueryRow>()));
        Assert.Equal((_file.File, 1, _file.Reference + "Q0001"), (row.File, row.Query, row.Reference));
        Assert.NotEmpty(_outlay.Samples.Ask(v => v.Vault.Open(row.Document))!);
        Assert.Equal(FileState.Unknown, State); // a question is no evidence

        var credited = Answered();
        Assert.Empty(Receive($"{_file.Reference}-query-1").Refused);
        Assert.NotEqual(FileState.Unknown, State);
        Assert.Equal(credited, _outlay.File(_file.File).LinesSettled);
        Assert.True(credited > 0);
    }

    [Fact]
    public void Each_question_has_a_number_of_its_own_and_the_same_one_is_a_repeat()
    {
        Lost();
        Ask();
        Ask();
        Assert.Equal([1L, 2L], _outlay.Samples.Ask(v => v.List<FileQueryRow>()).Select(row => row.Query));
        var body = new InputDocument(FileQuery.Body, "another"u8.ToArray());
        var taken = _outlay.Composition.Runner.Run(SampleLedger.Ledger,
            new Command("file.query", ("file", _file.File), ("query", 2)).With(body));
        Assert.Equal("subject.wrong-state", Assert.Single(taken.Findings).Rule.Code);
        var third = new Command("file.query", ("file", _file.File), ("query", 3)).With(body);
        Assert.False(_outlay.Composition.Runner.Run(SampleLedger.Ledger, third).Value.Repeat);
        Assert.True(_outlay.Composition.Runner.Run(SampleLedger.Ledger, third).Value.Repeat);
    }

    [Fact]
    public void Nothing_is_asked_about_a_file_that_never_left()
    {
        Assert.False(Ask()!.Accepted);
        Assert.Empty(_outlay.Samples.Ask(v => v.List<FileQueryRow>()));
        Assert.Empty(Directory.GetFiles(Path.Combine(_outlay.Settings.Exchange, Profile, "to-bank")));
    }

    /// <summary>The bank has the file; we do not know it.</summary>
    private void Lost()
    {
        var bank = BankLinks.Of(_outlay.Settings, RoundTrip.Read(Profile)).Value;
        Assert.True(_outlay.Send(_file.File, new LostAnswer(bank)).Accepted);
        Assert.Equal(FileState.Unknown, State);
    }

    private Decision<SendResult>? Ask() => new FileAsking(_outlay.Composition, _outlay.Settings)
        .Ask(SampleLedger.Ledger, _file.File, BankLinks.Of(_outlay.Settings, RoundTrip.Read(Profile)).Value);

    /// <summary>The bank takes the file and the question, and answers both; how many workers it credited.</summary>
    private long Answered()
    {
        var partner = Partner.Find(Profile)!;
        var books = new SandboxBank(partner, Path.Combine(_outlay.Folder, "books"));
        var exchange = new Exchange(_outlay.Settings.Exchange, partner);
        var order = OrderReader.Read(partner, _file.Name, exchange.Take(_file.Name).Body).Order!;
        books.Post(new(RoundTrip.Day.Date, RoundTrip.Day.At, "D1", "TRANSFER", order.PayerAccount,
            _file.TotalFen, "样例建设单位", "6212260000000000025", "人工费用"));
        books.Pass(exchange, BankKeys.Read(_outlay.Settings.Keys, Profile), RoundTrip.Day);
        return books.Report().Payees.Count;
    }

    /// <summary>Takes the one message of that name; the others are lost on the way.</summary>
    private MessagesTaken Receive(string name)
    {
        var folder = Path.Combine(_outlay.Settings.Exchange, Profile, "from-bank");
        foreach (var other in Directory.GetFiles(folder).Where(path => !Path.GetFileName(path)
            .StartsWith(name, StringComparison.Ordinal))) File.Delete(other);
        return new MessageTaking(_outlay.Composition.Store, _outlay.Settings, _outlay.Composition.Runner,
            _outlay.Composition.Runner.Stage).FromBanks(SampleLedger.Ledger, Profile);
    }

    private FileState State => _outlay.File(_file.File).State;

    private sealed class LostAnswer(ITransport bank) : ITransport
    {
        public SendResult Send(string name, SealedMessage message)
        {
            bank.Send(name, message);
            throw new IOException("the line was cut behind the last byte");
        }

        public IReadOnlyList<string> List() => bank.List();
        public SealedMessage? Take(string name) => bank.Take(name);
        public void Acknowledge(string name) => bank.Acknowledge(name);
    }
}
