namespace Disbursement.Engine.Returns;

/// <summary>
/// How far a stored bank message has come. Unreadable and Unverified messages are kept and change nothing else.
/// </summary>
public enum MessageState { Received, Applying, Applied, Unreadable, Unverified }
