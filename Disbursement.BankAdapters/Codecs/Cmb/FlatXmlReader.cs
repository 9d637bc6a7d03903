namespace Disbursement.BankAdapters.Codecs.Cmb;

/// <summary>What the reader stands on.</summary>
internal enum FlatXml { BlockStart, Field, BlockEnd, End, Broken }

/// <summary>Reads the bank's documents, which are flat: a root, blocks in it,
/// fields in the blocks. No attributes, no DTD, no entities but the five of XML
/// and character numbers; anything else is Broken, with its byte offset.</summary>
/// <remarks>Held to XmlReader by test.</remarks>
internal sealed class FlatXmlReader(Stream input) : XmlBytes(input)
{
    private int _depth;
    private bool _rooted;
    private readonly byte[] _block = new byte[64];
    private int _blockLength;
    private bool _isEmptyBlock;

    public FlatXml Read()
    {
        if (Begin() is { } fault) return Broken(fault);
        if (_isEmptyBlock)
        {
            // <NTAGCDTLY1/> is a row like any other, that lacks all its fields.
            _isEmptyBlock = false;
            return FlatXml.BlockEnd;
        }
        while (true)
        {
            SkipSpace();
            if (AtEnd) return _rooted && _depth == 0 ? FlatXml.End : Broken("the document ends too early");
            if (!AtTag) return Broken(_rooted ? "text stands between elements" : "is not XML");
            if (!Tag(out var closing, out var empty, out var broken)) return Broken(broken);
            switch (_depth, closing, empty)
            {
                case (0, _, _):
                    if (closing || _rooted || !IsRoot) return Broken("the document is not one CMBSDKPGK");
                    _rooted = true;
                    _depth = empty ? 0 : 1;
                    break;
                case (1, true, _):
                    if (!IsRoot) return Broken("the root is closed under another name");
                    _depth = 0;
                    break;
                case (1, _, true):
                    _isEmptyBlock = true;
                    return FlatXml.BlockStart;
                case (1, _, _):
                    if (Name.Length > _block.Length) return Broken("a block's name is too long");
                    Name.CopyTo(_block);
                    _blockLength = Name.Length;
                    _depth = 2;
                    return FlatXml.BlockStart;
                case (_, true, _):
                    if (!Name.SequenceEqual(_block.AsSpan(0, _blockLength)))
                        return Broken("a block is closed under another name");
                    _depth = 1;
                    return FlatXml.BlockEnd;
                default:
                    return Field(empty);
            }
        }
    }

    private bool IsRoot => Name.SequenceEqual("CMBSDKPGK"u8);

    private FlatXml Field(bool empty)
    {
        var length = empty ? 0 : TextLength();
        if (length < 0) return Broken("a field is too long or not closed");
        if (empty) NoText();
        else if (!Text(length, out var fault)) return Broken(fault.Length > 0 ? fault : "a field holds an element");
        return FlatXml.Field;
    }

    private FlatXml Broken(string fault)
    {
        Break(fault);
        return FlatXml.Broken;
    }
}
