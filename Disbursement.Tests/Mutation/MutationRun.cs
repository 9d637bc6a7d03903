using System.Reflection;
using System.Runtime.Loader;
using Disbursement.Engine.Primitives;

namespace Disbursement.Tests.Mutation;

/// <summary>What became of one mutant.</summary>
public sealed record Judged(Mutant Mutant, string Verdict)
{
    /// <summary>A test failed, or would never have ended.</summary>
    public bool IsKilled => !Verdict.StartsWith("survived", StringComparison.Ordinal);

    public override string ToString() => $"{Mutant.Id}\t{Mutant.Place}\t{Mutant.Slip}\t{Verdict}";
}

/// <summary>Plants mutants in a copy of the Engine in memory and has tests judge a drawn part of them.</summary>
public sealed class MutationRun
{
    private readonly byte[] _copy;
    private readonly string[] _classes;
    private object? _judge;
    private MethodInfo _verdict;

    /// <param name="includes">Which types of the Engine, by full name.</param>
    /// <param name="classes">Test classes that judge.</param>
    public MutationRun(Func<string, bool> includes, IEnumerable<Type> classes)
    {
        (_copy, All) = MutantWriter.Of(typeof(Money).Assembly.Location, includes);
        _classes = [.. classes.Select(c => c.FullName!)];
        (_judge, _verdict) = NewJudge();
    }

    /// <summary>Every mutant there is.</summary>
    public IReadOnlyList<Mutant> All { get; }

    /// <summary>How many tests judge, and how long they take.</summary>
    public string Measured => Of(nameof(MutantJudge.Measured));

    /// <summary>Tests that cannot judge here, a line each.</summary>
    public string Unfit => Of(nameof(MutantJudge.Unfit));

    /// <summary>Those whose place no judging test passes.</summary>
    public IEnumerable<Mutant> Unreached
    {
        get
        {
            var reached = Known.Values.ToList();
            return All.Where(m => !reached.Exists(r => r.Reached[m.Id]));
        }
    }

    /// <summary>So many of all, the same ones for the same seed and build; a larger part holds the smaller one.
    /// </summary>
    public IEnumerable<Mutant> Sample(ulong seed, int count)
    {
        var chance = new Host.Fuzz.Chance(seed);
        var left = All.ToList();
        for (var i = 0; i < count && left.Count > 0; i++)
        {
            var at = chance.Below(left.Count);
            yield return left[at];
            left.RemoveAt(at);
        }
    }

    public Judged Judge(Mutant mutant)
    {
        ArgumentNullException.ThrowIfNull(mutant);
        var verdict = (string)_verdict.Invoke(_judge, [mutant.Id])!;
        if (verdict.StartsWith("spoilt", StringComparison.Ordinal)) (_judge, _verdict) = NewJudge();
        return new Judged(mutant, verdict.Replace("spoilt", "killed", StringComparison.Ordinal));
    }

    /// <summary>What the judge at hand has measured; nothing before there is one.</summary>
    private IReadOnlyDictionary<string, (long Asked, TimeSpan Takes, bool[] Reached)> Known => _judge is null
        ? new Dictionary<string, (long, TimeSpan, bool[])>()
        : (IReadOnlyDictionary<string, (long, TimeSpan, bool[])>)_judge.GetType()
            .GetProperty(nameof(MutantJudge.Known))!.GetValue(_judge)!;

    private string Of(string property) => (string)_judge!.GetType().GetProperty(property)!.GetValue(_judge)!;

    private (object Judge, MethodInfo Verdict) NewJudge()
    {
        var type = new Beside(_copy).LoadFromAssemblyPath(typeof(MutantJudge).Assembly.Location)
            .GetType(typeof(MutantJudge).FullName!, throwOnError: true)!;
        return (Activator.CreateInstance(type, All.Count, _classes, Known)!,
            type.GetMethod(nameof(MutantJudge.Judge))!);
    }

    /// <summary>Our assemblies once more, the Engine's copy among them; everybody else's are shared.</summary>
    private sealed class Beside(byte[] engine) : AssemblyLoadContext("mutants")
    {
        private static readonly string s_here = Path.GetDirectoryName(typeof(MutationRun).Assembly.Location)!;

        protected override Assembly? Load(AssemblyName name)
        {
            if (name.Name == typeof(Money).Assembly.GetName().Name) return LoadFromStream(new MemoryStream(engine));
            return name.Name is "disburse" or "Disbursement.BankAdapters" or "Disbursement.Tests"
                ? LoadFromAssemblyPath(Path.Combine(s_here, $"{name.Name}.dll")) : null;
        }
    }
}
