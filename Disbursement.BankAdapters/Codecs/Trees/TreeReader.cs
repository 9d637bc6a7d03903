namespace Disbursement.BankAdapters.Codecs.Trees;

/// <summary>What a reader stands on: an element or object with others in it, one with a text, the end of the first, the
/// end of the document, or what is none.</summary>
internal enum TreeToken { Open, Value, Close, End, Broken }

/// <summary>Reads a document in a tree, one token at a time. Bounded: at most <see cref="MostDepth"/> deep, at most
/// <see cref="XmlBytes.MostBytes"/> bytes a text.</summary>
internal interface ITreeReader
{
    const int MostDepth = 32;

    TreeToken Read();

    /// <summary>Name of the element or member; an array's objects have the array's.</summary>
    ReadOnlySpan<byte> Name { get; }

    /// <summary>Line of the token, from 1; 1 throughout where the form has no lines of its own.</summary>
    long Line { get; }

    /// <summary>Where the text begins, or the token where it has none.</summary>
    long Offset { get; }

    string Fault { get; }

    /// <summary>Character set the document says it is in, or empty.</summary>
    string Declared { get; }

    /// <summary>Puts the text's bytes, references resolved, in the set; −1 where they are no text of it.</summary>
    int Copy(BankCharset charset, Span<byte> into);
}

/// <summary>The names of open elements, in one buffer.</summary>
internal sealed class OpenNames
{
    private readonly byte[] _bytes = new byte[4 * 1024];
    private readonly int[] _ends = new int[ITreeReader.MostDepth + 1];

    public int Depth { get; private set; }

    public ReadOnlySpan<byte> Top => Depth == 0 ? default : _bytes.AsSpan(Start, _ends[Depth] - Start);

    private int Start => _ends[Depth - 1];

    /// <summary>False where it is too deep, or the names too long.</summary>
    public bool Push(ReadOnlySpan<byte> name)
    {
        var from = _ends[Depth];
        if (Depth == ITreeReader.MostDepth || name.Length > _bytes.Length - from) return false;
        name.CopyTo(_bytes.AsSpan(from));
        _ends[++Depth] = from + name.Length;
        return true;
    }

    public void Pop() => Depth--;
}
