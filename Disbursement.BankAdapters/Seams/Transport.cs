namespace Disbursement.BankAdapters.Seams;

/// <summary>What a send came to. What is not proved is Unknown, never Refused.</summary>
public enum SendOutcome
{
    /// <summary>The bank's side has the bytes.</summary>
    Delivered,
    /// <summary>It is proved that no byte left: the file may go again as it is.</summary>
    NotSent,
    /// <summary>The bank's side refused the bytes and said so.</summary>
    Refused,
    /// <summary>Neither is proved.</summary>
    Unknown,
}

/// <summary>A send's outcome with what was observed, for the record.</summary>
public sealed record SendResult(SendOutcome Outcome, string Detail)
{
    /// <summary>The name stood at the bank's side before this call, with these bytes or others: of a file that was
    /// never sent before, somebody else's history is there.</summary>
    public bool NameTaken { get; init; }
}

/// <summary>Carries sealed messages. A name is unique by construction and never overwritten.</summary>
public interface ITransport
{
    SendResult Send(string name, SealedMessage message);

    /// <summary>Names of messages waiting for us, oldest first; a message still being written is not listed.</summary>
    IReadOnlyList<string> List();

    /// <summary>The message of that name with its detached signature, or null if it is gone.</summary>
    SealedMessage? Take(string name);

    /// <summary>Tells the bank's side that the message is safely stored with us. Nothing is deleted.</summary>
    void Acknowledge(string name);
}

/// <summary>Optional: asks whether the bank's side holds a file of that name.</summary>
public interface IQueryableTransport
{
    /// <summary>True: it is there. False: it is not there now (which
    /// proves nothing about bytes on the way). Null: no answer.</summary>
    bool? Holds(string name);
}
