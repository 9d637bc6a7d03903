namespace Disbursement.Engine.Returns;

/// <summary>
/// Parts of a message about one subject: a file, or a statement. One segment is one decision.
/// </summary>
public sealed class MessageSegment
{
    /// <summary>Parts of the segments before this one.</summary>
    public long From { get; internal set; }
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
/// <remarks>A report of entries tells late returns in between: entries stay with their statement, lines with their
/// file, so that a message that changes between the two at every entry is not a decision per entry.</remarks>
public sealed class MessageParts : IMessageSink
{
    /// <summary>Keeps one decision's hold of the ledger's lock short.</summary>
    public const int LinesPerSegment = 20_000;

    private readonly List<MessageSegment> _segments = [];
    private MessageSegment? _report, _statement, _last;

    /// <summary>The segments of what was told so far, with their places.</summary>
    public IReadOnlyList<MessageSegment> Segments
    {
        get
        {
            var from = 0L;
            foreach (var segment in _segments)
            {
                segment.From = from;
                from = segment.To;
            }
            return _segments;
        }
    }

    /// <summary>Nothing of the message told what it is about.</summary>
    public bool Unreadable => _segments.TrueForAll(s => s.Head is null && s.Statement is null);

    public void Head(MessageHead head) => _report = Begin(new MessageSegment { Head = head });

    public void Statement(StatementHead head) => _statement = Begin(new MessageSegment { Statement = head });

    public void Line(in ReportLine line)
    {
        if (_report is { Lines.Count: LinesPerSegment })
            _report = Begin(new MessageSegment { Head = _report.Head });
        (_last = _report ?? Last).Lines.Add(line);
    }

    public void Entry(in StatementEntry entry) => (_last = _statement ?? Last).Entries.Add(entry);

    public void Error(LocatedError error) => Last.Errors.Add(error);

    private MessageSegment Last => _last ?? Begin(new MessageSegment());

    private MessageSegment Begin(MessageSegment segment)
    {
        _segments.Add(segment);
        return _last = segment;
    }
}
