using Disbursement.Engine.People;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;
using Disbursement.Host.Samples;
using Disbursement.Host.Security;
using Disbursement.Tests.Fixtures;
using Disbursement.Tests.Storage;
using Xunit;
using static Disbursement.Tests.Fixtures.SampleLedger;

namespace Disbursement.Tests.People;

/// <summary>The precedence of the refusals about people and their accounts, verb by verb.</summary>
public sealed class PeopleRefusalOrderTests : IDisposable
{
    private readonly Database _database = Databases.Fresh(Engines.Sqlite);
    private readonly SampleLedger _ledger;

    public PeopleRefusalOrderTests() => _ledger = new SampleLedger(_database.Store);

    public void Dispose() => _database.Dispose();

    [Fact]
    public void An_account_is_changed_unless_unsigned_then_not_found_then_unreadable_then_no_number()
    {
        Roster();
        var good = new PayeeChangeText("6217004508929900019", "样例", "样例支行", "105701000374");
        var unreadable = good.Document() with { Content = "样例"u8.ToArray() };
        Command Of(long worker, InputDocument account) => new Command("payee.change", ("worker", worker)).With(account);
        new RefusalOrder(_ledger)
            .Row(RuntimeRules.ApprovalMissing, "", Of(9_999, unreadable))
            .Row(RuntimeRules.NotFound, Clerk, Of(9_999, unreadable))
            .Row(RegisterRules.PayeeUnreadable, Clerk, Of(1, unreadable))
            .Row(PeopleRules.AccountNotDigits, Clerk, Of(1, (good with { Account = "6217-0045" }).Document()))
            .Holds();
        _ledger.Done(Clerk, Of(1, good.Document()));
        new RefusalOrder(_ledger).Repeat(Clerk, Of(1, good.Document())).Holds();
    }

    [Fact]
    public void An_account_is_approved_unless_unsigned_then_not_found_then_by_whoever_entered_it()
    {
        Roster();
        _ledger.Enrol("second-login", Roles.Clerk, 1);
        Command One(long worker, long version) => new("payee.approve", ("worker", worker), ("version", version));
        new RefusalOrder(_ledger)
            .Row(RuntimeRules.ApprovalMissing, "", One(1, 99))
            .Row(RuntimeRules.NotFound, Clerk, One(1, 99))
            .Row(RegisterRules.NothingPending, Clerk, new Command("payee.approve", ("document", "00")))
            .Row(RuntimeRules.SamePerson, Clerk, One(1, 1))
            .Row(RuntimeRules.SamePerson, "second-login", One(1, 1))
            .Holds();
        _ledger.Done(Administrator, One(1, 1));
        new RefusalOrder(_ledger).Repeat(Clerk, One(1, 1)).Holds();
    }

    [Fact]
    public void A_person_is_enrolled_unless_unreadable_misnumbered_unknown_taken_unsigned_then_by_one_person()
    {
        _ledger.Enrol("second-login", Roles.Supervisor, 3);
        var (key, identity) = (Ed25519Keys.Generate(), SampleIdentifiers.Identity("52010119900101077"));
        var (keys, numbers) = _ledger.Ask(v => (v.List<PersonRow>()[0].PublicKey,
            SampleIdentifiers.Identity("52010119900101001")));
        Command Of(string handle, InputDocument document, string roles = Roles.Clerk) =>
            new Command("person.enrol", ("person", handle), ("roles", roles)).With(document);
        InputDocument Text(string number, string algorithm = ApprovalSignature.Ed25519, string? pem = null) =>
            new Enrolment("样例", number, algorithm, pem ?? key.PublicPem).Document();
        var swapped = identity[..16] + (identity[16] == '0' ? '1' : '0') + identity[17..];
        // The clerk's key, broken into lines otherwise, and the clerk's identity number.
        var rewritten = keys.Replace("\n", "\r\n", StringComparison.Ordinal);
        new RefusalOrder(_ledger)
            .Row(PersonRules.EnrolmentUnreadable, "",
                Of(Clerk, Text(identity) with { Content = "样例"u8.ToArray() }, "chief"))
            .Row(IdentifierRules.IdentityForm, "", Of(Clerk, Text("520101", "rsa"), "chief"))
            .Row(IdentifierRules.IdentityCheckDigit, "", Of(Clerk, Text(swapped, "rsa"), "chief"))
            .Row(PersonRules.AlgorithmUnknown, "", Of(Clerk, Text(identity, "rsa"), "chief"))
            .Row(PersonRules.RoleUnknown, "", Of(Clerk, Text(identity), "chief"))
            .Row(PersonRules.RoleUnknown, "", Of(Clerk, Text(identity), ""))
            .Row(PersonRules.HandleTaken, "", Of(Clerk, Text(identity)))
            .Row(PersonRules.EnrolledOtherwise, "", Of(Clerk, Text(identity, pem: rewritten)))
            .Row(PersonRules.KeyTaken, "", Of("newcomer", Text(numbers, pem: rewritten)))
            .Row(PersonRules.IdentityTaken, "", Of("newcomer", Text(numbers)))
            .Row(RuntimeRules.ApprovalMissing, "", Of("newcomer", Text(identity)))
            .Holds();
        _ledger.Done(Treasurer, Of("newcomer", Text(identity)));
        new RefusalOrder(_ledger)
            .Repeat(Treasurer, Of("newcomer", Text(identity)))
            .Row(RuntimeRules.SamePerson, "second-login", Of("newcomer", Text(identity)))
            .Holds();
        _ledger.Done(Administrator, Of("newcomer", Text(identity)));
        new RefusalOrder(_ledger).Repeat("", Of("newcomer", Text(identity))).Holds();
    }

    /// <summary>A project with its workers; nobody's account is approved yet.</summary>
    private void Roster()
    {
        _ledger.Done(Clerk, Sheet("project.register", ProjectRegister.Input, "projects.csv"));
        _ledger.Done(Clerk, Sheet("roster.import", RosterImport.Input, "roster-a.csv"));
    }
}
