using Disbursement.Host.Storage;
using Xunit;

namespace Disbursement.Tests.Storage.Attacks;

/// <summary>What is written stays written, whoever holds the pen; and what is lawful passes.</summary>
public sealed class TamperingTests(ForgeryTests.Ledgers ledgers) : IClassFixture<ForgeryTests.Ledgers>
{
    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void No_fact_is_changed_deleted_or_emptied(string engine)
    {
        var ledger = ledgers.Of(engine);
        // A key's row too: what is sealed under it would be lost, and erasure is a decision that has no verb yet.
        var attempts = Migrations.Tables.Where(t => !t.Table.Header)
            .SelectMany(t => (string[])
            [
                $"UPDATE {t.Table.Name} SET ledger = ledger", $"UPDATE {t.Table.Name} SET ledger = 2",
                $"DELETE FROM {t.Table.Name}",
                engine == Engines.Postgres ? $"TRUNCATE {t.Table.Name}" : $"UPDATE OR REPLACE {t.Table.Name} SET ledger = 2",
            ]);
        AssertRefused(ledger, [.. attempts, "UPDATE subject_key SET secret = x'09'"]);
    }

    /// <summary>What the schema is stays what was run; on SQLite a later script still adds its own note.</summary>
    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void No_note_of_a_script_is_changed_deleted_or_replaced(string engine) => AssertRefused(ledgers.Of(engine),
    [
        "UPDATE schema_version SET digest = 'x'", "DELETE FROM schema_version",
        "INSERT INTO schema_version SELECT script, 'x' FROM schema_version",
        .. engine == Engines.Postgres
            ? (string[])["TRUNCATE schema_version", "INSERT INTO schema_version VALUES ('9001_later', 'x')",
                "DROP TABLE schema_version", "ALTER TABLE payment DISABLE TRIGGER ALL", "DROP TRIGGER payment_law ON payment"]
            : ["INSERT OR REPLACE INTO schema_version SELECT script, 'x' FROM schema_version",
                "UPDATE OR REPLACE schema_version SET script = '9001_later'", "SELECT rowid FROM schema_version"],
    ]);

    /// <summary>An applied message is done: nothing more can be said to stand in it.</summary>
    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void No_bank_message_is_applied_again_or_taken_back(string engine) => AssertRefused(ledgers.Of(engine),
    [
        "UPDATE message_progress SET version = version + 1, state = 'Applying' WHERE message = 3",
        "UPDATE message_progress SET version = version + 1, lines_applied = -1 WHERE message = 1",
    ]);

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void No_header_is_deleted_renamed_or_updated_past_its_version(string engine)
    {
        var ledger = ledgers.Of(engine);
        var attempts = Migrations.Tables.Where(t => t.Table.Header).SelectMany(t =>
            t.Table.Key.Split(' ').Concat(t.Table.Fixed.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Where(c => c is not ("epoch" or "kind" or "team" or "period" or "sheet" or "sheet_name" or "profile"
                    or "reference" or "verb" or "subject" or "body" or "rule" or "debtor_kind" or "payroll")
                    || c == "payroll" && t.Table.Name == "payroll")
                .Select(c => $"UPDATE {t.Table.Name} SET version = version + 1, {c} = {c} + 90")
                .Concat(
                [
                    $"DELETE FROM {t.Table.Name}", $"UPDATE {t.Table.Name} SET version = version",
                    $"UPDATE {t.Table.Name} SET version = version + 2",
                    engine == Engines.Postgres ? $"TRUNCATE {t.Table.Name}"
                        : $"UPDATE OR REPLACE {t.Table.Name} SET version = version + 1, ledger = 2",
                ]));
        AssertRefused(ledger, [.. attempts]);
    }

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void No_header_leaves_the_arrows_of_its_machine_or_what_was_fixed(string engine) =>
        AssertRefused(ledgers.Of(engine),
        [
            Update("payroll", "state = 'Received'", 1), Update("payroll", "state = 'Withdrawn'", 1),
            Update("payroll", "state = 'Checked'", 8), Update("payroll", "approved_by = 1", 1),
            Update("payroll", "lines_declared = 7, lines_unpaid = 7", 1), Update("payroll", "lines_paid = 1", 1),
            Update("payroll", "state = 'Settled'", 1), Update("payroll", "state = 'Approved', approved_by = 1", 7),
            Update("payroll", "state = 'Approved', approved_by = 3", 7), Update("payroll", "team = 'Z'", 1),
            Update("payroll", "period = 'Z'", 1), Update("payroll", "sheet = 'Z'", 1),
            Update("release", "state = 'Planned'", 1), Update("release", "state = 'Cancelled'", 1),
            Update("release", "state = 'Done'", 1), Update("release", "kind = 'Partial'", 1),
            Update("disbursement_file", "state = 'Built'", 1), Update("disbursement_file", "state = 'Sealed'", 1),
            Update("disbursement_file", "state = 'Withdrawn'", 1), Update("disbursement_file", "lines_open = 0", 1),
            Update("disbursement_file", "reference = 'Z'", 1), Update("disbursement_file", "state = 'Sealed'", 2),
            Update("obligation", "state = 'Open'", 1), Update("obligation", "state = 'Open'", 2),
            "UPDATE recovery_claim SET version = version + 1, state = 'Open' WHERE recovery = 1",
            Update("proposal", "state = 'Decided', decided_by = 1", 1),
            Update("proposal", "state = 'Decided', decided_by = 3", 1),
            Update("proposal", "state = 'Decided', decided_by = 99", 1),
            Update("warning", "state = 'Raised'", 1), Update("warning", "rule = 'Z'", 1),
        ]);

    /// <summary>The application role may make temporary tables: none of them stands in for a real one.</summary>
    [Fact]
    public void A_temporary_table_of_the_same_name_fools_no_law() => AssertRefused(ledgers.Of(Engines.Postgres),
    [
        """
        CREATE TEMP TABLE registration AS SELECT ledger, project, employer, 3::bigint AS worker FROM public.registration;
        INSERT INTO public.wage_claim SELECT ledger, 91, 3, project, employer, period, component, revision, payroll, 5,
            days, hours, gross_fen, deductions_fen, net_fen FROM public.wage_claim WHERE claim = 1
        """,
    ]);

    /// <summary>A row of a table with a rowid can be replaced by naming its rowid, whatever its key.</summary>
    [Fact]
    public void No_table_of_sqlite_has_a_rowid() => AssertRefused(ledgers.Of(Engines.Sqlite),
        [.. Migrations.Tables.Select(t => $"SELECT rowid FROM {t.Table.Name}")]);

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void What_is_lawful_passes(string engine)
    {
        using var ledger = new AttackedLedger(engine);
        AssertTaken(ledger, new("recall", "recall = 1",
            "recall = 2, reference = 'r1C02', reason = 'Fraud', rows = '*', lines = 3, total_fen = 3000"));
        AssertTaken(ledger, new("recall_seal", "recall = 1", "recall = 2"));
        AssertTaken(ledger, new("recall_sending", "recall = 1", "sending = 2"));
        AssertTaken(ledger, new("recall_answer", "recall = 1", "recall = 2, row_reference = 0, word = 'Cancelled'"));
        AssertTaken(ledger, new("payment", "claim = 2 AND attempt = 1", "attempt = 2, prior_attempt = 1, row_reference = 9"));
        AssertTaken(ledger, new("payment_outcome", "claim = 2", "attempt = 2, seq = 1"));
        AssertTaken(ledger, new("payment_death", "claim = 2", "attempt = 2"));
        AssertTaken(ledger, new("payment", "claim = 5", "claim = 2, attempt = 3, prior_attempt = 2"));
        AssertTaken(ledger, new("wage_claim", "claim = 2", "claim = 6, revision = 2"));
        AssertTaken(ledger, new("payment_outcome", "claim = 4", "seq = 2, kind = 'Returned'"));
        AssertTaken(ledger, new("payment_death", "claim = 2 AND attempt = 1", "claim = 4, seq = 2"));
        AssertTaken(ledger, new("payment", "claim = 4",
            "attempt = 2, prior_attempt = 1, row_reference = 8, release = 2, file = 2"));
        AssertTaken(ledger, new("account_entry", "account = 1 AND n = 2",
            "n = 3, reserved_delta_fen = 6000, reserved_after_fen = 10000"));
        AssertTaken(ledger, new("account_entry", "account = 1 AND n = 1", "n = 4, kind = 'Allocation', "
            + "posted_delta_fen = -10000, posted_after_fen = 0, reserved_after_fen = 10000"));
        AssertTaken(ledger, new("account_entry", "account = 1 AND n = 1", "account = 2, n = 1, kind = 'Allocation'"));
        Assert.Equal((0, ""), ledger.Try("UPDATE release SET version = version + 1, state = 'Done', lines_open = 0 WHERE release = 2"));
        Assert.Equal((0, ""), ledger.Try(Update("proposal", "state = 'Decided', decided_by = 2", 1)));
        AssertTaken(ledger, new("payee_approval", "worker = 1 AND version = 1", "version = 2"));
        // The words of people: on a line, on a file that is Unknown, and a withdrawal of what never went out.
        AssertTaken(ledger, new("payment_outcome", "claim = 4 AND seq = 1",
            "attempt = 1, seq = 3, kind = 'Returned', source = 'People', document = 'd2'"));
        AssertTaken(ledger, new("payment_outcome", "claim = 4 AND seq = 1", "attempt = 1, seq = 4, source = 'Statement', document_line = 1"));
        AssertTaken(ledger, new("payment_outcome", "claim = 4 AND seq = 1",
            "claim = 8, kind = 'NotSent', source = 'People', document = 'd5'"));
        AssertTaken(ledger, new("payment", "claim = 5", "claim = 3, channel = 'Outside'"));
        // Who was erased comes back under a number of their own; the key that two people named goes, once.
        AssertTaken(ledger, new("worker", "worker = 8", "worker = 91, erased_before = 1"));
        Assert.Equal((0, ""), ledger.Try("DELETE FROM subject_key WHERE subject = 'worker/8'"));
    }

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void No_key_goes_but_the_one_that_a_decided_erasure_names(string engine) => AssertRefused(ledgers.Of(engine),
    [
        "DELETE FROM subject_key WHERE subject = 'worker/1'", "DELETE FROM subject_key",
        "UPDATE subject_key SET secret = 'x' WHERE subject = 'worker/8'",
    ]);

    private static string Update(string table, string change, int id) =>
        $"UPDATE {table} SET version = version + 1, {change} WHERE "
        + (table == "disbursement_file" ? "file" : table) + $" = {id}";

    private static void AssertTaken(AttackedLedger ledger, Forgery row) =>
        Assert.Equal((0, ""), ledger.Try(ledger.Forms(row).First()));

    private static void AssertRefused(AttackedLedger ledger, IReadOnlyList<string> attempts)
    {
        var before = ledger.Everything();
        foreach (var some in attempts.Chunk(200))
        {
            var said = ledger.Try(some).Output;
            Assert.True(said.Split("ERROR:").Length == some.Length + 1, said);
        }
        Assert.Equal(before, ledger.Everything());
    }
}
