using Disbursement.Engine.Primitives;
using NodaTime;

namespace Disbursement.Engine.Attendance;

/// <summary>What an earning (应发工资项目) is for.</summary>
public enum EarningKind { Month, Week, Day, Hour, Piece, Overtime150, Overtime200, Overtime300 }

/// <summary>What a quantity counts: minutes, or hundredths of a piece.</summary>
public enum QuantityUnit { Minutes, PieceHundredths }

/// <summary>Rows of one document, both ends included: where a figure comes from.</summary>
public sealed record TraceRows(string Document, long From, long To);

/// <summary>One figure a worker earned in a period.</summary>
/// <param name="Rate">The contract's rate, per the contract's unit, whatever the kind.</param>
/// <param name="Amount">Rounded to the fen once, here, half away from zero.</param>
/// <param name="Trace">Every record the quantity was summed from, and no other.</param>
public sealed record Earning(EarningKind Kind, long Quantity, QuantityUnit Unit, Money Rate, Money Amount,
    IReadOnlyList<TraceRows> Trace);

/// <summary>What attendance derives for one worker in one period: the lines and their sum.</summary>
public sealed record DerivedPay(IReadOnlyList<Earning> Earnings, Money Total, IReadOnlyList<Finding> Findings);

/// <summary>A leaver's final settlement (一次付清): every period not yet paid, in one sum.</summary>
/// <remarks>Wage payment provisions (工资支付暂行规定) art. 9: at the end of the contract all is paid at once.</remarks>
public sealed record FinalSettlement(LocalDate LeavingDay, IReadOnlyList<DerivedPay> Periods, Money Total,
    IReadOnlyList<Finding> Findings);

/// <summary>The days of a pay period and what the legal calendar says of them.</summary>
/// <param name="RequiredDays">Legal working days a full monthly wage asks for: those of the whole month, even if the
/// period
/// ends earlier because the worker leaves. At least 1.</param>
/// <param name="LegalHolidays">The statutory holidays themselves (法定节假日, paid 300 %), without bridging days
/// off.</param>
public sealed record PeriodFacts(LocalDate From, LocalDate To, int RequiredDays, IReadOnlySet<LocalDate> LegalHolidays);
