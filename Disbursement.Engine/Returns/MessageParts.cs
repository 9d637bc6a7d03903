namespace Disbursement.Engine.Returns;

/// <summary>
/// Consecutive parts of a message about one subject: a file, or a statement. One segment is one decision.
/// </summary>
public sealed class MessageSegment
{
    /// <summary>Parts of the message before this segment.</summary>
    public required long From { get; init; }
    public MessageHead? Head { get; init; }
    public StatementHead? Statement { get; init; }
    public List<ReportLine> Lines { get; } = [];
    public List<StatementEntry> Entries { get; } = [];
    public List<LocatedError> Errors { get; } = [];

    /// <summary>Parts up to its end: head, lines, entries and errors count one each.</summary>
    public long To => From + (Head is null && Statement is null ? 0 : 1) + Lines.Count + Entries.Count + Errors.Count;
}

/// <summary>
/// Cuts a message into segments of at most <see cref="LinesPerSegment"/> lines, always at the same places.
/// </summary>
public sealed class MessageParts : IMessageSink
{
    /// <summary>Keeps one decision's hold of the ledger's lock short.</summary>
    public const int LinesPerSegment = 20_000;

    private readonly List<MessageSegment> _segments = [];

    public IReadOnlyList<MessageSegment> Segments => _segments;

    /// <summary>Nothing of the message told what it is about.</summary>
    public bool Unreadable => _segments.TrueForAll(s => s.Head is null && s.Statement is null);

    public void Head(MessageHead head) => _segments.Add(new MessageSegment { From = End, Head = head });

    public void Statement(StatementHead head) => _segments.Add(new MessageSegment { From = End, Statement = head });

    public void Line(in ReportLine line)
    {
        if (Last.Lines.Count == LinesPerSegment) _segments.Add(new MessageSegment { From = End, Head = Last.Head });
        Last.Lines.Add(line);
    }

    public void Entry(in StatementEntry entry) => Last.Entries.Add(entry);

    public void Error(LocatedError error) => Last.Errors.Add(error);

    private long End => _segments.Count == 0 ? 0 : _segments[^1].To;

    private MessageSegment Last
    {
        get
        {
            if (_segments.Count == 0) _segments.Add(new MessageSegment { From = 0 });
            return _segments[^1];
        }
    }
}
