using NodaTime;

namespace Disbursement.Engine.Cards;

/// <summary>The head of a batch of card applications (批量开卡, 安康卡): what a codec encodes, with no bank in it yet.
/// Cards are issued free of charge by a partner bank, so no amount stands in it.</summary>
/// <param name="Reference">Our reference of the batch: of the same row of numbers as files, so unique at the bank.
/// </param>
/// <param name="EmployerAccount">Number of the wage account whose project's workers the cards are for.</param>
/// <param name="EmployerName">Name of that account as the bank holds it.</param>
/// <param name="CustomerId">The bank's id of its customer, or the agreement number.</param>
/// <param name="CreatedAt">The decision's moment in the bank's local time. Never the clock.</param>
/// <param name="Lines">How many applications follow.</param>
public sealed record CardPlan(string Reference, string EmployerAccount, string EmployerName, string CustomerId,
    LocalDateTime CreatedAt, int Lines)
{
    /// <summary>The reference a batch's file is named by: <c>REFERENCE-cards</c> in the bank's pattern, answered as
    /// <c>REFERENCE-cards-N</c>.</summary>
    public static string Named(string reference) => $"{reference}-cards";
}

/// <summary>One worker's application.</summary>
/// <param name="Row">Position in the batch, from 1.</param>
/// <param name="RowReference">Our row reference in the profile's row width.</param>
/// <param name="Name">The worker's name as on the identity card.</param>
/// <param name="IdentityNumber">Identity number (证件号码); whoever has none cannot be on a roster.</param>
/// <param name="Phone">The worker's own number: the bank writes to it.</param>
public readonly record struct CardApplication(int Row, string RowReference, string Name, string IdentityNumber,
    string Phone);
