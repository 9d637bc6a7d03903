using Disbursement.Engine.Audit;
using Disbursement.Engine.Runtime;

namespace Disbursement.Host;

/// <summary>The calendar, bank profiles and rule packs that ship with the Host, adopted when a ledger opens.</summary>
public static class Shipped
{
    public static string Folder(string name) => Path.Combine(AppContext.BaseDirectory, name);

    /// <summary>
    /// Adopts what the ledger has no version of while nobody is enrolled; new and changed files then wait for two
    /// people.
    /// </summary>
    public static void Adopt(Composition composition, long ledger)
    {
        foreach (var (kind, name, file) in Documents())
        {
            var command = new Command("ledger.adopt", ("kind", kind), ("name", name))
                .With(new InputDocument(kind, File.ReadAllBytes(file), Name: Path.GetFileName(file)));
            using (var view = composition.Store.Read(ledger))
                if (view.Count<AdoptionRow>(("kind", kind), ("name", name)) > 0) continue;
            composition.Runner.Run(ledger, command);
        }
    }

    /// <summary>Files of the bank profiles, by name.</summary>
    public static IEnumerable<string> Profiles() =>
        Directory.EnumerateFiles(Folder("profiles"), "*.json").Order(StringComparer.Ordinal)
            .Where(file => !file.EndsWith(".schema.json", StringComparison.Ordinal));

    private static IEnumerable<(string Kind, string Name, string File)> Documents()
    {
        yield return (Engine.Audit.Adopt.Calendar, "cn", Path.Combine(Folder("rules"), "calendar-cn.txt"));
        yield return (Engine.Audit.Adopt.Rules, Engine.Arrears.RulePack.Name,
            Path.Combine(Folder("rules"), "warnings-guizhou.json"));
        foreach (var file in Profiles())
            yield return (Engine.Audit.Adopt.Profile, Path.GetFileNameWithoutExtension(file), file);
    }
}
