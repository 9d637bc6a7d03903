using Dapper;
using Disbursement.Host.Simulation;
using NodaTime;

namespace Disbursement.Tests.Kills;

/// <summary>
/// A small month that always plays the same way: a project's wages of March are declared, approved, funded, sent,
/// answered, in part refused by the bank, corrected, recalled and paid again, on the product's own store.
/// </summary>
internal static class FixedMonth
{
    /// <summary>Banks that do nothing wrong, and messages that take from no time to four days.</summary>
    private const long Seed = 3;

    private const int Project = 3;

    /// <summary>What was asked for and not answered is asked for again by whoever is still alive: even numbers.
    /// </summary>
    public static IReadOnlyList<Step> Steps { get; } = [.. Drawn()
        .OrderBy(s => 100 * s.Day + s.Hour).Select((s, i) => new Step(i,
        new LocalDateTime(2026, 4, s.Day, s.Hour, 0).InZoneStrictly(Engine.Runtime.DecisionContext.China).ToInstant(),
        s.Act, s.A, s.B, default))];

    /// <summary>The month with one death in it; where the clean one is wanted, with none.</summary>
    /// <param name="name">The world's folder: no two at once have the same.</param>
    /// <param name="step">The step it falls in.</param>
    /// <param name="passed">Told of each occasion to die, with its step, up to the month's end.</param>
    public static MonthOutcome Play(Worlds worlds, string name, int step, Mishap mishap,
        Action<Step, string>? passed = null)
    {
        using var world = new World(worlds.Base, worlds.Make(name), Seed);
        foreach (var of in Steps)
        {
            if (passed is not null) world.Database.Hazard.Passed = what => passed(of, what);
            if (world.Play(of.Index == step ? of with { Mishap = mishap } : of) is { } broken) return Told(broken);
        }
        world.Database.Hazard.Passed = null;
        var died = world.Struck.Values.Sum();
        return world.End(Steps[^1]) is { } atRest ? Told(atRest) : new(died, Figures(world));
    }

    /// <summary>Sums of every payroll, balances of every account, and the banks' own books.</summary>
    private static string Figures(World world)
    {
        var eye = world.Database.Eye;
        var lines = eye.Query<string>("""
            SELECT 'payroll ' || payroll || ' ' || state || ': ' || lines_declared || ' = ' || lines_paid || ' + '
                || lines_in_flight || ' + ' || lines_unpaid || ' + ' || lines_voided || ', ' || declared_fen || ' = '
                || paid_fen || ' + ' || in_flight_fen || ' + ' || unpaid_fen || ' + ' || voided_fen
            FROM payroll ORDER BY payroll
            """).Concat(eye.Query<string>("""
            SELECT 'account ' || account || ': ' || posted_after_fen || ' ' || reserved_after_fen FROM account_entry e
            WHERE n = (SELECT max(n) FROM account_entry l WHERE l.ledger = e.ledger AND l.account = e.account)
            ORDER BY account
            """)).ToList();
        foreach (var books in world.Banks.Select(bank => bank.Report()))
            lines.AddRange(books.Payees.Select(p => $"{books.Profile} {p.Account}: {p.NetFen}")
                .Concat(books.Payers.Select(p => $"{books.Profile} {p.Account}: {p.BalanceFen}")));
        return string.Join('\n', lines);
    }

    private static MonthOutcome Told(Violation broken) =>
        new(1, $"{broken.Law} broken at {broken.Step}: {string.Join("; ", broken.Rows.Take(3))}");

    private static IEnumerable<(int Day, int Hour, Act Act, int A, int B)> Drawn()
    {
        yield return (1, 8, Act.Deposit, Project, 0);
        yield return (1, 9, Act.Attendance, Project, 2);
        yield return (1, 18, Act.DayEnds, 2, 0);
        yield return (2, 9, Act.Sheet, Project, 0);
        yield return (2, 14, Act.Review, Project, 0);
        yield return (3, 9, Act.Approve, Project, 0);
        yield return (5, 9, Act.Deliver, 0, 0);
        yield return (5, 10, Act.Plan, Project, 2);
        foreach (var day in new[] { 5, 10, 15, 20, 25 })
        {
            if (day > 5) yield return (day, 10, Act.Again, 0, 2);
            yield return (day, 11, Act.Tick, 0, 0);
            if (day == 10) yield return (day, 12, Act.Recall, 0, 2);
            yield return (day, 13, Act.BankWorks, 2, 0);
            yield return (day, 14, Act.Deliver, 0, 0);
            yield return (day, 18, Act.DayEnds, 2, 0);
            yield return (day + 1, 9, Act.ResolveFiles, 0, 0);
            yield return (day + 4, 9, Act.Deliver, 0, 0);
            yield return (day + 4, 10, Act.ResolveLines, 0, 0);
            if (day is 5 or 25) yield return (day + 4, 20, Act.EndRun, 0, 0);
        }
        // The first two of the team, whose cards the bank does something odd with.
        yield return (11, 9, Act.ChangePayee, 2, 0);
        yield return (11, 10, Act.ChangePayee, 2, 2);
    }
}

/// <summary>How a month ended.</summary>
/// <param name="Deaths">How many faults struck in it.</param>
/// <param name="Figures">Sums, balances and the banks' books; or what did not hold.</param>
internal sealed record MonthOutcome(int Deaths, string Figures);
