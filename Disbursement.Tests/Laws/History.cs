using FsCheck;
using FsCheck.Fluent;

namespace Disbursement.Tests.Laws;

/// <summary>What can happen next. The numbers of a step say to which of the things that are there.</summary>
internal enum Act
{
    Approve, Plan, Fund, Allot, Build, Seal, Send, Pump, Cancel, GiveBack, Withdraw, Deposit, Foreign, BankWorks,
    BankReverses, Again, BankReturns, BankCloses, Deliver, Repeat, Void, Discharge, ResolveLine, ResolveFile, Allocate,
    Wait, Sweep, Silence, Earmark, Advance, Free, SendLost, SendLate, SendRefused, SendCrossed, SendAsleep,
}

/// <summary>One abstract operation.</summary>
public readonly record struct Step
{
    internal Step(Act act, int a, int b) => (Act, A, B) = (act, a, b);

    internal Act Act { get; }
    internal int A { get; }
    internal int B { get; }

    public override string ToString() => $"new(Act.{Act}, {A}, {B})";
}

/// <summary>A history as a list of steps; it shrinks by leaving steps out.</summary>
public sealed record History(IReadOnlyList<Step> Steps)
{
    public override string ToString() => $"[{string.Join(", ", Steps)}]";

    internal static History Of(params (Act Act, int A, int B)[] steps) =>
        new([.. steps.Select(s => new Step(s.Act, s.A, s.B))]);
}

/// <summary>Histories drawn so that money, files and words of the bank are there to act on.</summary>
public static class Histories
{
    /// <summary>Things that come one after the other more often than chance would have it.</summary>
    private static readonly Act[][] s_turns =
    [
        [Act.Deposit, Act.BankCloses, Act.Deliver],
        [Act.Plan, Act.Fund, Act.Fund, Act.Fund],
        [Act.Fund, Act.Fund, Act.Fund, Act.Foreign, Act.BankCloses, Act.Deliver, Act.Deliver],
        [Act.Plan, Act.Fund, Act.Fund, Act.Fund, Act.Foreign, Act.BankCloses, Act.Deliver],
        [Act.Plan, Act.Pump],
        [Act.Deposit, Act.BankCloses, Act.Deposit, Act.BankCloses, Act.Deliver, Act.Deliver],
        [Act.Pump, Act.BankWorks, Act.Deliver, Act.Deliver, Act.Deliver],
        [Act.BankWorks, Act.Deliver, Act.Deliver, Act.Deliver, Act.BankCloses, Act.Deliver],
        [Act.BankWorks, Act.Deliver, Act.Deliver, Act.BankReturns, Act.BankCloses, Act.Deliver, Act.Deliver],
        [Act.Repeat, Act.Plan, Act.Pump, Act.Deliver, Act.Deliver],
        [Act.Build, Act.Seal, Act.Send, Act.Wait, Act.ResolveFile],
        [Act.Build, Act.Withdraw, Act.Plan],
        [Act.Pump, Act.BankWorks, Act.Deliver, Act.Deliver, Act.Deliver, Act.Deliver, Act.Again],
        [Act.Again, Act.BankReverses, Act.Deliver, Act.Deliver, Act.Build, Act.Seal, Act.Send],
        [Act.BankReverses, Act.Deliver, Act.Deliver, Act.Void, Act.Again, Act.Pump],
        [Act.Again, Act.Build, Act.Seal, Act.BankReverses, Act.Deliver, Act.Deliver, Act.Send],
        [Act.Void, Act.Void, Act.Discharge, Act.Discharge],
        [Act.Wait, Act.Sweep],
        [Act.Wait, Act.Silence, Act.ResolveLine, Act.Sweep],
        [Act.Pump, Act.Wait, Act.Wait, Act.Silence, Act.ResolveLine],
        [Act.Cancel, Act.Void, Act.Discharge],
        [Act.Sweep, Act.Earmark, Act.BankCloses, Act.Deliver, Act.Advance, Act.Pump, Act.BankWorks],
        [Act.Earmark, Act.BankCloses, Act.Deliver, Act.Advance, Act.Fund, Act.Cancel, Act.GiveBack],
        [Act.Advance, Act.Earmark, Act.Foreign, Act.BankCloses, Act.Deliver, Act.Fund, Act.Free],
        [Act.Plan, Act.Fund, Act.Deliver, Act.Build, Act.Seal, Act.Deliver, Act.Send],
        [Act.Fund, Act.Build, Act.Seal, Act.SendLost, Act.Wait, Act.ResolveFile, Act.SendLate, Act.ResolveFile,
            Act.Send],
        [Act.Fund, Act.Build, Act.Seal, Act.SendLost, Act.Wait, Act.ResolveFile, Act.Withdraw, Act.Send],
        [Act.Fund, Act.Build, Act.Seal, Act.SendLost, Act.Wait, Act.ResolveFile, Act.SendRefused, Act.Again],
        [Act.Fund, Act.Build, Act.Seal, Act.SendLost, Act.Wait, Act.ResolveLine, Act.ResolveFile, Act.Send],
        [Act.Build, Act.Seal, Act.SendCrossed],
        [Act.Build, Act.Seal, Act.SendAsleep, Act.ResolveFile, Act.Send],
        [Act.Build, Act.Seal, Act.Foreign, Act.Foreign, Act.BankCloses, Act.Deliver, Act.Send],
    ];

    public static Arbitrary<History> Any() => Arb.From(Drawn, Shorter);

    internal static Gen<History> Drawn { get; } = Gen.Choose(5, 12)
        .SelectMany(length => Turn.ArrayOf(length))
        .SelectMany(turns => Gen.Elements(s_openings!), (turns, opening) =>
            new History([.. opening, .. turns.SelectMany(t => t)]));

    /// <summary>Money comes first: at one bank, or at both.</summary>
    private static readonly Step[][] s_openings =
    [
        [new(Act.Deposit, 0, 11), new(Act.BankCloses, 0, 0), new(Act.Deliver, 0, 0), new(Act.Plan, 0, 0)],
        [
            new(Act.Deposit, 0, 11), new(Act.Deposit, 2, 11), new(Act.BankCloses, 0, 0), new(Act.Deliver, 0, 0),
            new(Act.Deliver, 0, 0), new(Act.Plan, 0, 0),
        ],
    ];

    /// <summary>Half of the turns are about one thing throughout.</summary>
    private static Gen<Step[]> Turn =>
        from usual in Gen.Choose(0, 3)
        from acts in usual > 0
            ? Gen.Elements(s_turns) : Gen.Elements(Enum.GetValues<Act>()).Select(act => new[] { act })
        from numbers in Gen.Choose(0, 12 * 16 - 1).ArrayOf(10)
        from one in Gen.Choose(0, 1)
        select acts.Select((act, i) => new Step(act, numbers[one > 0 ? 0 : i] / 16, numbers[i] % 16)).ToArray();

    private static IEnumerable<History> Shorter(History history)
    {
        for (var size = history.Steps.Count / 2; size > 0; size /= 2)
            for (var at = 0; at + size <= history.Steps.Count; at += size)
                yield return new History([.. history.Steps.Take(at), .. history.Steps.Skip(at + size)]);
    }
}
