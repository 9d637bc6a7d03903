using Disbursement.BankAdapters.Profiles;
using Disbursement.BankAdapters.Sandbox;
using Disbursement.Engine.Cards;
using Disbursement.Engine.Files;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Recalls;

namespace Disbursement.Host.Fuzz;

/// <summary>What the sandbox bank answers to requests beside payments: recalls and card applications.</summary>
internal static class RequestSeeds
{
    /// <summary>Of what is called back: all of it held (CNCL), all paid (RJCR), and something of each (PECR).
    /// </summary>
    private static readonly string[][] Recalled =
        [["990010", "990010", "990010"], ["100001", "100002"], ["990010", "100001", "990001", "990010", "990005"]];

    /// <summary>Every answer of that bank; none where the profile has no form for the request.</summary>
    public static IEnumerable<FuzzInput> Of(BankProfile profile, Partner partner, string scratch) =>
        Recalls(profile, partner, scratch).Concat(Cards(profile, partner));

    private static IEnumerable<FuzzInput> Recalls(BankProfile profile, Partner partner, string scratch)
    {
        if (profile.Recall is not { } form) yield break;
        foreach (var (fates, n) in Recalled.Select((fates, n) => (fates, n)))
        {
            var taken = FuzzSeeds.Taken(profile, partner, fates);
            // Of the whole file, of its first two rows, and of a row of another amount than was sent.
            IReadOnlyList<CreditInstruction>[] asked =
            [
                [], [.. taken.Rows.Take(2)], [taken.Rows[0] with { Amount = taken.Rows[0].Amount + new Money(1) }],
            ];
            foreach (var (lines, number) in asked.Select((lines, number) => (lines, number + 1)))
            {
                using var output = new MemoryStream();
                var errors = BankCatalogue.Shipped.Recall(form.Codec)!.Encode(profile, new(
                    RecallRequest.ReferenceOf(taken.Plan.Reference, number), taken.Plan, lines, RecallReason.Duplicate,
                    new(2026, 3, 13, 10, 0)), output);
                Invariant.Holds(errors.Count == 0, $"{profile.Id}: a recall is not written");
                var answer = SampleMonth.Recall(partner, taken.Order, $"{taken.Plan.Reference}-recall-{number}",
                    output.ToArray(), Path.Combine(scratch, $"{profile.Id}-recall-{n}-{number}"));
                yield return new(profile.Id, answer.Name, answer.Bytes);
            }
        }
    }

    private static IEnumerable<FuzzInput> Cards(BankProfile profile, Partner partner)
    {
        if (profile.Cards is not { } forms) yield break;
        foreach (var lines in new[] { 2, 12 })
        {
            // Every third gives a phone that the bank refuses.
            var rows = Enumerable.Range(1, lines).Select(n => new CardApplication(n, $"{n:00000000}", $"样例工人·{n}",
                $"11010519491231{n:0000}", n % 3 == 0 ? "13800000044" : "13800000000"));
            var reference = FuzzSeeds.Reference(profile);
            using var output = new MemoryStream();
            var errors = BankCatalogue.Shipped.CardWriter(forms.Request.Codec)!.Encode(profile, new(reference,
                FuzzSeeds.Payer, "样例建设有限公司专户", "C000001", new(2026, 3, 13, 9, 0), lines), rows, output);
            Invariant.Holds(errors.Count == 0, $"{profile.Id}: a batch of applications is not written");
            var answer = SampleMonth.Cards(partner, CardPlan.Named(reference), output.ToArray());
            yield return new(profile.Id, answer.Name, answer.Bytes);
        }
    }
}
