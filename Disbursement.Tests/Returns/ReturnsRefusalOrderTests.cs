using System.Text;
using Dapper;
using Disbursement.BankAdapters.Seams;
using Disbursement.Engine.Accounts;
using Disbursement.Engine.People;
using Disbursement.Engine.Returns;
using Disbursement.Engine.Runtime;
using Disbursement.Host.Storage;
using Disbursement.Tests.Audit;
using Disbursement.Tests.Files;
using Disbursement.Tests.Fixtures;
using Disbursement.Tests.Storage;
using Xunit;
using static Disbursement.Tests.Fixtures.SampleLedger;

namespace Disbursement.Tests.Returns;

/// <summary>The precedence of the refusals of what banks and people say afterwards, verb by verb.</summary>
public sealed class ReturnsRefusalOrderTests
{
    private static readonly byte[] Words = "样例"u8.ToArray();

    [Fact]
    public void Receive_and_apply_are_refused_of_no_profile_not_found_out_of_turn_then_uncertified_then_erased()
    {
        using var database = Databases.Fresh(Engines.Sqlite);
        var ledger = new SampleLedger(database.Store);
        Command Receive(string profile) => new Command("bank.receive", ("profile", profile), ("name", "result.txt"))
            .With(new InputDocument(BankReceive.Body, Words, Personal: true));
        var message = ((BankMessageRow)ledger.Done("", Receive("icbc-bxt")).Result!).Message;
        Command Apply(long id, long from) => new("bank.apply", ("message", id), ("from", from));
        new RefusalOrder(ledger)
            .Row(ReturnsRules.ProfileUnknown, "", Receive("no-bank"))
            .Repeat("", Receive("icbc-bxt"))
            .Row(RuntimeRules.NotFound, "", Apply(99, 5))
            .Row(ReturnsRules.OutOfTurn, "", Apply(message, 5))
            .Row(ReturnsRules.CertificateMissing, "", Apply(message, 0))
            .Holds();
        ledger.Done("", new Command("ledger.adopt", ("kind", BankReceive.Certificate), ("name", "icbc-bxt"))
            .With(new InputDocument(BankReceive.Certificate, Words)));
        using (var owner = database.Owner())
            RebuildTests.Erased(owner, "(SELECT 'document/' || content_mac FROM document WHERE kind = 'bank-message')");
        new RefusalOrder(ledger.On(new LedgerStore(database.Dialect)))
            .Row(ReturnsRules.OutOfTurn, "", Apply(message, 5))
            .Row(ReturnsRules.MessageErased, "", Apply(message, 0))
            .Holds();
    }

    [Fact]
    public void A_statement_is_refused_unsigned_then_without_role_then_of_no_profile_then_for_what_it_is()
    {
        using var database = Databases.Fresh(Engines.Sqlite);
        var ledger = new SampleLedger(database.Store);
        new RefusalOrder(ledger)
            .Row(RuntimeRules.ApprovalMissing, "", Statement("no-bank", Words))
            .Row(RuntimeRules.RoleMissing, Clerk, Statement("no-bank", Words))
            .Row(ReturnsRules.ProfileUnknown, Treasurer, Statement("no-bank", Words))
            .Row(ReturnsRules.NotAStatement, Treasurer, Statement("icbc-bxt", Words))
            .Holds();
    }

    [Fact]
    public void A_line_is_resolved_unless_unsigned_of_no_outcome_not_found_decided_or_by_one_person()
    {
        using var outlay = new SampleOutlay();
        var file = outlay.Sealed().File;
        new RefusalOrder(outlay.Samples)
            .Row(RuntimeRules.ApprovalMissing, "", Resolve(99, 999, "Lost"))
            .Row(ReturnsRules.OutcomeUnknown, Treasurer, Resolve(99, 999, "Lost"))
            .Row(RuntimeRules.NotFound, Treasurer, Resolve(99, 999, "Settled"))
            .Row(RuntimeRules.NotFound, Treasurer, Resolve(file, 999, "Settled"))
            .Row(ReturnsRules.LineDecided, Treasurer, Resolve(file, 1, "Settled"))
            .Holds();
        var silent = new ScriptedTransport((_, _) => new SendResult(SendOutcome.Unknown, "scripted"));
        Assert.True(outlay.Send(file, silent).Accepted);
        // Another login of the same identity number.
        outlay.Samples.Enrol("second-login", Roles.Treasurer, 3);
        outlay.Samples.Done(Treasurer, Resolve(file, 1, "Settled"));
        new RefusalOrder(outlay.Samples)
            .Repeat(Treasurer, Resolve(file, 1, "Settled"))
            .Row(RuntimeRules.SamePerson, "second-login", Resolve(file, 1, "Settled"))
            .Holds();
        outlay.Samples.Done(Administrator, Resolve(file, 1, "Settled"));
        new RefusalOrder(outlay.Samples)
            .Repeat("second-login", Resolve(file, 1, "Settled"))
            .Row(ReturnsRules.LineDecided, Treasurer, Resolve(file, 1, "Rejected"))
            .Holds();
    }

    [Fact]
    public void A_credit_is_allocated_unless_unsigned_without_role_not_found_no_credit_of_another_bank_or_given()
    {
        using var database = Databases.Fresh(Engines.Sqlite);
        var ledger = new SampleLedger(database.Store);
        var site = Employers[0].Project;
        ledger.Done(Clerk, Sheet("project.register", ProjectRegister.Input, "projects.csv"));
        ledger.Done(Clerk, Sheet("project.register", ProjectRegister.Input, "more.csv", Encoding.UTF8.GetBytes(
            "项目编码,项目名称,总包统一社会信用代码,总包名称,建设单位,银行档案,专户账号,专户户名,联行号,所在地\n"
            + $"GY2025A009,样例九期,{site.ContractorCode},{site.Contractor},{site.Owner},{site.Profile},{site.Account},"
            + $"{site.AccountName},{site.Cnaps},520100\n")));
        ledger.Done(Treasurer, Statement("icbc-bxt", Encoding.UTF8.GetBytes(MoneyRig.StatementText(
            site.Account, "S1", "2026-02-05", 0, [(100, "TRANSFER", "", ""), (100, "TRANSFER", "", site.Code)]))));
        // Lines are those of the text: the credits stand in its fourth and fifth.
        var (first, second) = (AccountOf(ledger, site.Code), AccountOf(ledger, "GY2025A009"));
        var other = AccountOf(ledger, Employers[2].Project.Code);
        new RefusalOrder(ledger)
            .Row(RuntimeRules.ApprovalMissing, "", Allocate(9, 9, 99))
            .Row(RuntimeRules.RoleMissing, Clerk, Allocate(9, 9, 99))
            .Row(RuntimeRules.NotFound, Treasurer, Allocate(9, 9, 99))
            .Row(ReturnsRules.NotUnallocated, Treasurer, Allocate(9, 9, other))
            .Row(ReturnsRules.NotUnallocated, Treasurer, Allocate(1, 5, other))
            .Row(ReturnsRules.OtherBankAccount, Treasurer, Allocate(1, 4, other))
            .Holds();
        ledger.Done(Treasurer, Allocate(1, 4, first));
        new RefusalOrder(ledger)
            .Row(ReturnsRules.OtherBankAccount, Treasurer, Allocate(1, 4, other))
            .Repeat(Treasurer, Allocate(1, 4, first))
            .Row(ReturnsRules.AllocatedElsewhere, Treasurer, Allocate(1, 4, second))
            .Holds();
    }

    [Fact]
    public void A_debit_is_laid_on_a_file_unless_unsigned_no_such_debit_not_found_unproved_laid_unfit_or_by_one()
    {
        using var rig = new Restores.TwinRig(Engines.Sqlite, begun: false);
        var (ledger, here) = (rig.Outlay.Samples, rig.Here);
        rig.Statement("S1", (-100, "COURT", ""), (-100, "FEE", ""), (200 + here.TotalFen, "TRANSFER", ""),
            (-here.TotalFen, "WAGE", ""));
        var statement = rig.Entries[0].Statement;
        // Lines are those of the text: the first entry stands in its fourth.
        Command Lay(long line, long file, bool proved = true) => proved
            ? Bare(line, file).With(new InputDocument(DebitAttribution.Evidence, Words, Personal: true))
            : Bare(line, file);
        Command Bare(long line, long file) => new("account.attribute", ("statement", statement), ("line", line),
            ("file", file));
        new RefusalOrder(ledger)
            .Row(RuntimeRules.ApprovalMissing, "", Lay(9, 99))
            .Row(ReturnsRules.NotUnattributed, Treasurer, Lay(9, 99))
            .Row(ReturnsRules.NotUnattributed, Treasurer, Lay(5, 99))
            .Row(ReturnsRules.NotUnattributed, Treasurer, Lay(6, 99))
            .Row(RuntimeRules.NotFound, Treasurer, Lay(4, 99, proved: false))
            .Row(Engine.Files.FileRules.EvidenceMissing, Treasurer, Lay(4, here.File, proved: false))
            .Row(ReturnsRules.AttributionUnfit, Treasurer, Lay(4, here.File))
            .Holds();
        rig.SendHere();
        rig.Both(Lay(4, here.File));
        ledger.Enrol("second-login", Roles.Treasurer, 3);
        new RefusalOrder(ledger)
            .Repeat(Treasurer, Lay(4, here.File))
            .Row(ReturnsRules.AttributionUnfit, Treasurer, Lay(7, here.File))
            .Holds();
        rig.Begin();
        new RefusalOrder(ledger)
            .Row(ReturnsRules.AttributedElsewhere, Treasurer, Lay(4, Restores.TwinRig.Number))
            .Holds();
    }

    private static Command Statement(string profile, byte[] body) =>
        new Command("statement.import", ("profile", profile), ("name", "statement-S1.csv"))
            .With(new InputDocument(BankReceive.Body, body, Personal: true));

    private static Command Resolve(long file, long row, string outcome) =>
        new Command("line.resolve", ("file", file), ("row", row), ("outcome", outcome))
            .With(new InputDocument(LineResolve.Evidence, Words, Personal: true));

    private static Command Allocate(long statement, long line, long account) =>
        new("account.allocate", ("statement", statement), ("line", line), ("account", account));

    private static long AccountOf(SampleLedger ledger, string code) => ledger.Ask(v =>
        v.Find<WageAccountRow>(("project", v.Find<ProjectRow>(("code", code))!.Project))!.Account);
}
