using System.Data.Common;
using Dapper;
using Disbursement.Host.Simulation.Laws;
using Disbursement.Tests.Storage;
using Xunit;

namespace Disbursement.Tests.Laws;

/// <summary>
/// Each law's check can fail: the owner drops the triggers, breaks the law by hand in a ledger where it held, and the
/// check names the row.
/// </summary>
public sealed class BrokenLawTests(BrokenLawTests.Worlds worlds) : IClassFixture<BrokenLawTests.Worlds>
{
    /// <summary>How a law is broken, and what its check then says.</summary>
    private static readonly Dictionary<string, (string Law, string Sql, string Says)> All = new()
    {
        ["a second attempt beside a live one"] = (LawQueries.PaidOnce, """
            INSERT INTO payment SELECT ledger, claim, 2, 1, channel, release, file, 99, amount_fen, payee_version,
                payee_hash, document FROM payment WHERE claim = 5 AND attempt = 1
            """, "L1: claim 5 may be paid by attempts 1 and 2"),
        ["a wage claimed twice"] = (LawQueries.PaidOnce, """
            INSERT INTO wage_claim SELECT ledger, 91, worker, project, employer, period, component, 2, payroll, 91,
                days, hours, gross_fen, deductions_fen, net_fen FROM wage_claim WHERE claim = 5
            """, "L1: the wage of worker 1 for 2026-01-01/2026-01-31 is claimed 2 times"),
        ["a reservation beyond the money"] = (LawQueries.NeverBeyondTheMoney,
            """
            UPDATE account_entry SET posted_delta_fen = 0
                WHERE account = 2 AND kind = 'BankCredit' AND earmark IS NULL
            """,
            "of account 2 reserves 1705500 beyond what is there"),
        ["a reservation that nothing holds"] = (LawQueries.NeverBeyondTheMoney,
            "UPDATE account_entry SET reserved_delta_fen = reserved_delta_fen + 1 WHERE kind = 'Reserve'",
            "not what releases and files hold"),
        ["an earmark that gives more than it has"] = (LawQueries.NeverBeyondTheMoney,
            Moved("'Release'", "-2 * e.earmark_delta_fen", "-2 * e.earmark_delta_fen", "NULL"),
            "takes more than earmark 1 has"),
        ["an earmark that pays for another"] = (LawQueries.NeverBeyondTheMoney, Moved("'Reserve'", "0", "-1", "1"),
            "moves earmark 1 for release 1, which it is not for"),
        ["an earmark freed while it is needed"] = (LawQueries.NeverBeyondTheMoney,
            Moved("'Release'", "-1", "-1", "NULL"), "moves earmark 1 for nobody"),
        ["an earmark out of nothing"] = (LawQueries.NeverBeyondTheMoney, Moved("'Yield'", "0", "1", "1"),
            "not what releases and files hold"),
        ["a counter that counts the wrong claims"] = (LawQueries.NothingLost, """
            UPDATE payroll SET lines_paid = lines_paid + 1, lines_in_flight = lines_in_flight - 1,
                version = version + 1 WHERE payroll = 2
            """, "L3: payroll 2 has"),
        ["a claim deleted"] = (LawQueries.NothingLost, "DELETE FROM wage_claim WHERE claim = 5", "L3: payroll 2 has"),
        ["an open line removed"] = (LawQueries.OverdueIsEscalated, "DELETE FROM obligation_line WHERE claim = 1",
            "L4: claim 1 is unpaid past its due date and on no open line"),
        ["an unassessed line removed"] = (LawQueries.OverdueIsEscalated,
            "DELETE FROM obligation_line WHERE claim IS NULL AND worker = 13", "L4: worker 13 worked in 2026-01"),
        ["a claim that nobody owes past due"] = (LawQueries.OverdueIsEscalated,
            "UPDATE payroll SET due_date = '2026-12-31' WHERE payroll = 1",
            "L4: claim 1 is on an open line, and not owed past its due date"),
        ["work at another price"] = (LawQueries.OverdueIsEscalated,
            "UPDATE obligation_line SET amount_fen = 1 WHERE claim IS NULL AND worker = 13",
            "L4: worker 13 is on an open line of 1 fen for 2026-01-01/2026-01-31, attendance past its due date comes"),
        ["a sum of less than is owed"] = (LawQueries.OverdueIsEscalated,
            "UPDATE obligation SET open_fen = open_fen - 1 WHERE kind = 'Unassessed'",
            "L4: open lines come to "),
        ["a deadline let pass"] = (LawQueries.OverdueIsEscalated,
            "UPDATE obligation SET next_deadline = '2026-02-01'", "and its next deadline is 2026-02-01"),
        ["a demand of which nobody is warned"] = (LawQueries.OverdueIsEscalated,
            "DELETE FROM warning WHERE rule = 'W04' AND subject = 'payroll/1'", ", and nobody is warned"),
        ["nothing demanded of what waits for no bank"] = (LawQueries.OverdueIsEscalated,
            "UPDATE obligation SET state = 'Open', demanded_on = NULL WHERE payroll = 1",
            "is not demanded, and claim 1 waits for no bank"),
        ["a demand of what is merely late at its bank"] = (LawQueries.DemandedTooEarly,
            "UPDATE disbursement_file SET answer_by = '2027-01-01T00:00:00.000000Z'",
            "is demanded, and each of its lines only waits for its bank"),
        ["a line on two obligations"] = (LawQueries.OneHolder, """
            INSERT INTO obligation_line SELECT ledger, obligation, 99, worker, claim, amount_fen FROM obligation_line
                WHERE claim = 1
            """, "L4: claim 1 is on 2 open lines"),
        ["a line that is not its wage"] = (LawQueries.OneHolder,
            "UPDATE obligation_line SET amount_fen = amount_fen + 1 WHERE claim = 1", "is not what its claim says"),
        ["a header that is not its lines"] = (LawQueries.OneHolder,
            "UPDATE obligation SET open_fen = open_fen - 1 WHERE payroll = 1", "fen open, its lines come to"),
        ["a debtor nobody knows"] = (LawQueries.OneHolder, "UPDATE project SET contractor_code = '' WHERE project = 1",
            "is owed by nobody known"),
        ["a deadline before its demand"] = (LawQueries.OneHolder,
            "UPDATE obligation SET next_deadline = '2026-01-01'", "has no deadline that follows its demand"),
        ["two obligations for the same"] = (LawQueries.OneHolder, """
            INSERT INTO obligation (ledger, obligation, version, kind, project, subcontractor, payroll, period, episode,
                state, due_date, demanded_on, next_deadline, lines, amount_fen, lines_open, open_fen)
            SELECT ledger, 99, 1, kind, project, subcontractor, payroll, period, 2, state, due_date, demanded_on,
                next_deadline, lines, amount_fen, lines_open, open_fen FROM obligation WHERE payroll = 1
            """, "L4: 2 obligations stand for the same"),
        ["an entry the bank never told"] = (LawQueries.BooksAgree,
            """
            UPDATE account_entry SET posted_delta_fen = posted_delta_fen + 1
                WHERE kind = 'BankCredit' AND earmark IS NULL
            """,
            "L5: bank account 1 has"),
        ["a statement that closes higher"] = (LawQueries.BooksAgree,
            "UPDATE bank_statement SET closing_fen = closing_fen + 1", "and nobody is told"),
        ["a payroll approved by another login of its submitter"] = (LawQueries.TwoPeople, """
            UPDATE person SET identity_hash = (SELECT p.identity_hash FROM person p WHERE p.person = 1) WHERE person = 2
            """, "L7: payroll 1 was decided by one person"),
        ["an approval by nobody known"] = (LawQueries.TwoPeople,
            "UPDATE payee_approval SET approved_by = 99 WHERE worker = 3",
            "L7: payee account 3/1 was decided by one person"),
        ["a void of one person"] = (LawQueries.TwoPeople, """
            INSERT INTO payment SELECT c.ledger, c.claim, 1, NULL, 'Void', NULL, NULL, NULL, c.net_fen, NULL, NULL,
                d.digest FROM wage_claim c, (SELECT min(m.digest) AS digest FROM document m) d WHERE c.claim = 1
            """, "L7: claim 1 was met by Void without two people"),
        ["a payment to a stranger"] = (LawQueries.WagesOnly,
            "DELETE FROM registration WHERE worker = 1", "L11: claim 5 attempt 1 goes to nobody registered"),
        ["a payment from another project's account"] = (LawQueries.WagesOnly,
            "UPDATE wage_account SET project = 77 WHERE project = 1", "goes from an account of another project"),
        ["a payment to another's card"] = (LawQueries.WagesOnly,
            """
            UPDATE payment SET payee_hash = (SELECT y.account_hash FROM payee_account y WHERE y.worker = 9)
                WHERE claim = 5
            """, "L11: claim 5 attempt 1 goes to an account that is not the worker's"),
        ["a sent file withdrawn by nobody"] = (LawQueries.Always["L1"],
            "UPDATE disbursement_file SET state = 'Withdrawn'", "L1: file 1 is withdrawn though it was sent"),
        ["a file sent again"] = (LawQueries.Always["L1"],
            "UPDATE disbursement_file SET last_sent_at = answer_by", "L1: file 1 was sent again though nobody"),
        ["a call taken for a no"] = (LawQueries.Always["L1"], Rejected(1), "L1: claim 5 counts as rejected by a call"),
        ["a no to a second copy taken for one to the first"] = (LawQueries.Always["L1"], $"""
            {Rejected(1)}; UPDATE disbursement_file SET state = 'Refused', last_sent_at = answer_by
            """, "L1: claim 5 counts as rejected by a call, and its file had gone before"),
        ["a file that counts otherwise than its lines"] = (LawQueries.Always["L3"],
            "UPDATE disbursement_file SET open_fen = open_fen - 1, settled_fen = settled_fen + 1",
            "1 settled, 0 rejected, 0 returned, its lines say"),
        ["a debit of which no entry tells"] = (LawQueries.Always["L5"],
            "UPDATE disbursement_file SET debited_fen = debited_fen + 1",
            "L5: file 1 has 1 debited, its entries say 0"),
        ["a card that is paid while it cools"] = (LawQueries.Always["L7"],
            "UPDATE payee_approval SET effective_at = (SELECT f.answer_by FROM disbursement_file f) WHERE worker = 1",
            "L7: claim 5 attempt 1 goes to an account that still cools"),
        ["a word that is kept twice"] = (LawQueries.SaidOnce, $"{Rejected(1)}; {Rejected(2)}",
            "L9: Report says Rejected of claim 5 attempt 1 2 times"),
        ["a batch that leaves a number out"] = (LawQueries.FeedWhole, Batch(first: 2, last: 2, to: 1),
            "feed: batch 1 of subscriber 1 begins at 2 after 0, the one before ended at 0 with 0"),
        ["a batch that leaves a record out"] = (LawQueries.FeedWhole, "INSERT INTO outbox (ledger, sequence, kind, "
            + "subject, region, body) VALUES (520100, 900, 'k', 's', '520100', '{}'); "
            + Batch(first: 1, last: 3, to: 900),
            "feed: batch 1 of subscriber 1 holds 3 records, and there are "),
        ["an acknowledgement of what no batch holds"] = (LawQueries.FeedWhole,
            Batch(first: 1, last: 1, to: 1, records: 9, acknowledged: 9),
            "feed: subscriber 1 has acknowledged 9 of 9, its batches hold 1"),
        ["a pay day moved past a holiday"] = (LawQueries.OverdueIsEscalated,
            "UPDATE payroll SET due_date = '2026-02-24' WHERE payroll = 2",
            "L4: payroll 2 is due on 2026-02-24, not on the day agreed"),
    };

    /// <summary>A subscriber of everything with one batch.</summary>
    private static string Batch(int first, int last, int to, int? records = null, int acknowledged = 0) => $"""
        INSERT INTO feed_subscriber (ledger, subscriber, version, name, state, region, kinds, algorithm, from_sequence,
            key_document, batches, records, to_sequence, digest, acknowledged, attempts, answer)
        VALUES (520100, 1, 1, 'gy', 'Active', '', '', 'ed25519', 1, 'k', 1, {records ?? last}, {to}, 'd',
            {acknowledged}, 0, 'None');
        INSERT INTO feed_batch (ledger, subscriber, batch, first_n, last_n, after_sequence, to_sequence, previous,
            digest, key_document, signature)
        VALUES (520100, 1, 1, {first}, {last}, 0, {to}, '{new string('0', 64)}', 'd', 'k', 's')
        """;

    private static string Rejected(int seq) => $"""
        INSERT INTO payment_outcome SELECT p.ledger, p.claim, p.attempt, {seq}, 'Rejected', 'Report', 'Other',
            p.amount_fen, '', NULL, d.digest, 0 FROM payment p, document d
            WHERE p.claim = 5 AND d.kind = 'send-result'
        """;

    /// <summary>One more entry of the earmark after the bank's.</summary>
    private static string Moved(string kind, string reserved, string earmarked, string release) => $"""
        INSERT INTO account_entry (ledger, account, n, kind, posted_delta_fen, reserved_delta_fen, posted_after_fen,
            reserved_after_fen, release, earmark, earmark_delta_fen)
        SELECT e.ledger, e.account, e.n + 1, {kind}, 0, {reserved}, e.posted_after_fen, e.reserved_after_fen, {release},
            e.earmark, {earmarked} FROM account_entry e WHERE e.earmark = 1
        """;

    public static TheoryData<string, string> Cases =>
        [.. from engine in new[] { Engines.Sqlite, Engines.Postgres } from name in All.Keys select (engine, name)];

    [Theory, MemberData(nameof(Cases))]
    public void What_breaks_a_law_is_named_by_its_check(string engine, string how)
    {
        var world = worlds.Of(engine);
        var (law, sql, says) = All[how];
        using var owner = world.Database.Owner();
        using var transaction = owner.BeginTransaction();
        var parameters = world.Moment.Named();
        Assert.Empty(owner.Query<string>(law, parameters, transaction));
        owner.Execute(sql, transaction: transaction);
        var named = owner.Query<string>(law, parameters, transaction);
        Assert.Contains(named, sentence => sentence.Contains(says, StringComparison.Ordinal));
    }

    /// <summary>
    /// One ledger per engine with money, a file at the bank and something overdue, without its triggers.
    /// </summary>
    public sealed class Worlds : IDisposable
    {
        private readonly Dictionary<string, LawWorld> _made = [];

        internal LawWorld Of(string engine) =>
            _made.TryGetValue(engine, out var world) ? world : _made[engine] = Made(engine);

        public void Dispose()
        {
            foreach (var world in _made.Values) world.Dispose();
        }

        private static LawWorld Made(string engine)
        {
            var world = LawWorld.Play(History.Of((Act.Deposit, 0, 15), (Act.BankCloses, 0, 0), (Act.Deliver, 0, 0),
                (Act.Plan, 1, 0), (Act.Pump, 0, 0), (Act.Wait, 0, 15), (Act.Sweep, 0, 0),
                (Act.Earmark, 0, 3), (Act.BankCloses, 0, 0), (Act.Deliver, 0, 0)), engine);
            using var owner = world.Database.Owner();
            Unguard(owner, world.Database.Postgres);
            return world;
        }

        private static void Unguard(DbConnection owner, bool postgres)
        {
            if (postgres)
            {
                const string Tables = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'";
                foreach (var table in owner.Query<string>(Tables).AsList())
                    owner.Execute($"ALTER TABLE {table} DISABLE TRIGGER ALL");
                return;
            }
            const string Triggers = "SELECT name FROM sqlite_master WHERE type = 'trigger'";
            foreach (var trigger in owner.Query<string>(Triggers).AsList())
                owner.Execute($"DROP TRIGGER {trigger}");
        }
    }
}
