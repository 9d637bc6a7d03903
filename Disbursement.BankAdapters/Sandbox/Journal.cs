using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Disbursement.BankAdapters.Sandbox;

/// <summary>One thing the bank did, decided once: everything it books and answers follows from it.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "is")]
[JsonDerivedType(typeof(FileTaken), "file")]
[JsonDerivedType(typeof(Posting), "posting")]
[JsonDerivedType(typeof(DayEnd), "day-end")]
[JsonDerivedType(typeof(StatementsCut), "statements")]
[JsonDerivedType(typeof(Struck), "struck")]
[JsonDerivedType(typeof(RecallTaken), "recall")]
[JsonDerivedType(typeof(HeldPaid), "held-paid")]
public abstract record JournalEntry(DateOnly Date, string At);

/// <summary>An incoming file, accepted or refused.</summary>
/// <param name="BodyDigest">SHA-256 of the body, hex. With the reference it tells a repeat from a duplicate.</param>
/// <param name="SealDigest">SHA-256 of the signature, hex, or empty.</param>
/// <param name="Rows">Empty where the file is refused.</param>
/// <param name="Misbehaves">What the bank does wrong with its answers.</param>
public sealed record FileTaken(DateOnly Date, string At, string Name, string Reference, string BodyDigest,
    string SealDigest, FileRefusal Refusal, string PayerAccount, string PayerName, string Purpose,
    IReadOnlyList<TakenRow> Rows,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<Behaviour>? Misbehaves = null)
    : JournalEntry(Date, At)
{
    [JsonIgnore] public bool Accepted => Refusal == FileRefusal.None;
}

/// <summary>A row of an accepted file with its fate. Short names: these are most of the books.</summary>
public readonly record struct TakenRow(
    [property: JsonPropertyName("r")] string Reference, [property: JsonPropertyName("a")] string Account,
    [property: JsonPropertyName("n")] string Name, [property: JsonPropertyName("f")] long Fen,
    [property: JsonPropertyName("x")] Fate Fate);

/// <summary>A movement told to the bank from outside: TRANSFER in, or
/// FEE and COURT out (negative). Id makes it happen once.</summary>
public sealed record Posting(DateOnly Date, string At, string Id, string Kind, string Account, long Fen, string Party,
    string PartyAccount, string Purpose) : JournalEntry(Date, At);

/// <summary>What a day end brings late: references of files whose
/// late returns, and whose second answers, come now.</summary>
/// <param name="Released">Journal numbers of files of which everything that was kept back leaves now.</param>
public sealed record DayEnd(DateOnly Date, string At, IReadOnlyList<string> Returned,
    IReadOnlyList<string> Contradicted,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<int>? Released = null)
    : JournalEntry(Date, At);

/// <summary>A file met with a misbehaviour when it arrived; once for each name.</summary>
public sealed record Struck(DateOnly Date, string At, Behaviour Behaviour, string Name) : JournalEntry(Date, At);

/// <summary>A recall, and what became of it.</summary>
/// <param name="Rows">Of the whole file, or as asked.</param>
public sealed record RecallTaken(DateOnly Date, string At, string Name, string Reference, string File, bool IsWhole,
    IReadOnlyList<RecalledRow> Rows) : JournalEntry(Date, At)
{
    /// <summary>How many rows are not paid any more.</summary>
    [JsonIgnore] public int Cancelled => Rows.Count(r => r.Refused.Length == 0);
}

/// <summary>A row of a recall. Refused is the code of why not; empty where it is called back.</summary>
public readonly record struct RecalledRow(
    [property: JsonPropertyName("r")] string Reference, [property: JsonPropertyName("a")] string Account,
    [property: JsonPropertyName("f")] long Fen, [property: JsonPropertyName("x")] string Refused);

/// <summary>Rows of these files that were held are paid now, but for those called back.</summary>
public sealed record HeldPaid(DateOnly Date, string At, IReadOnlyList<string> Files) : JournalEntry(Date, At);

/// <summary>The statements of a day end.</summary>
public sealed record StatementsCut(DateOnly Date, string At, IReadOnlyList<StatementCut> Cuts) : JournalEntry(Date, At);

/// <summary>A statement as a range of an account's entries, with its balances in fen.</summary>
/// <param name="Id">Counted per account: last four digits and number.</param>
/// <param name="Name">Message name without extension.</param>
/// <param name="WrongUntil">Journal number of the file with whose release the right statement leaves; 0 for one that
/// is right at once.</param>
public sealed record StatementCut(string Account, string Id, string Name, DateOnly From, DateOnly To, long OpeningFen,
    long ClosingFen, int FirstEntry, int Entries,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] int WrongUntil = 0);

/// <summary>The bank's journal: a folder of numbered files, one per entry, written once and never changed.</summary>
public sealed class Journal
{
    private static readonly JsonSerializerOptions s_json = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter<FileRefusal>(), new JsonStringEnumConverter<Behaviour>() },
    };

    private readonly string _folder;

    public Journal(string folder)
    {
        _folder = folder;
        Directory.CreateDirectory(folder);
    }

    /// <summary>The entries after that number, in order.</summary>
    public IEnumerable<(int Number, JournalEntry Entry)> After(int number)
    {
        for (var next = checked(number + 1); File.Exists(PathOf(next)); next++) yield return (next, Read(next));
    }

    public JournalEntry Read(int number)
    {
        using var stream = File.OpenRead(PathOf(number));
        return JsonSerializer.Deserialize<JournalEntry>(stream, s_json)
            ?? throw new InvalidDataException($"journal entry {number} is empty");
    }

    /// <summary>Writes the next entry: after this the entry has happened, before it nothing has.</summary>
    public void Write(int number, JournalEntry entry) =>
        DurableFile.Write(PathOf(number), JsonSerializer.SerializeToUtf8Bytes(entry, s_json));

    /// <summary>Keeps other processes off these books until disposed; a killed process lets go of them.</summary>
    /// <exception cref="IOException">They stayed busy for ten seconds.</exception>
    public FileStream Hold()
    {
        const int Tries = 200;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return new(Path.Combine(_folder, ".hold"), FileMode.OpenOrCreate, FileAccess.ReadWrite,
                FileShare.None);
            }
            catch (IOException) when (attempt < Tries) { Thread.Sleep(50); }
        }
    }

    private string PathOf(int number) => Path.Combine(_folder,
        number.ToString("00000000", CultureInfo.InvariantCulture) + ".json");
}
