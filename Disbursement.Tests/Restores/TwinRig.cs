using System.Text;
using Disbursement.Engine.Accounts;
using Disbursement.Engine.Files;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.Restores;
using Disbursement.Engine.Returns;
using Disbursement.Engine.Runtime;
using Disbursement.Host.Files;
using Disbursement.Host.Returns;
using Disbursement.Tests.Files;
using Disbursement.Tests.Fixtures;
using Disbursement.Tests.Returns;
using Disbursement.Tests.Storage;
using Xunit;

namespace Disbursement.Tests.Restores;

/// <summary>
/// A sealed file here, and a journalled one with its first two wages that this database forgot; the bank's signed
/// reports about either.
/// </summary>
internal sealed partial class TwinRig : IDisposable
{
    public const long Number = 900;
    private readonly Dictionary<string, string> _accounts;

    /// <param name="begun">The recovery has begun; else the journal was not asked yet.</param>
    public TwinRig(string engine, bool begun = true)
    {
        Outlay = new SampleOutlay(engine);
        Here = Outlay.Sealed();
        Claims = [.. Outlay.Samples.Ask(v => FileRows.ClaimsOf(v, Here.File)).Take(2)];
        Reports = new IcbcReports(Outlay.Samples, Outlay.Settings.Keys);
        _accounts = Reports.AccountsIn(
            MoneyRig.Gb18030.GetString(Outlay.Samples.Ask(v => v.Vault.Open(Here.SealedDocument!))!));
        if (begun) Begin();
    }

    public static InputDocument Letter => new(FileResolve.Evidence, "样例: 银行函"u8.ToArray(), Personal: true);

    public SampleOutlay Outlay { get; }
    public IcbcReports Reports { get; }
    public DisbursementFileRow Here { get; }
    public IReadOnlyList<JournalledClaim> Claims { get; }
    public DisbursementFileRow Journalled => Outlay.File(Number);
    public IReadOnlyList<string> Kinds => [.. Rows<BankExceptionRow>().Select(x => x.Kind)];

    /// <summary>Of the journalled file.</summary>
    public string Reference =>
        FileReference.Of(Outlay.Composition.Store.Ledgers()[0].Epoch, SampleLedger.Ledger, Number, 20);

    public IReadOnlyList<T> Rows<T>() where T : class, Engine.Ports.IRow => Outlay.Samples.Ask(v => v.List<T>());

    public string AccountOf(int row) => _accounts[Claims[row - 1].Payee];

    /// <param name="project">Whose wages the journalled file has; that of the file here, if not told.</param>
    /// <param name="stranger">Fen of a third row, of a wage that is never entered here.</param>
    public void Begin(string? project = null, long stranger = 0)
    {
        var rows = Claims.Select(c => c with { Project = project ?? c.Project }).ToList();
        if (stranger > 0) rows.Add(rows[0] with
        {
            Worker = new string('0', rows[0].Worker.Length),
            Fen = stranger,
        });
        var record = JournalText.Format(new JournalledSend(SampleLedger.Ledger, Outlay.Account, IcbcReports.Profile,
            ReleaseKind.Ordinary, Reference, "ab", rows.Count, rows.Sum(c => c.Fen), "0a", rows));
        Assert.True(Outlay.Composition.Runner.Run(SampleLedger.Ledger, new Command("restore.begin", ("epoch", "R001"))
            .With(new InputDocument(RestoreBegin.Journal, Encoding.UTF8.GetBytes(record)))).Accepted);
        Match();
    }

    /// <summary>As every tick and every message does, until there is nothing more to match.</summary>
    public void Match()
    {
        while (!Outlay.Samples.Done("", new Command("restore.match")).Repeat) continue;
    }

    public void Withdraw() =>
        Outlay.Samples.Done(SampleLedger.Treasurer, new Command("file.withdraw", ("file", Here.File)));

    public void SendHere()
    {
        Outlay.Run("file.send", "file", Here.File);
        Outlay.Samples.Done("", new Command("file.sent", ("file", Here.File),
            ("version", Outlay.File(Here.File).Version), ("result", "Delivered"))
            .With(new InputDocument(FileSent.Detail, "样例"u8.ToArray())));
    }

    public void Both(Command command)
    {
        foreach (var person in new[] { SampleLedger.Treasurer, SampleLedger.Administrator })
            Outlay.Samples.Done(person, command);
    }

    public Command Settle(string outcome, string letter = "样例: 银行函") =>
        new Command("restore.resolve", ("send", 1), ("outcome", outcome))
            .With(new InputDocument(RestoreResolve.Evidence, Encoding.UTF8.GetBytes(letter), Personal: true));

    public static Command Line(long row, OutcomeKind outcome) => new Command("line.resolve", ("file", Number),
        ("row", row), ("outcome", outcome)).With(Letter with { Kind = LineResolve.Evidence });

    /// <summary>The bank's report about the journalled file.</summary>
    public void Report(int number, params (int Row, string Status)[] rows) => Told(Reference, number, rows);

    public void Told(string reference, int number, params (int Row, string Status)[] rows) => Told(reference, number,
        [.. rows.Select(r => ((long)r.Row, AccountOf(r.Row), Claims[r.Row - 1].Fen, r.Status))]);

    public void Told(string reference, int number, (long Row, string Account, long Fen, string Status)[] rows) =>
        Reports.Tell(reference, number, rows);

    /// <summary>What waits is applied, as a tick does.</summary>
    public MessagesTaken Waiting() => new MessageTaking(Outlay.Composition.Store, Outlay.Settings,
        Outlay.Composition.Runner, Outlay.Composition.Runner.Stage).Waiting(SampleLedger.Ledger);

    /// <summary>Of the journalled rows by row.</summary>
    public IReadOnlyList<AttemptState> States() => [.. Rows<PaymentRow>().Where(p => p.File == Number)
        .OrderBy(p => p.RowReference).Select(p => OutcomeSet.Of(Rows<PaymentOutcomeRow>()
            .Where(o => o.Claim == p.Claim && o.Attempt == p.Attempt).Select(o => (o.Source, o.Kind))).State)];

    public IReadOnlyList<ExceptionAnswer> All()
    {
        using var view = Outlay.Composition.Store.Read(SampleLedger.Ledger);
        return new ExceptionAnswers(view).Of(view.List<BankExceptionRow>());
    }

    public IReadOnlyList<ExceptionAnswer> Open() => [.. All().Where(x => x.IsOpen)];

    public void Dispose() => Outlay.Dispose();
}
