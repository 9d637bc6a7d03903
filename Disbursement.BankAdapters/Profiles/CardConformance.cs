using Disbursement.BankAdapters.Seams;
using Disbursement.Engine.Cards;
using Disbursement.Engine.Returns;
using NodaTime;

namespace Disbursement.BankAdapters.Profiles;

/// <summary>The part of the conformance kit about card applications: none where the profile has no form of them.
/// </summary>
internal static class CardConformance
{
    public static IEnumerable<ConformanceCheck> Of(BankProfile profile, ICardEncoder? encoder)
    {
        if (profile.Cards is null || encoder is null) yield break;
        var limits = profile.Limits;
        var row = Row(profile, 1);
        yield return Tried("a full batch of card applications is taken",
            [.. Enumerable.Range(1, limits.RowsPerFile).Select(n => Row(profile, n))], null);
        yield return Tried("one application more is refused",
            [.. Enumerable.Range(1, limits.RowsPerFile + 1).Select(n => Row(profile, n))], limits.RowsPerFile + 1);
        yield return Tried("an applicant's name wider than the bank takes is refused",
            [row with { Name = ConformanceSample.Widest(profile) + "一" }], 1);
        yield return Tried("an application without identity number is refused", [row with { IdentityNumber = "" }], 1);
        yield return Tried("a control character in an application is refused with its row",
            [row, Row(profile, 2) with { Name = "样例\n乙" }], 2);
        yield return Tried("a wrong count of applications is refused", [row], 0, 2);

        ConformanceCheck Tried(string name, IReadOnlyList<CardApplication> rows, int? refusedAt, int? stated = null)
        {
            using var output = new MemoryStream();
            var plan = new CardPlan("SAMPLE0000000001", "2402000000000000001", "样例建设有限公司", "SAMPLE",
                new LocalDateTime(2026, 1, 29, 9, 0), stated ?? rows.Count);
            var errors = encoder.Encode(profile, plan, rows, output);
            var said = errors.FirstOrDefault(e => refusedAt is null || e.Line == refusedAt);
            return new(name, refusedAt is null == said is null, said is { } error ? Words(error)
                : refusedAt is null ? $"{rows.Count} rows, {output.Length} bytes" : "was taken");
        }
    }

    private static string Words(LocatedError e) => $"row {e.Line}, {e.Field}: {e.Reason}";

    private static CardApplication Row(BankProfile profile, int row) => new(row,
        $"{row:00000000}"[..Math.Min(8, profile.Limits.RowReferenceWidth)], "样例甲", "11010519491231002X", "13800000000");
}
