using Disbursement.Engine.Calendars;
using Disbursement.Engine.People;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;
using NodaTime;

namespace Disbursement.Engine.Papers;

/// <summary>A claim as papers print it: its person, where it stands, and its items.</summary>
/// <param name="Person">Null once the worker's data were erased.</param>
/// <param name="Bank">The paying bank's name.</param>
/// <param name="Payee">The payee account that was paid; null before a payment and of erased workers.</param>
public sealed record WageLine(PaperClaim Claim, ClaimState State, WorkerText? Person, WageItems Items, string Bank,
    PayeeText? Payee)
{
    /// <summary>Printed in the place of erased data.</summary>
    public const string Erased = "已删除";

    public ClaimStanding Standing => ClaimStates.Standing(State);
    public bool IsPaid => Standing == ClaimStanding.Paid;

    /// <summary>What the worker has got: the net wage, or nothing yet.</summary>
    public Money Paid => IsPaid ? new Money(Claim.NetFen) : Money.Zero;
    public string Name => Person?.Name ?? $"工人 {Claim.Worker} ({Erased})";
    public string Identity => Person?.Identity ?? Erased;
    public string Phone => Person?.Phone ?? Erased;

    public IReadOnlyList<WageItem> Earned => Items.Earned(Claim, Person is not null);
    public IReadOnlyList<WageItem> Deducted => Items.Deducted(Claim);

    /// <summary>"尾号 0019": enough for the worker to know the card, of no use to anybody else.</summary>
    public string Account => Payee is { Account.Length: > 4 } payee ? $"尾号 {payee.Account[^4..]}" : "";

    /// <summary>The value date; where the bank named none, the day its word came.</summary>
    public LocalDate? PaidOn => !IsPaid ? null
        : Claim.ValueDate ?? (Claim.ReceivedAt is { } at ? ChinaTime.DayOf(at) : null);

    public string PaidOnWords => (IsPaid, PaidOn) switch
    {
        (true, { } day) => CellText.Day(day),
        (true, null) => "见凭证",
        _ => "未付",
    };

    /// <summary>The bank's voucher of a paid line, or what stands in its place.</summary>
    public string Voucher(TermOf term)
    {
        var how = State == ClaimState.Advanced ? $"{term(Claim.ReleaseKind!)}；" : "";
        if (State == ClaimState.PaidOutside) return $"{term(State)}，凭证 {Claim.Evidence?[..12]}";
        if (IsPaid)
            return $"{how}{Bank} {Claim.FileReference} 第 {Claim.RowReference} 笔"
                + (Claim.BankReference is { Length: > 0 } reference ? $"，流水 {reference}" : "");
        return Standing == ClaimStanding.InFlight ? $"在途：{term(State)}" : Unpaid(term);
    }

    private string Unpaid(TermOf term)
    {
        var reason = ReasonWords(term) is { Length: > 0 } why ? $" ({why})" : "";
        return $"未付 {new Money(Claim.NetFen).ToYuan()}：{term(State)}{reason}";
    }

    /// <summary>A recorded reason, such as "AccountClosed 4002", in Chinese: "账户已销户 4002".</summary>
    private string ReasonWords(TermOf term)
    {
        var recorded = Claim.FailedReason ?? "";
        var code = recorded.Split(' ')[0];
        return !Enum.TryParse<ReturnReason>(code, out var reason) ? recorded
            : reason == ReturnReason.None ? "" : (term(reason) + recorded[code.Length..]).Trim();
    }
}

/// <summary>Sums of lines: as many as there are, and in fen.</summary>
public readonly record struct WageSums(long Lines, long GrossFen, long DeductionsFen, long NetFen, long PaidLines,
    long PaidFen, long InFlightLines, long InFlightFen, long UnpaidLines, long UnpaidFen)
{
    /// <summary>Of lines none of which is voided.</summary>
    public static WageSums Of(IEnumerable<WageLine> lines)
    {
        var sums = default(WageSums);
        foreach (var line in lines) sums = sums.With(line.Claim, line.Standing);
        Invariant.Holds(sums.GrossFen - sums.DeductionsFen == sums.NetFen
            && sums.NetFen == sums.PaidFen + sums.InFlightFen + sums.UnpaidFen, "the sums of a paper add up");
        return sums;
    }

    private WageSums With(PaperClaim claim, ClaimStanding standing)
    {
        var sums = this with
        {
            Lines = Lines + 1,
            GrossFen = GrossFen + claim.GrossFen,
            DeductionsFen = DeductionsFen + claim.DeductionsFen,
            NetFen = NetFen + claim.NetFen,
        };
        return standing switch
        {
            ClaimStanding.Paid => sums with { PaidLines = PaidLines + 1, PaidFen = PaidFen + claim.NetFen },
            ClaimStanding.InFlight =>
                sums with { InFlightLines = InFlightLines + 1, InFlightFen = InFlightFen + claim.NetFen },
            ClaimStanding.Unpaid =>
                sums with { UnpaidLines = UnpaidLines + 1, UnpaidFen = UnpaidFen + claim.NetFen },
            _ => throw new DefectException("a voided claim stands on no paper's table"),
        };
    }

    /// <summary>How what is owed stands: it adds up to the net sum.</summary>
    public string Words => $"应付合计 {CellText.Yuan(NetFen)} 元 ({Lines} 笔) = 已付 {CellText.Yuan(PaidFen)} 元 "
        + $"({PaidLines} 笔) + 在途 {CellText.Yuan(InFlightFen)} 元 ({InFlightLines} 笔) + "
        + $"未付 {CellText.Yuan(UnpaidFen)} 元 ({UnpaidLines} 笔)";
}
