using System.Reflection;
using Disbursement.Tests.Simulation;
using Disbursement.Tests.Storage;
using FsCheck;
using FsCheck.Xunit;
using Microsoft.FSharp.Core;
using Xunit;
using Xunit.v3;

namespace Disbursement.Tests.Mutation;

/// <summary>One test with its arguments, run without a test runner: thousands of times in one process.</summary>
internal sealed record JudgedTest(MethodInfo Method, object?[] Arguments, string Name)
{
    /// <summary>The same draws each time: what a mutant was killed by kills it again.</summary>
    private static readonly Replay s_draws = new(new Rnd(2026, 1129), FSharpOption<int>.None);

    /// <summary>Set where it is a property, which draws what it is given.</summary>
    private PropertyAttribute? Property { get; init; }

    /// <summary>Those of these classes that need no server.</summary>
    public static IReadOnlyList<JudgedTest> Of(IEnumerable<Type> classes) => [.. classes
        .Where(c => c.IsClass && !c.IsAbstract).SelectMany(c => c.GetMethods())
        .Where(m => m.DeclaringType != typeof(SimulationTests)
            || m.Name == nameof(SimulationTests.A_seed_that_once_failed_holds))
        .SelectMany(Rows)
        .Where(t => !t.Arguments.Contains(Engines.Postgres)).OrderBy(t => t.Name, StringComparer.Ordinal)];

    private static IEnumerable<JudgedTest> Rows(MethodInfo method)
    {
        var facts = method.GetCustomAttributes<FactAttribute>().ToList();
        var name = $"{method.DeclaringType!.Name}.{method.Name}";
        if (facts is [PropertyAttribute property]) yield return new(method, [], name) { Property = property };
        if (facts.Count != 1 || facts[0].GetType().Namespace != typeof(FactAttribute).Namespace) yield break;
        if (facts[0] is not TheoryAttribute) yield return new(method, [], name);
        var row = 0;
        foreach (var data in method.GetCustomAttributes<DataAttribute>())
            foreach (var arguments in Given(method, data)) yield return new(method, arguments, $"{name}/{++row}");
    }

    private static IEnumerable<object?[]> Given(MethodInfo method, DataAttribute data) => data switch
    {
        InlineDataAttribute inline => [inline.Data],
        MemberDataAttribute member => Members(member.MemberType ?? method.DeclaringType!, member),
        _ => throw new NotSupportedException($"{data.GetType()} of {method.Name}"),
    };

    private static IEnumerable<object?[]> Members(Type type, MemberDataAttribute member)
    {
        const BindingFlags statics = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic
            | BindingFlags.FlattenHierarchy;
        var rows = type.GetProperty(member.MemberName, statics) is { } property ? property.GetValue(null)
            : type.GetMethod(member.MemberName, statics) is { } method ? method.Invoke(null, member.Arguments)
            : type.GetField(member.MemberName, statics)!.GetValue(null);
        foreach (var row in (System.Collections.IEnumerable)rows!)
            yield return row switch
            {
                ITheoryDataRow one => one.GetData(),
                object?[] many => many,
                System.Runtime.CompilerServices.ITuple tuple =>
                    [.. Enumerable.Range(0, tuple.Length).Select(i => tuple[i])],
                _ => [row],
            };
    }

    /// <summary>Null where it passes, else what it failed of.</summary>
    public string? Run()
    {
        object? made = null;
        try
        {
            made = Method.IsStatic ? null : Make(Method.DeclaringType!);
            if (Property is not null)
                Check.Method(Config.QuickThrowOnFailure.WithQuietOnSuccess(true)
                    .WithMaxTest(Property.MaxTest).WithReplay(s_draws)
                    .WithArbitrary(Property.Arbitrary), Method,
                    made is null ? null : FSharpOption<object>.Some(made));
            else if (Method.Invoke(made, Fitted()) is Task task) task.GetAwaiter().GetResult();
            return null;
        }
        // Whatever it is that a test fails of, it is the test's verdict.
        catch (Exception trouble)
        {
            var own = trouble is TargetInvocationException { InnerException: { } inner } ? inner : trouble;
            return own.GetType().Name;
        }
        finally
        {
            (made as IDisposable)?.Dispose();
        }
    }

    /// <summary>What is left out has its default; the rest of a "params" is one array.</summary>
    private object?[] Fitted()
    {
        var parameters = Method.GetParameters();
        if (parameters is not [.., var last] || !last.IsDefined(typeof(ParamArrayAttribute)))
            return [.. Arguments, .. parameters.Skip(Arguments.Length).Select(p => p.DefaultValue)];
        var rest = Arguments[(parameters.Length - 1)..];
        var array = Array.CreateInstance(last.ParameterType.GetElementType()!, rest.Length);
        for (var i = 0; i < rest.Length; i++) array.SetValue(rest[i], i);
        return [.. Arguments[..(parameters.Length - 1)], array];
    }

    private static object Make(Type type)
    {
        var constructor = type.GetConstructors()[0];
        return constructor.Invoke([.. constructor.GetParameters().Select(p =>
            p.ParameterType == typeof(ITestOutputHelper) ? new Silent() : Make(p.ParameterType))]);
    }

    private sealed class Silent : ITestOutputHelper
    {
        public string Output => "";

        public void Write(string message)
        {
        }

        public void Write(string format, params object[] args)
        {
        }

        public void WriteLine(string message)
        {
        }

        public void WriteLine(string format, params object[] args)
        {
        }
    }
}
