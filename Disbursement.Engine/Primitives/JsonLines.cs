using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Disbursement.Engine.Primitives;

/// <summary>Where each value of a JSON text stands, so that a finding can name its line.</summary>
public sealed class JsonLines
{
    private readonly Dictionary<string, (long Row, string Value)> _places = new(StringComparer.Ordinal);

    /// <param name="text">What a reader took already: it throws on anything else.</param>
    public JsonLines(ReadOnlySpan<byte> text)
    {
        var open = new Stack<(string Path, int Next)>();
        var (row, counted, path) = (1L, 0, "");
        var reader = new Utf8JsonReader(text);
        while (reader.Read())
        {
            var start = (int)reader.TokenStartIndex;
            row += text[counted..start].Count((byte)'\n');
            counted = start;
            if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray) open.Pop();
            else if (reader.TokenType == JsonTokenType.PropertyName)
                path = open.Peek().Path is { Length: > 0 } holder
                    ? $"{holder}.{reader.GetString()}" : reader.GetString()!;
            else
            {
                if (open.TryPeek(out var list) && list.Next >= 0)
                {
                    path = string.Create(CultureInfo.InvariantCulture, $"{list.Path}[{list.Next}]");
                    open.Push(open.Pop() with { Next = list.Next + 1 });
                }
                var holds = reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray;
                _places[path] = (row, holds ? "" : Encoding.UTF8.GetString(reader.ValueSpan));
                if (holds) open.Push((path, reader.TokenType == JsonTokenType.StartArray ? 0 : -1));
            }
        }
    }

    /// <summary>The place of a value as a path, "rules[3].level"; of one that is not there, what would hold it.
    /// </summary>
    /// <param name="file">The file's name as the user gave it.</param>
    public Place Of(string file, string path)
    {
        var at = path;
        while (at.Length > 0 && !_places.ContainsKey(at)) at = at[..Math.Max(at.LastIndexOfAny(['.', '[']), 0)];
        var (row, value) = _places.GetValueOrDefault(at, (1, ""));
        return new Place(file, row, path, at == path ? value : "");
    }
}
