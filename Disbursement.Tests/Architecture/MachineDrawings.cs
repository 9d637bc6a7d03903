using System.Globalization;
using System.Text;
using Disbursement.Engine.Accounts;
using Disbursement.Engine.Arrears;
using Disbursement.Engine.Cards;
using Disbursement.Engine.Feeds;
using Disbursement.Engine.Files;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.Primitives;

namespace Disbursement.Tests.Architecture;

/// <summary>Draws specs/machines.md from the tables the engine runs on.</summary>
internal static class MachineDrawings
{
    public static string Markdown()
    {
        var text = new StringBuilder();
        text.Append("""
            # Machines

            Generated from the transition tables of `Disbursement.Engine`; a test holds this page equal to them. To
            write it anew: `UPDATE_SPECS=1 dotnet test`. A step that is not drawn is refused with `machine.no-arrow`.

            """);
        Draw(text, "Payroll 工资支付表: what is owed", PayrollMachine.Table);
        Draw(text, "Release 代发批次: what goes out together", ReleaseMachine.Table);
        Draw(text, "File 代发文件: one file on its way to the bank", FileMachine.Table);
        Draw(text, "Cards 批量开卡: a batch of card applications", CardMachine.Table);
        Draw(text, "Obligation 先行清偿: what the general contractor owes after the due date", ObligationMachine.Table);
        Draw(text, "Recovery 追偿: what was advanced and must come back", RecoveryMachine.Table);
        Draw(text, "Warning 欠薪预警: what the regulators handle", WarningMachine.Table);
        Draw(text, "Subscriber 订阅方: who is told of warnings", SubscriberMachine.Table);
        return text.ToString();
    }

    private static void Draw<TState, TTrigger>(
        StringBuilder text, string title, TransitionTable<TState, TTrigger> table)
        where TState : struct, Enum
        where TTrigger : struct, Enum
    {
        var left = table.Arrows.Select(arrow => arrow.From).ToHashSet();
        var final = Enum.GetValues<TState>().Where(state => !left.Contains(state)).ToList();
        var drawing = table.Mermaid.ReplaceLineEndings("\n").Trim();
        text.Append(CultureInfo.InvariantCulture, $"\n## {title}\n\n```mermaid\n{drawing}\n```\n");
        if (final.Count > 0) text.Append("\nFinal: ").AppendJoin(", ", final).Append(".\n");
    }
}
