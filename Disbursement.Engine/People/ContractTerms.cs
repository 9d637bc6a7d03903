using Disbursement.Engine.Primitives;
using NodaTime;

namespace Disbursement.Engine.People;

/// <summary>What the rate is paid for (计薪方式): Decree 724 art. 13.</summary>
public enum RateKind { Month, Week, Day, Hour, Piece }

/// <summary>How often wages are paid (支付周期). Final: one sum when the worker leaves (一次付清).</summary>
public enum PayCycle { Month, Week, Day, Piece, Final }

/// <summary>When wages are due: a day of the period after the worked one, or, for piece work, the date
/// itself.</summary>
/// <remarks>Exactly one of the two is set, except under <see cref="PayCycle.Final"/>: due on the leaving day, none
/// is.</remarks>
public readonly record struct AgreedPayDay(int? DayOfPeriodAfter, LocalDate? Date);

/// <summary>The terms of one contract that pay is derived from (Decree 724 art. 6: standard, time and manner in
/// writing).</summary>
/// <param name="SignedOn">Terms hold from here until the next terms of the same worker and project.</param>
/// <param name="Rate">Money per month, week, day, hour or piece; more than zero.</param>
/// <param name="PieceUnit">What a piece is (平方米, 吨 …); empty unless the rate is per piece.</param>
/// <param name="StandardDayMinutes">The standard working day in minutes, 1 to 1440; 480 is the law's eight
/// hours.</param>
public sealed record ContractTerms(LocalDate SignedOn, RateKind RateKind, Money Rate, string PieceUnit,
    PayCycle Cycle, AgreedPayDay PayDay, int StandardDayMinutes);
