using Disbursement.Engine.People;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;
using Disbursement.Host.Audit;
using Disbursement.Host.Security;
using Disbursement.Tests.Fixtures;
using Disbursement.Tests.Storage;
using Xunit;
using static Disbursement.Tests.Fixtures.SampleLedger;

namespace Disbursement.Tests.People;

/// <summary>Who loses a key comes back by two other people; the old key signs nothing any more, and what it signed
/// stays signed.</summary>
public sealed class PersonKeyTests : IDisposable
{
    private readonly Database _database = Databases.Fresh(Engines.Sqlite);
    private readonly SampleLedger _ledger;

    public PersonKeyTests() => _ledger = new SampleLedger(_database.Store);

    public void Dispose() => _database.Dispose();

    private static Command Rekey(string person, KeyPairPem key, string algorithm = ApprovalSignature.Ed25519) =>
        new Command("person.rekey", ("person", person)).With(PersonRekey.Document(person, algorithm, key.PublicPem));

    private static Command Revoke(string person) => new("person.revoke", ("person", person));

    private static Command Anything(string handle) => new Command("person.enrol", ("person", handle),
        ("roles", Roles.Clerk)).With(new Enrolment("样例", Host.Samples.SampleIdentifiers.Identity("52010119900101088"),
            ApprovalSignature.Ed25519, Ed25519Keys.Generate().PublicPem).Document());

    [Fact]
    public void A_lost_key_is_replaced_by_two_others_and_the_log_is_decided_again_as_it_was()
    {
        _ledger.Done(Clerk, Anything("before"));
        var (old, fresh) = (_ledger.KeyOf(Clerk), Ed25519Keys.Generate());
        Assert.IsType<TwoPeople.Pending>(_ledger.Done(Administrator, Rekey(Clerk, fresh)).Result);
        // Until the second word nothing has changed.
        _ledger.Done(Clerk, Anything("meanwhile"));
        _ledger.Done(Treasurer, Rekey(Clerk, fresh));
        Assert.Equal(RuntimeRules.KeyReplaced, Assert.Single(_ledger.Decide(Clerk, Anything("after")).Findings).Rule);
        _ledger.Uses(Clerk, fresh);
        _ledger.Done(Clerk, Anything("after"));
        _ledger.Uses(Clerk, Ed25519Keys.Generate());
        Assert.Equal(RuntimeRules.SignatureForged, Assert.Single(_ledger.Decide(Clerk, Anything("x")).Findings).Rule);
        _ledger.Uses(Clerk, old);
        Assert.Equal([(2L, fresh.PublicPem)], _ledger.Ask(v => v.List<PersonKeyRow>())
            .Select(k => (k.Version, k.PublicKey!)));
        var again = LiveRebuild.Compare(_database.Store.Dialect, Ledger, _ => []).Findings;
        Assert.DoesNotContain(again, f => f.Rule.Severity == Severity.Refusal);
    }

    [Fact]
    public void A_person_who_has_the_old_key_is_one_of_the_two()
    {
        var fresh = Ed25519Keys.Generate();
        _ledger.Done(Clerk, Rekey(Clerk, fresh));
        _ledger.Done(Administrator, Rekey(Clerk, fresh));
        _ledger.Uses(Clerk, fresh);
        Assert.True(_ledger.Done(Clerk, Rekey(Clerk, fresh)).Repeat);
    }

    [Fact]
    public void A_key_is_changed_unless_unsigned_then_of_nobody_unreadable_unknown_anybodys_before_and_by_one_person()
    {
        _ledger.Enrol("second-login", Roles.Supervisor, 3);
        var fresh = Ed25519Keys.Generate();
        new RefusalOrder(_ledger)
            .Row(RuntimeRules.ApprovalMissing, "", new Command("person.rekey", ("person", "nobody")))
            .Row(RuntimeRules.NotFound, Clerk, new Command("person.rekey", ("person", "nobody")))
            .Row(PersonRules.KeyChangeUnreadable, Clerk, new Command("person.rekey", ("person", Clerk)))
            .Row(PersonRules.KeyChangeUnreadable, Treasurer, new Command("person.rekey", ("person", Clerk))
                .With(PersonRekey.Document(Treasurer, "rsa", _ledger.KeyOf(Administrator).PublicPem)))
            .Row(PersonRules.AlgorithmUnknown, Clerk, Rekey(Clerk, _ledger.KeyOf(Administrator), "rsa"))
            .Row(PersonRules.KeyTaken, Clerk, Rekey(Clerk, _ledger.KeyOf(Administrator)))
            .Holds();
        _ledger.Done(Treasurer, Rekey(Clerk, fresh));
        new RefusalOrder(_ledger).Repeat(Treasurer, Rekey(Clerk, fresh))
            .Row(RuntimeRules.SamePerson, "second-login", Rekey(Clerk, fresh)).Holds();
        _ledger.Done(Administrator, Rekey(Clerk, fresh));
        // Back to the key that was lost, or somebody else to it: no.
        new RefusalOrder(_ledger)
            .Row(PersonRules.KeyTaken, Treasurer, Rekey(Clerk, _ledger.KeyOf(Clerk)))
            .Row(PersonRules.KeyTaken, Treasurer, Rekey(Administrator, fresh)).Holds();
    }

    [Fact]
    public void A_revoked_key_signs_nothing_until_two_people_put_another_in_its_place()
    {
        new RefusalOrder(_ledger)
            .Row(RuntimeRules.ApprovalMissing, "", Revoke("nobody"))
            .Row(RuntimeRules.NotFound, Clerk, Revoke("nobody")).Holds();
        _ledger.Done(Clerk, Revoke(Clerk));
        Assert.Equal(RuntimeRules.KeyRevoked, Assert.Single(_ledger.Decide(Clerk, Anything("x")).Findings).Rule);
        new RefusalOrder(_ledger).Repeat(Treasurer, Revoke(Clerk))
            // Two are left: without one of them nothing could be decided any more.
            .Row(PersonRules.TwoMustRemain, Treasurer, Revoke(Administrator))
            .Row(PersonRules.TwoMustRemain, Treasurer, Revoke(Treasurer)).Holds();
        var fresh = Ed25519Keys.Generate();
        _ledger.Done(Treasurer, Rekey(Clerk, fresh));
        _ledger.Done(Administrator, Rekey(Clerk, fresh));
        _ledger.Uses(Clerk, fresh);
        // Another's key goes by two people.
        Assert.IsType<TwoPeople.Pending>(_ledger.Done(Clerk, Revoke(Treasurer)).Result);
        _ledger.Done(Administrator, Revoke(Treasurer));
        Assert.Equal(RuntimeRules.KeyRevoked, Assert.Single(_ledger.Decide(Treasurer, Anything("x")).Findings).Rule);
        var again = LiveRebuild.Compare(_database.Store.Dialect, Ledger, _ => []).Findings;
        Assert.DoesNotContain(again, f => f.Rule.Severity == Severity.Refusal);
    }
}
