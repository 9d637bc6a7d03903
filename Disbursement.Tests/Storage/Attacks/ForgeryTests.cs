using Xunit;

namespace Disbursement.Tests.Storage.Attacks;

/// <summary>
/// Rows that must never come to be, tried in every form of insert by a program that is not ours. A forgery is a copy of a
/// lawful row with some columns changed, so that nothing but the named law can refuse it.
/// </summary>
public sealed partial class ForgeryTests(ForgeryTests.Ledgers ledgers) : IClassFixture<ForgeryTests.Ledgers>
{
    private const string Live = "claim = 1 AND attempt = 1";
    private const string Dead = "claim = 2 AND attempt = 1";
    private const string Settled = "claim = 4 AND attempt = 1";
    private const string First = "claim = 1";

    private static readonly Dictionary<string, (Forgery Row, string Law)> All = new()
    {
        // L1: paid once.
        ["A second first attempt"] = (new("payment", Live, "row_reference = 9"), "L1|payment_pkey|written once"),
        ["A next attempt while the first lives"] =
            (new("payment", Live, "attempt = 2, prior_attempt = 1, row_reference = 9"), "L1|payment_prior_is_dead"),
        ["A next attempt after a settled one"] = (new("payment", "claim = 4",
            "attempt = 2, prior_attempt = 1, row_reference = 9"), "L1|payment_prior_is_dead"),
        ["A next attempt after a void"] = (new("payment", "claim = 5", "attempt = 2, prior_attempt = 1"),
            "L1|payment_prior_is_dead"),
        ["A second attempt that names no prior"] =
            (new("payment", Live, "attempt = 2, prior_attempt = NULL, row_reference = 9"), "L1|payment_check"),
        ["A third attempt that skips the second"] =
            (new("payment", Dead, "attempt = 3, prior_attempt = 1, row_reference = 9"), "L1|payment_check"),
        ["An attempt nought"] = (new("payment", Live, "attempt = 0, row_reference = 9"), "L1|payment_check"),
        ["An attempt that names another attempt as prior"] =
            (new("payment", Dead, "attempt = 2, prior_attempt = 2, row_reference = 9"), "L1|payment_check"),
        ["A void of a claim with a live payment"] = (new("payment", "claim = 5",
            "claim = 1, attempt = 2, prior_attempt = 1"), "L1|payment_prior_is_dead"),
        ["An advance of a claim with a live payment"] = (new("payment", Live,
            "attempt = 2, prior_attempt = 1, release = 2, file = 2"), "L1|payment_prior_is_dead"),
        ["An outside discharge of a claim with a live payment"] = (new("payment", "claim = 5",
            "claim = 1, attempt = 2, prior_attempt = 1, channel = 'Outside'"), "L1|payment_prior_is_dead"),
        ["A row of a file used twice"] =
            (new("payment", Dead, "attempt = 2, prior_attempt = 1, row_reference = 1"), "L1|payment_row|written once"),
        ["The same wage again"] = (new("wage_claim", First, "claim = 91, payroll_line = 5"), "L1|wage_claim_key|written once"),
        ["The same wage by a final settlement"] =
            (new("wage_claim", First, "claim = 91, payroll = 2"), "L1|wage_claim_key|written once"),
        ["The same wage by a final settlement of an overlapping period"] = (new("wage_claim", First,
            "claim = 91, payroll = 3, period = '2026-01-16/2026-02-15'"), "L1: the period overlaps"),
        ["A supplement whose component is used"] =
            (new("wage_claim", "claim = 3", "claim = 91, payroll = 5"), "L1|wage_claim_key|written once"),
        ["A second revision of a claim that is not voided"] =
            (new("wage_claim", First, "claim = 91, revision = 2"), "L1: the revision before"),
        ["A second claim of a payroll line"] =
            (new("wage_claim", First, "claim = 91, worker = 4"), "a payroll line|L1|wage_claim_|written once"),
        ["A claim number used twice"] =
            (new("wage_claim", "claim = 3", "claim = 1, worker = 2"), "written once|wage_claim_pkey"),
        ["A death without an outcome"] = (new("payment_death", Dead, "claim = 1"), "L1: no outcome killed"),
        ["A death by a settlement"] = (new("payment_death", Dead, "claim = 4"), "L1: no outcome killed"),
        ["A death by the outcome of another attempt"] =
            (new("payment_death", Dead, "claim = 2, attempt = 2"), "L1: no outcome killed"),
        ["A death of a void"] = (new("payment_death", Dead, "claim = 5"), "L1: no outcome killed"),
        ["An outcome of another amount"] =
            (new("payment_outcome", Dead, "seq = 2, amount_fen = 999"), "an outcome names a payment"),
        ["An outcome of no payment"] = (new("payment_outcome", Dead, "claim = 3"), "an outcome names a payment"),
        ["An outcome without its document"] =
            (new("payment_outcome", Dead, "seq = 2, document = 'd9'"), "an outcome names its stored document"),

        ["A report's word over a document that is no message of the bank"] =
            (new("payment_outcome", Settled, "seq = 2, kind = 'Returned', document = 'd2'"), "L1: a report"),
        ["A report's word over a message of another bank"] =
            (new("payment_outcome", Settled, "seq = 2, kind = 'Returned', document = 'd3'"), "L1: a report"),
        ["A report's word over a message that was applied before"] =
            (new("payment_outcome", Settled, "seq = 2, kind = 'Returned', document = 'd4'"), "L1: a report"),
        ["A report's word about a file that never went out"] =
            (new("payment_outcome", Dead, "claim = 8"), "L1: a report"),
        ["A transport's refusal of a file that is not being sent"] =
            (new("payment_outcome", Dead, "seq = 2, document = 'd6'"), "L1: a report"),
        ["A report's word about a void"] = (new("payment_outcome", Dead, "claim = 5"), "L1: a report"),
        ["A statement's word without its entry"] = (new("payment_outcome", Settled,
            "seq = 2, kind = 'Returned', source = 'Statement', document_line = 9"), "L1: a statement"),
        ["A statement's word by an entry about no file"] = (new("payment_outcome", Settled,
            "seq = 2, kind = 'Returned', source = 'Statement', document_line = 2"), "L1: a statement"),
        ["A word of people about a line that nobody decided"] = (new("payment_outcome", Dead,
            "seq = 2, source = 'People', document = 'd2'"), "L7: a word of people"),
        ["A word of people by another document than they decided by"] = (new("payment_outcome", Settled,
            "seq = 2, kind = 'Returned', source = 'People', document = 'd5'"), "L7: a word of people"),
        ["A word of people other than they decided"] = (new("payment_outcome", Settled,
            "seq = 2, kind = 'Rejected', source = 'People', document = 'd2'"), "L7: a word of people"),
        ["A withdrawal of a file that went out"] = (new("payment_outcome", Settled,
            "claim = 1, kind = 'NotSent', source = 'People', document = 'd5'"), "L7: a word of people"),
        ["A withdrawal without a signed approval"] = (new("payment_outcome", Dead,
            "claim = 8, kind = 'NotSent', source = 'People', document = 'd2'"), "L7: a word of people"),
        ["A bank message that is no message of a bank"] =
            (new("bank_message", "message = 1", "message = 91, document = 'd2'"), "a bank message names its stored"),

        // L2: never beyond the money.
        ["A reservation beyond what is available"] = (new("account_entry", "account = 1 AND n = 2",
            "n = 3, reserved_delta_fen = 6001, reserved_after_fen = 10001"), "L2|account_entry_check"),
        ["A reservation disguised as the bank's entry"] = (new("account_entry", "account = 1 AND n = 2",
            "n = 3, kind = 'BankDebit', reserved_delta_fen = 6001, reserved_after_fen = 10001"), "account_entry|CHECK"),
        ["Money from nowhere"] = (new("account_entry", "account = 1 AND n = 2",
            "n = 3, posted_delta_fen = 1, posted_after_fen = 10001, reserved_delta_fen = 0"), "account_entry|CHECK"),
        ["An entry that leaves a gap"] =
            (new("account_entry", "account = 1 AND n = 2", "n = 4, reserved_delta_fen = 0"), "L2: the entry does not follow"),
        ["An entry that does not follow the last balance"] = (new("account_entry", "account = 1 AND n = 2",
            "n = 3, reserved_delta_fen = 1, reserved_after_fen = 4000"), "L2: the entry does not follow"),
        ["A first entry with a balance before it"] = (new("account_entry", "account = 1 AND n = 2",
            "account = 2, n = 1, reserved_delta_fen = 0"), "L2: the entry does not follow"),
        ["A balance rewritten"] =
            (new("account_entry", "account = 1 AND n = 1", "posted_delta_fen = 20000, posted_after_fen = 20000"),
                "written once|account_entry_pkey|L5"),
        ["An entry of no account"] = (new("account_entry", "account = 1 AND n = 1", "account = 9"), "L2: there is no such"),

        // L5: the bank's entries are those of its statements.
        ["A credit that no statement has"] = (new("account_entry", "account = 1 AND n = 1",
            "n = 3, posted_delta_fen = 1, posted_after_fen = 10001, reserved_after_fen = 4000, document_line = 9"), "L5: the bank"),
        ["A credit booked twice"] = (new("account_entry", "account = 1 AND n = 1",
            "account = 2, n = 1"), "L5: the bank"),
        ["A debit that the statement has as a credit"] = (new("account_entry", "account = 1 AND n = 1", "n = 3, "
            + "kind = 'BankDebit', posted_delta_fen = -1, posted_after_fen = 9999, reserved_after_fen = 4000"), "L5: the bank"),
        ["A credit called a debit"] = (new("account_entry", "account = 1 AND n = 1", "n = 3, kind = 'BankDebit', "
            + "posted_delta_fen = 1, posted_after_fen = 10001, reserved_after_fen = 4000, document_line = 3"), "L5: the bank"),
        ["An allocation of a credit that nothing gives away"] = (new("account_entry", "account = 1 AND n = 1",
            "account = 2, n = 1, kind = 'Allocation', posted_delta_fen = 5, posted_after_fen = 5"), "L5: an allocation"),
        ["An allocation of more than the account was credited"] = (new("account_entry", "account = 1 AND n = 1",
            "n = 3, kind = 'Allocation', posted_delta_fen = -10001, posted_after_fen = -1, reserved_after_fen = 4000"),
            "L5: an allocation"),

        // L2: an earmark is consumed by its own releases, within its money.
        ["An earmark consumed beyond its money"] = (new("account_entry", "account = 4 AND n = 2",
            "n = 3, earmark_delta_fen = -2001"), "L2: an earmark gives no more"),
        ["An earmark consumed by another release"] = (new("account_entry", "account = 4 AND n = 2",
            "n = 3, release = 2, earmark_delta_fen = -1"), "L2: an earmark is for the releases"),
        ["An earmark consumed on another account"] = (new("account_entry", "account = 4 AND n = 2",
            "account = 2, n = 1, posted_after_fen = 0, reserved_after_fen = 0"), "L2: the account has no such earmark"),
        ["An earmark freed while its obligation stands"] = (new("account_entry", "account = 4 AND n = 2",
            "n = 3, kind = 'Release', release = NULL, earmark_delta_fen = -1, reserved_delta_fen = -1, "
            + "reserved_after_fen = 2999"), "L2: an earmark is freed once"),
        ["A release that gives back more than it took"] = (new("account_entry", "account = 4 AND n = 2",
            "n = 3, kind = 'Release', earmark_delta_fen = 1001"), "L2: a release gives back no more"),
        ["A credit that earmarks more than it brings"] = (new("account_entry", "account = 4 AND n = 1",
            "n = 3, posted_delta_fen = 1, posted_after_fen = 3001, reserved_after_fen = 6000, document_line = 3"),
            "account_entry|CHECK"),
        ["An earmark for another project's obligation"] =
            (new("earmark", "earmark = 1", "earmark = 2, obligation = 1"), "L2: an earmark is for an obligation"),
        ["A second earmark of an obligation"] =
            (new("earmark", "earmark = 1", "earmark = 2"), "written once|earmark_obligation"),
        ["An ordinary release paid out of an earmark"] =
            (new("release", "release = 4", "release = 91, kind = 'Ordinary'"), "release_check|CHECK"),
        ["An advance of another obligation paid out of an earmark"] =
            (new("release", "release = 4", "release = 91, obligation = 1"), "L2: an earmark is for the releases"),

        // L7: two people; the worker's own approved account.
        ["A payment to an account nobody approved"] = (new("payment", Live,
            "claim = 3, row_reference = 9, payee_version = 2, payee_hash = x'11'"), "L7: the payee account"),
        ["A payment to an account approved for later"] = (new("payment", Live,
            "claim = 3, row_reference = 9, payee_version = 3, payee_hash = x'12'"), "L7: the payee account"),
        ["A payment to an account other than the approved version's"] = (new("payment", Live,
            "claim = 3, row_reference = 9, payee_hash = x'11'"), "L7: the payee account"),
        ["A payment to another worker's account"] = (new("payment", Live,
            "claim = 3, row_reference = 9, payee_hash = x'02'"), "L7: the payee account"),
        ["A payment of another amount"] = (new("payment", Live,
            "claim = 3, row_reference = 9, amount_fen = 1001"), "L1: the amount"),
        ["A payment of no claim"] = (new("payment", Live, "claim = 99, row_reference = 9"), "L1: the amount"),
        ["A payment from another project's account"] = (new("payment", Live,
            "claim = 3, row_reference = 9, release = 3, file = 3"), "L11: the file"),
        ["A payment in a file of another release"] = (new("payment", Live,
            "claim = 3, row_reference = 9, release = 2"), "L11: the file"),
        ["A payment that names no file"] = (new("payment", Live, "claim = 3, row_reference = NULL"), "payment_check|CHECK"),
        ["A void that nobody decided"] = (new("payment", "claim = 5", "claim = 3"), "L7: two people decide"),
        ["A void decided by another document"] =
            (new("payment", "claim = 5", "claim = 2, attempt = 2, prior_attempt = 1, document = 'd1'"), "L7: two people decide"),
        ["An outside payment that nobody decided"] = (new("payment", "claim = 5",
            "claim = 2, attempt = 2, prior_attempt = 1, channel = 'Outside'"), "L7: two people decide"),
        ["A proposal that begins decided"] = (new("proposal", "proposal = 1",
            "proposal = 91, state = 'Decided', decided_by = 2"), "L7: a proposal begins"),
        ["A proposal decided by nobody enrolled"] = (new("proposal", "proposal = 1",
            "proposal = 91, state = 'Decided', decided_by = 99"), "L7: a proposal"),
        ["A void without its document"] = (new("payment", "claim = 5", "claim = 3, document = 'd9'"), "stored document"),
        ["A payroll approved by its submitter"] = (new("payroll", "payroll = 7",
            "payroll = 91, team = 'X', sheet = 'x', state = 'Approved', approved_by = 1"), "L7|payroll_check|CHECK"),
        ["A payroll approved by another login of its submitter"] = (new("payroll", "payroll = 7",
            "payroll = 91, team = 'X', sheet = 'x', state = 'Approved', approved_by = 3"), "L7: the submitter"),
        ["A payroll approved but submitted by nobody"] = (new("payroll", "payroll = 7",
            "payroll = 91, team = 'X', sheet = 'x', state = 'Approved', approved_by = 2, submitted_by = NULL"), "payroll_check|CHECK"),
        ["A key changed by nobody"] = (new("person_key", "person = 1", "version = 3, public_key = 'x', proposal = NULL"), "L7: two people|person_key_check|CHECK"),
        ["A key changed by what was decided of another person"] = (new("person_key", "person = 1", "person = 2, public_key = 'x', proposal = 21"), "L7: two people"),
        ["A key changed by what was decided of something else"] = (new("person_key", "person = 1", "version = 3, public_key = 'x', proposal = 10"), "L7: two people"),
        ["A key changed twice by one decision"] = (new("person_key", "person = 1", "version = 3, public_key = 'x'"), "person_key_proposal|written once"),
        ["A key that is another person's"] = (new("person_key", "person = 1", "version = 3, public_key = 'key of wang', proposal = 21"), "L7: one key"),
        ["A person enrolled with another's later key"] = (new("person", "person = 1", "person = 91, handle = 'x', identity_hash = 'x', public_key = 'next key of li'"), "L7: one key"),
        ["A key taken back by a decision to change it"] = (new("person_key", "person = 1", "version = 3, algorithm = NULL, public_key = NULL, proposal = 21"), "L7: two people"),
        ["A payee account approved by its proposer"] =
            (new("payee_approval", "worker = 1 AND version = 1", "version = 2, approved_by = 1"), "L7: a payee account"),
        ["An approval of no payee account"] = (new("payee_approval", "worker = 1 AND version = 1", "version = 9"), "L7: a payee account"),
        ["A proposal decided by its first person"] = (new("proposal", "proposal = 1",
            "proposal = 91, state = 'Decided', decided_by = 1"), "proposal_check|CHECK|L7: a proposal"),
        ["A proposal decided by another login of its first person"] = (new("proposal", "proposal = 1",
            "proposal = 91, state = 'Decided', decided_by = 3"), "L7: a proposal"),
        ["A payee account approved by another login of its proposer"] =
            (new("payee_approval", "worker = 1 AND version = 1", "version = 2, approved_by = 3"), "L7: a payee account"),

        ["An erasure that nobody decided"] = (new("erasure", "worker = 8", "worker = 1"), "L7: two people decide"),
        ["An erasure by another document"] = (new("erasure", "worker = 8", "document = 'd1'"), "L7: two people decide|written once|erasure_pkey"),
        ["A second number of a person whose first was not erased"] = (new("worker", "worker = 1", "worker = 91, erased_before = 1"), "every earlier one was erased"),
        ["A third number of a person of whom one was erased"] = (new("worker", "worker = 8", "worker = 91, erased_before = 2"), "every earlier one was erased"),

        // L11: wages only.
        ["A claim of an unregistered worker"] = (new("wage_claim", First,
            "claim = 91, worker = 3, payroll_line = 5"), "L11: the worker is not registered"),
        ["A claim of a worker registered elsewhere"] = (new("wage_claim", First,
            "claim = 91, worker = 1, project = 2, payroll = 6"), "L11: the worker is not registered"),
        ["A claim outside its payroll's project"] = (new("wage_claim", "claim = 2",
            "claim = 91, project = 2, payroll_line = 5"), "not of its payroll"),
        ["A claim outside its payroll's lines"] = (new("wage_claim", First,
            "claim = 91, worker = 1, payroll = 4, payroll_line = 4, component = 1, revision = 3"), "not of its payroll|L1|wage_claim_key|written once"),
        ["A claim of a payroll that is not approved"] = (new("wage_claim", First,
            "claim = 91, payroll = 7, period = '2026-02-01/2026-02-28'"), "not of its payroll"),
        ["A claim without a payroll"] = (new("wage_claim", First,
            "claim = 91, payroll = 99, period = '2026-03-01/2026-03-31'"), "not of its payroll"),
        ["A claim of less than nothing"] = (new("wage_claim", First,
            "claim = 91, worker = 5, payroll_line = 5, gross_fen = -1000, net_fen = -1000"), "wage_claim_check|L1|written once|CHECK"),
        ["A release of another project's payroll"] =
            (new("release_range", "release = 1", "payroll = 6"), "L11: the release"),

        // One of a kind.
        ["A second live payroll"] = (new("payroll", "payroll = 1", "payroll = 91, sheet = 'x'"), "live payroll|payroll_live"),
        ["A sheet that is a payroll already"] = (new("payroll", "payroll = 7", "payroll = 91"), "payroll_live|live payroll|payroll_sheet|this sheet"),
        ["A second unallocated account"] = (new("wage_account", "account = 3", "account = 91"), "unallocated"),
        ["A second wage account of a project"] =
            (new("wage_account", "account = 1", "account = 91"), "wage_account_project|written once"),
        ["An episode without a payroll, again"] =
            (new("obligation", "obligation = 2", "obligation = 91"), "obligation_episode|this episode"),
        ["An episode with a payroll, again"] =
            (new("obligation", "obligation = 1", "obligation = 91"), "obligation_episode|this episode|created once"),
        ["A header that begins in the middle"] =
            (new("warning", "warning = 1", "warning = 91, episode = 2, version = 7"), "version 1"),
        ["A key drawn again"] = (new("subject_key", "subject = 'worker/1'", "secret = x'02'"), "drawn once|subject_key_pkey"),

        // L3: counters that do not add up.
        ["A payroll with a claim too many"] = (new("payroll", "payroll = 1",
            "payroll = 91, team = 'X', sheet = 'x', lines_paid = 1"), "payroll_check|CHECK"),
        ["A payroll with a fen too many"] = (new("payroll", "payroll = 1",
            "payroll = 91, team = 'X', sheet = 'x', paid_fen = 1"), "payroll_check|CHECK"),
        ["A file with a line too many"] = (new("disbursement_file", "file = 2",
            "file = 91, reference = 'x', lines_settled = 1"), "disbursement_file_check|CHECK"),
    };

    public static TheoryData<string, string> Cases =>
        [.. from engine in new[] { Engines.Sqlite, Engines.Postgres } from name in Every.Keys select (engine, name)];

    [Theory, MemberData(nameof(Cases))]
    public void A_forged_row_is_refused_in_every_form(string engine, string forgery)
    {
        var ledger = ledgers.Of(engine);
        var (row, law) = Every[forgery];
        var before = ledger.Everything();
        var forms = ledger.Forms(row).ToList();
        var said = ledger.Try(forms).Output;
        Assert.Matches(law, said);
        // A form that says "or do nothing" may end without an error, the plain one may not.
        Assert.True(said.Split("ERROR").Length > forms.Count(f => !f.Contains("NOTHING", StringComparison.Ordinal)
            && !f.Contains("IGNORE", StringComparison.Ordinal)), said);
        Assert.True(before == ledger.Everything(), $"changed the ledger: {forms[0]}");
    }

    /// <summary>One seeded ledger per engine: whatever is refused leaves it as it was.</summary>
    public sealed class Ledgers : IDisposable
    {
        private readonly Dictionary<string, AttackedLedger> _made = [];

        internal AttackedLedger Of(string engine) =>
            _made.TryGetValue(engine, out var ledger) ? ledger : _made[engine] = new AttackedLedger(engine);

        public void Dispose()
        {
            foreach (var ledger in _made.Values) ledger.Dispose();
        }
    }
}
