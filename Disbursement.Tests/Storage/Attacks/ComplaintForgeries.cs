namespace Disbursement.Tests.Storage.Attacks;

/// <summary>Forgeries about what workers say of their wages, tried as all others are.</summary>
internal static class ComplaintForgeries
{
    public static IReadOnlyDictionary<string, (Forgery Row, string Law)> All { get; } =
        new Dictionary<string, (Forgery Row, string Law)>
        {
            ["A complaint of a worker of another project"] =
                (new("wage_complaint", "complaint = 1", "complaint = 91, worker = 3"), "a complaint is of a worker"),
            ["A complaint without its document"] =
                (new("wage_complaint", "complaint = 1", "complaint = 91, document = 'd9'"),
                    "a complaint is of a worker"),
            ["An answer that nobody decided"] = (new("wage_complaint_answer", "complaint = 1",
                "n = 2, outcome = 'Withdrawn'"), "L7: two people decide"),
            ["An answer by another document than they decided by"] = (new("wage_complaint_answer", "complaint = 1",
                "n = 2, outcome = 'Paid', document = 'd1'"), "L7: two people decide"),
            ["An answer put before another"] = (new("wage_complaint_answer", "complaint = 1",
                "n = 0, outcome = 'Paid'"), "an answer that ends a complaint"),
            ["A wage confirmed by another worker"] = (new("wage_confirmation", "confirmation = 1",
                "confirmation = 91, worker = 2"), "a worker confirms"),
            ["A sheet of another project confirmed"] = (new("wage_confirmation", "confirmation = 1",
                "confirmation = 91, claim = NULL, payroll = 6"), "a worker confirms"),
            ["A confirmation of nothing"] = (new("wage_confirmation", "confirmation = 1",
                "confirmation = 91, claim = NULL"), "a worker confirms|wage_confirmation_check|CHECK"),
        };
}
