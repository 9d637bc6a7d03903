using System.Text;
using System.Xml;
using Disbursement.BankAdapters.Codecs;
using Disbursement.BankAdapters.Profiles;

namespace Disbursement.BankAdapters.Transports.Https;

/// <summary>Fills in a post: texts of profile and link, and what the file itself says, so that form and file cannot
/// differ (the bank's handbook wants them equal).</summary>
internal sealed class PostParameters
{
    private const int MostNodes = 10_000;

    private readonly PostForm _form;
    private readonly IReadOnlyDictionary<string, string> _given;
    private readonly Dictionary<string, string> _elements;

    private PostParameters(PostForm form, IReadOnlyDictionary<string, string> given,
        Dictionary<string, string> elements) => (_form, _given, _elements) = (form, given, elements);

    /// <summary>Reads what the form wants of the file; null, and why, where the form cannot be filled in.</summary>
    public static PostParameters? Of(PostForm form, IReadOnlyDictionary<string, string>? given,
        ReadOnlyMemory<byte> file, out string trouble)
    {
        var all = form.Query.Concat(form.Fields).ToList();
        var fixedNames = all.Where(field => field.Value != PostValue.Text).Select(field => field.Name).ToHashSet();
        if (given?.Keys.FirstOrDefault(fixedNames.Contains) is { } name)
        {
            trouble = $"the link gives {name}, which comes from the file";
            return null;
        }
        var wanted = all.SelectMany(field => field.Elements ?? []).ToHashSet(StringComparer.Ordinal);
        var found = Read(file, wanted, form.Charset);
        var absent = wanted.FirstOrDefault(path => !found.ContainsKey(path));
        var unwritable = found.Values.Concat(all.Select(field => field.Text)).Concat(given?.Values ?? [])
            .FirstOrDefault(text => !IsWritable(text, form.Charset));
        trouble = absent is not null ? $"the file has no {absent}"
            : unwritable is null ? "" : $"'{unwritable}' is not in {form.Charset}";
        return trouble.Length == 0 ? new(form, given ?? new Dictionary<string, string>(), found) : null;
    }

    /// <summary>The path with its query.</summary>
    public string Target() => _form.Query.Count == 0 ? _form.Path : $"{_form.Path}?{Joined(_form.Query, "")}";

    /// <summary>The form's content, application/x-www-form-urlencoded.</summary>
    public byte[] Content(string signed)
    {
        var behind = _given.Keys.Where(name => !_form.Query.Concat(_form.Fields).Any(field => field.Name == name))
            .Order(StringComparer.Ordinal).Select(name => new PostField(name, PostValue.Text));
        return Encoding.ASCII.GetBytes(Joined([.. _form.Fields, .. behind], signed));
    }

    private string Joined(IReadOnlyList<PostField> fields, string signed) => string.Join('&', fields.Select(field =>
        $"{Escaped(field.Name)}={Escaped(Value(field, signed))}"));

    private string Value(PostField field, string signed) => field.Value switch
    {
        PostValue.Elements => string.Concat(field.Elements!.Select(path => _elements[path])),
        PostValue.Signed => signed,
        _ => _given.GetValueOrDefault(field.Name) ?? field.Text,
    };

    /// <summary>As the bank's clients write it: percent signs over the bytes of the form's character set.</summary>
    private string Escaped(string text)
    {
        if (Ascii.IsValid(text)) return Uri.EscapeDataString(text);
        var charset = BankCharset.Named(_form.Charset)!;
        var bytes = new byte[charset.RoomFor(text.Length)];
        return string.Concat(bytes[..charset.Encode(text, bytes)].Select(b => $"%{b:X2}"));
    }

    private static bool IsWritable(string text, string charset) => BankCharset.Named(charset) is { } set
        && set.Encode(text, new byte[set.RoomFor(text.Length) + 1]) >= 0;

    /// <summary>The first text at each of the paths. They stand at the head: a file without them is not searched
    /// through.</summary>
    private static Dictionary<string, string> Read(ReadOnlyMemory<byte> file, HashSet<string> wanted,
        string charset)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        var open = new List<string>();
        try
        {
            // The declaration names a set that .NET does not know by itself.
            using var text = BankCharset.Named(charset)?.Reader(new MemoryStream(file.ToArray(), writable: false))
                ?? TextReader.Null;
            using var reader = XmlReader.Create(text,
                new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            var said = "";
            for (var nodes = 0; nodes < MostNodes && found.Count < wanted.Count && reader.Read(); nodes++)
                switch (reader.NodeType)
                {
                    case XmlNodeType.Element:
                        open.Add(reader.LocalName);
                        said = "";
                        if (reader.IsEmptyElement) Close();
                        break;
                    case XmlNodeType.Text or XmlNodeType.CDATA:
                        said += reader.Value;
                        break;
                    case XmlNodeType.EndElement:
                        Close();
                        break;
                }

            void Close()
            {
                var path = string.Join('/', open);
                if (wanted.Contains(path)) found.TryAdd(path, said.Trim());
                open.RemoveAt(open.Count - 1);
                said = "";
            }
        }
        catch (Exception none) when (none is XmlException or DecoderFallbackException or ArgumentException)
        {
            // not the form's XML: what was not found up to here is absent
        }
        return found;
    }
}
