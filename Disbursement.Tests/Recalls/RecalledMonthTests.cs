using System.Text.Json.Nodes;
using Disbursement.BankAdapters.Sandbox;
using Disbursement.Engine.Accounts;
using Disbursement.Engine.Files;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.Recalls;
using Disbursement.Engine.Returns;
using Disbursement.Engine.Runtime;
using Disbursement.Host.Cli;
using Disbursement.Host.Demo;
using Disbursement.Tests.Demo;
using Disbursement.Tests.Storage;
using NodaTime;
using Xunit;

namespace Disbursement.Tests.Recalls;

/// <summary>
/// The sample month's file to an ISO 20022 bank, called back in part while the bank works on it: our program and the
/// sandbox bank as processes of their own, and the log decided again from its documents.
/// </summary>
public sealed class RecalledMonthTests
{
    private const string Profile = "iso20022-pain";

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void Rows_called_back_in_time_are_rejected_and_payable_again_only_by_the_bank_s_answer(string engine)
    {
        using var month = new RecalledMonth(engine);
        var (paid, silent, otherAmount) = (month.RowOf("100"), month.RowOf("990006"), month.RowOf("990008"));
        month.World.Banks[Profile].TakeFiles(month.World.Today);

        var asked = month.Recall("treasurer", "wrong-account", paid, silent, otherAmount);
        Assert.True(asked.Code == 0 && asked.Json["pending"]!.GetValue<bool>(), $"{asked.Code} {asked.Json}");
        Assert.Equal(0, month.Recall("treasurer", "wrong-account", paid, silent, otherAmount).Code);
        Assert.Empty(month.World.Ask(v => v.List<RecallRow>()));
        var sent = month.Recall("clerk", "wrong-account", paid, silent, otherAmount);
        Assert.Equal((0, "Delivered", $"{month.File.Reference}C01"),
            (sent.Code, $"{sent.Json["result"]}", $"{sent.Json["reference"]}"));
        Assert.Equal(0, month.Recall("supervisor", "wrong-account", paid, silent, otherAmount).Code);
        Assert.Single(month.World.Ask(v => v.List<RecallSendingRow>()));
        Assert.Empty(month.World.Ask(v => v.List<PaymentOutcomeRow>()));
        Assert.False(month.World.Decide(month.World.People.Treasurer, month.Again).Accepted);

        month.World.Banks[Profile].TakeFiles(month.World.Today);
        month.World.Receive();
        Assert.Equal([(paid, RecallWord.Refused), (silent, RecallWord.Cancelled), (otherAmount, RecallWord.Cancelled)],
            month.World.Ask(v => v.List<RecallAnswerRow>()).Select(a => (a.RowReference, a.Word))
                .OrderBy(a => a.Word == RecallWord.Cancelled).ThenBy(a => a.RowReference == otherAmount));
        Assert.Equal((AttemptState.Settled, AttemptState.Rejected, AttemptState.Rejected),
            (month.State(paid), month.State(silent), month.State(otherAmount)));
        Assert.DoesNotContain(month.World.Ask(v => v.List<BankExceptionRow>()),
            x => x.Kind == ExceptionKinds.RecallUnasked);
        // Only now may they be paid again; and the bank's own books show that it paid neither.
        Assert.True(month.World.Decide(month.World.People.Treasurer, month.Again).Accepted);
        var payees = month.World.Banks[Profile].Books().RootElement.GetProperty("payees").EnumerateArray()
            .Select(p => p.GetProperty("account").GetString()![^7..^1]).ToList();
        Assert.DoesNotContain("990006", payees);
        Assert.DoesNotContain("990008", payees);

        var shown = month.Cli("file", "show", $"{month.File.File}", "--json");
        var recall = JsonNode.Parse(shown.Output)![0]!["recalls"]![0]!;
        Assert.Equal((true, 3), (recall["answered"]!.GetValue<bool>(), recall["answers"]!.AsArray().Count));
        var told = month.Cli("file", "show", $"{month.File.File}").Output;
        Assert.Contains($"recall {month.File.Reference}C01: wrong account, 3 rows, ", told, StringComparison.Ordinal);
        Assert.Contains(", delivered, cancelled 2, refused 1", told, StringComparison.Ordinal);
        // Every line has its answer: there is nothing left to call back.
        Assert.Equal(ExitStatus.Refused, month.Recall("treasurer", "fraud").Code);
        Assert.Equal((0, 0), (month.Cli("audit", "rebuild").Code, month.Cli("audit", "verify").Code));
    }

    /// <summary>The month up to the sending, on folders of its own.</summary>
    private sealed class RecalledMonth : IDisposable
    {
        private readonly Database _database;
        private readonly string _root = Directory.CreateTempSubdirectory("recalled-month-").FullName;

        public RecalledMonth(string engine)
        {
            _database = Databases.Fresh(engine);
            World = new DemoWorld(new DemoFolder(_root), _database.Store);
            foreach (var step in DemoScript.Steps.TakeWhile(s => s.Name != "answers"))
            {
                World.Clock(step.At);
                step.Act(World);
            }
            World.Clock(new LocalDateTime(2026, 2, 9, 11, 0));
            File = World.Ask(v => v.List<DisbursementFileRow>().Single(f => f.Profile == Profile));
            Assert.Equal(FileState.Delivered, File.State);
        }

        public DemoWorld World { get; }
        public DisbursementFileRow File { get; }

        /// <summary>A re-payment of the payroll the file is of.</summary>
        public Command Again => new("release.plan", ("kind", ReleaseKind.RePayment), ("payrolls", World.Ask(v =>
            v.Find<PayrollRow>(("payroll", v.Queries.PayrollsIn(File.File)[0])))!.Payroll));

        /// <summary>The first row whose account the bank treats so.</summary>
        public long RowOf(string magic)
        {
            var partner = Partner.Find(Profile)!;
            var order = OrderReader.Read(partner, File.Name,
                new Exchange(World.Settings.Exchange, partner).Take(File.Name).Body);
            return order.Order!.Rows.Select((row, i) => (row.Account, Row: i + 1L))
                .First(r => magic == "100" ? !r.Account[^7..^1].StartsWith("9900", StringComparison.Ordinal)
                    : r.Account[^7..^1] == magic).Row;
        }

        public AttemptState State(long row) => OutcomeSet.Of(World.Ask(v => v.Queries.OutcomesOf(File.File, row, row))
            .Select(o => (o.Source, o.Kind))).State;

        public (int Code, JsonNode Json) Recall(string person, string reason, params long[] rows)
        {
            var (code, output, errors) = Cli(["file", "recall", $"{File.File}", "--reason", reason,
                .. rows.Length > 0 ? ["--line", .. rows.Select(r => $"{r}")] : (string[])[], "--json",
                "--as", person, "--key", Path.Combine(_root, "people", $"{person}.key.pem")]);
            Assert.True(output.Length > 0, errors);
            return (code, JsonNode.Parse(output)!);
        }

        public (int Code, string Output, string Errors) Cli(params string[] words) => Disburse.Run(
        [
            .. words, "--db", _database.Option, "--lang", "en", "--journal", Path.Combine(_root, "send-journal"),
            "--anchor", Path.Combine(_root, "disburse.anchor"), "--log-key", Path.Combine(_root, "keys", "log.key.pem"),
            "--exchange", Path.Combine(_root, "exchange"), "--keys", Path.Combine(_root, "keys"),
            "--at", "2026-02-09T03:00:00Z",
        ]);

        public void Dispose()
        {
            _database.Dispose();
            Directory.Delete(_root, recursive: true);
        }
    }
}
