using System.Reflection;
using System.Text.Json;
using Disbursement.BankAdapters.Profiles;
using Disbursement.Host.Adapters;

namespace Disbursement.Host.Fuzz;

/// <summary>A run on a copy of the adapters that counts its edges. The copy, and a second copy of this program that
/// uses it, live beside the first in the same process; nothing on disk is changed.</summary>
public static class CoveredRun
{
    /// <param name="isGuided">Whether inputs that reach something new are varied further.</param>
    /// <remarks>Every run has a copy of its own, and so begins with the same state: the same seed and number of inputs
    /// give the same figures but times.</remarks>
    public static FuzzFigures Of(string target, int inputs, double seconds, ulong seed, string? corpus, bool isGuided)
    {
        var (program, adapters) = (typeof(CoveredRun).Assembly, typeof(BankCatalogue).Assembly);
        var copies = new AdapterContext();
        copies.Add(adapters.GetName().Name!, Instrumenter.Of(adapters.Location, IsCounted));
        copies.Add(program.GetName().Name!, File.ReadAllBytes(program.Location));
        var inside = copies.LoadFromAssemblyName(program.GetName()).GetType(typeof(CoveredRun).FullName!, true)!
            .GetMethod(nameof(Inside), BindingFlags.Static | BindingFlags.NonPublic)!
            .CreateDelegate<Func<string, int, double, ulong, string?, bool, string>>();
        return JsonSerializer.Deserialize<FuzzFigures>(inside(target, inputs, seconds, seed, corpus, isGuided))!;
    }

    /// <summary>Called in the copy: of two copies only what both know goes between.</summary>
    private static string Inside(string name, int inputs, double seconds, ulong seed, string? corpus, bool isGuided) =>
        JsonSerializer.Serialize(new FuzzRun(FuzzTargets.Find(name)!, seed, corpus, new Coverage(isGuided))
            .Run(inputs, seconds));

    /// <summary>All but the sandbox bank, which reads with code of its own.</summary>
    private static bool IsCounted(string type) =>
        type.StartsWith("Disbursement.BankAdapters.", StringComparison.Ordinal)
        && !type.StartsWith("Disbursement.BankAdapters.Sandbox.", StringComparison.Ordinal);
}
