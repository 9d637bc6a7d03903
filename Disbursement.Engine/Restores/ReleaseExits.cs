using Disbursement.Engine.Accounts;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.Restores;

/// <summary>
/// Lines that have gone out leave the releases which the backup still has waiting with them, and what was set aside
/// there is free again. One that loses its last line is cancelled.
/// </summary>
internal sealed class ReleaseExits(DecisionContext context)
{
    private readonly Dictionary<long, Dictionary<long, HeldRange>> _holders = [];
    private readonly SortedDictionary<long, List<(long Payroll, long Line, long Fen)>> _leaving = [];

    public void Take(long payroll, long line, long fen)
    {
        if (!_holders.TryGetValue(payroll, out var holders))
            _holders[payroll] = holders = PlanChoice.Holders(context.Queries.Held(payroll));
        if (!holders.TryGetValue(line, out var holder)) return;
        if (!_leaving.TryGetValue(holder.Release, out var leaving)) _leaving[holder.Release] = leaving = [];
        leaving.Add((payroll, line, fen));
    }

    public void Write(Changes changes, Func<long, AccountBook> book)
    {
        foreach (var (id, lines) in _leaving)
        {
            var release = context.Rows.Find<ReleaseRow>(("release", id))!;
            var fen = lines.Sum(l => l.Fen);
            var freed = Math.Min(fen, release.ReservedFen);
            book(release.Account).Release(new Money(freed), id, null, release.Earmark);
            var left = release with
            {
                Version = release.Version + 1,
                Lines = release.Lines - lines.Count,
                AmountFen = release.AmountFen - fen,
                ReservedFen = release.ReservedFen - freed,
            };
            changes.Update(left.Lines > 0 ? left : left with
            {
                Earmark = null,
                State = ReleaseMachine.Table.Next(release.State, ReleaseTrigger.Cancel),
            });
            changes.Insert<ReleaseLeftRow>([.. LineRanges.Join(lines.Select(l => (l.Payroll, l.Line)).Order())
                .Select(r => new ReleaseLeftRow
                {
                    Release = id,
                    Payroll = r.Payroll,
                    FromLine = r.From,
                    ToLine = r.To,
                    Cause = ReleaseExit.Journalled,
                })]);
        }
    }
}
