namespace Disbursement.Tests.Storage.Attacks;

/// <summary>Forgeries about card applications, tried as all others are.</summary>
internal static class CardForgeries
{
    public static IReadOnlyDictionary<string, (Forgery Row, string Law)> All { get; } =
        new Dictionary<string, (Forgery Row, string Law)>
        {
            // Cards: only what a bank said of those who were applied for.
            ["A card applied for, for a worker of no project"] =
            (new("card_application", "batch = 11 AND row_reference = 1", "row_reference = 3, worker = 3"),
                "a card is applied for"),
            ["A card applied for twice in a batch"] = (new("card_application", "batch = 11 AND row_reference = 1",
            "row_reference = 3"), "card_application_worker|written once"),
            ["A card issued by another bank"] = (new("card_answer", "batch = 11",
            "row_reference = 2, document = 'd3'"), "stands on a message of the bank"),
            ["A card issued by a message applied before"] = (new("card_answer", "batch = 11",
            "row_reference = 2, document = 'd4'"), "stands on a message of the bank"),
            ["A card issued to nobody who was applied for"] =
            (new("card_answer", "batch = 11", "row_reference = 9"), "stands on a message of the bank"),
            ["A card whose account is no version of the worker's"] = (new("card_answer", "batch = 11",
            "row_reference = 2, payee_version = 9"), "an account that a bank opened"),
            ["A card both issued and refused"] = (new("card_answer", "batch = 11",
            "row_reference = 2, reason = 'Other'"), "card_answer_check|CHECK"),
        };
}
