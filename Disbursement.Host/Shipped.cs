using Disbursement.Engine.Audit;
using Disbursement.Engine.People;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;

namespace Disbursement.Host;

/// <summary>The calendar, bank profiles and rule packs that ship with the Host, adopted when a ledger opens.</summary>
public static class Shipped
{
    public static string Folder(string name) => Path.Combine(AppContext.BaseDirectory, name);

    /// <summary>Adopts what the ledger has no version of, while nobody is enrolled who could sign for it.</summary>
    /// <returns>Why a document was refused, each finding with the document's file: it is not in force.</returns>
    public static IReadOnlyList<Finding> Adopt(Composition composition, long ledger)
    {
        using (var view = composition.Store.Read(ledger)) if (view.Count<PersonRow>() > 0) return [];
        var refused = new List<Finding>();
        foreach (var document in Missing(composition, ledger))
            if (composition.Runner.Run(ledger, document.Adoption()) is { Accepted: false } no)
                refused.AddRange(no.Findings.Select(f => f with { At = f.At with { File = document.File } }));
        return refused;
    }

    /// <summary>
    /// What ships with this program, or stands in a configured folder of profiles, and the ledger has no version
    /// of. Once people are enrolled two of them adopt it;
    /// a changed file of a known name is theirs to choose, and never offered here.
    /// </summary>
    public static IReadOnlyList<ShippedDocument> Missing(Composition composition, long ledger)
    {
        using var view = composition.Store.Read(ledger);
        return [.. Documents(composition.Adapters.Profiles)
            .Where(d => view.Count<AdoptionRow>(("kind", d.Kind), ("name", d.Name)) == 0)];
    }

    /// <summary>Files of the bank profiles, by name.</summary>
    public static IEnumerable<string> Profiles() =>
        Directory.EnumerateFiles(Folder("profiles"), "*.json").Order(StringComparer.Ordinal)
            .Where(file => !file.EndsWith(".schema.json", StringComparison.Ordinal));

    private static IEnumerable<ShippedDocument> Documents(IEnumerable<string> outside)
    {
        yield return new(Engine.Audit.Adopt.Calendar, "cn", Path.Combine(Folder("rules"), "calendar-cn.txt"));
        yield return new(Engine.Audit.Adopt.Rules, Engine.Arrears.RulePack.Name,
            Path.Combine(Folder("rules"), "warnings-guizhou.json"));
        foreach (var file in Profiles().Concat(outside))
            yield return new(Engine.Audit.Adopt.Profile, Path.GetFileNameWithoutExtension(file), file);
    }
}

/// <summary>A file that ships with the Host, and the kind and name it is adopted under.</summary>
public sealed record ShippedDocument(string Kind, string Name, string File)
{
    public Command Adoption() => new Command("ledger.adopt", ("kind", Kind), ("name", Name))
        .With(new InputDocument(Kind, System.IO.File.ReadAllBytes(File), Name: Path.GetFileName(File)));
}
