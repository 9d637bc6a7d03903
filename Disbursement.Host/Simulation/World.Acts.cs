using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;
using Disbursement.Host.Demo;

namespace Disbursement.Host.Simulation;

/// <summary>Which act a step is, and how a command is asked for.</summary>
internal sealed partial class World
{
    private void Do(Step step) => Of(step.Act)(step);

    private Action<Step> Of(Act act) => act switch
    {
        Act.Attendance => Attendance,
        Act.Sheet => Sheet,
        Act.Review => Review,
        Act.Approve => Approve,
        Act.SendBack => SendBack,
        Act.WithdrawSheet => WithdrawSheet,
        Act.Plan => Plan,
        Act.Again => Again,
        Act.Advance => s => Advance(s, Engine.Accounts.ReleaseKind.Advance),
        Act.FromDeposit => s => Advance(s, Engine.Accounts.ReleaseKind.Deposit),
        Act.Order => Order,
        Act.ChangePayee => ChangePayee,
        Act.Void => Void,
        Act.Outside => Outside,
        Act.Explain => Explain,
        Act.Recover => Recover,
        Act.Warning => Warning,
        Act.RotatePerson => RotatePerson,
        Act.Night => _ => Night(),
        Act.Neglect => Neglect,
        Act.Mend => Mend,
        _ => OfMoney(act),
    };

    private Action<Step> OfMoney(Act act) => act switch
    {
        Act.Deposit => Deposit,
        Act.Earmark => Earmark,
        Act.Stray => Stray,
        Act.Fee => s => _banks[s.A % 2].Books("FEE", -1_500 * (1 + s.B), "手续费", _now),
        Act.Court => Court,
        Act.BankWorks => s => EachBank(s, bank => bank.Works(_now)),
        Act.DayEnds => s => EachBank(s, bank => bank.EndsDay(_now)),
        Act.Deliver => _ => Deliver(),
        Act.Repeat => s => _banks[s.A % 2].Repeats(s.B + s.A, s.A % 3 == 0, _now),
        Act.Tick => _ => Tick(untilIdle: true),
        Act.TickOnce => _ => Tick(untilIdle: false),
        Act.ResolveFiles => _ => ResolveFiles(),
        Act.ResolveLines => _ => ResolveLines(),
        Act.Allocate => Allocate,
        Act.Recall => Recall,
        Act.Withdraw => Withdraw,
        Act.Cancel => Cancel,
        Act.Free => _ => Free(),
        Act.Fund => _ => Fund(),
        Act.RotateOurs => RotateOurs,
        Act.RotateBank => RotateBank,
        Act.EndRun => _ => EndRun(),
        Act.Backup => _ => Backup(),
        Act.Restore => _ => Restore(),
        Act.Unlock => _ => Unlock(),
        _ => throw new DefectException($"no such act: {act}"),
    };

    /// <summary>Asks for a decision, signed; null where it is refused.</summary>
    private Outcome? By(string person, Command command) => Asked(_people[person], command);

    private Outcome? Asked(DemoPerson? person, Command command)
    {
        var decision = _host.Decide(person, command);
        Meet(decision.Accepted ? decision.Value.Repeat ? $"repeat {command.Verb}" : command.Verb
            : $"refused {decision.Findings[0].Rule.Code}");
        return decision.Accepted ? decision.Value : null;
    }

    /// <summary>Two people put their name to the same.</summary>
    private void Both(Command command, string one = SimulatedPeople.Treasurer,
        string other = SimulatedPeople.Supervisor)
    {
        By(one, command);
        By(other, command);
    }

    /// <summary>A paper that nobody has handed in before.</summary>
    private static byte[] Paper(Command command, Step step) => System.Text.Encoding.UTF8.GetBytes(
        $"样例凭证 SAMPLE {step.Index} {command.Verb} {string.Join(' ', command.Arguments.Select(a => a.Value))}");

    private void Meet(string what) => _met[what] = _met.GetValueOrDefault(what) + 1;
}
