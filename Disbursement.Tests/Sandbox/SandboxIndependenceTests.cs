using System.Reflection;
using System.Runtime.CompilerServices;
using Disbursement.BankAdapters.Sandbox;
using Xunit;

namespace Disbursement.Tests.Sandbox;

public class SandboxIndependenceTests
{
    private static readonly string[] s_ours = ["Codecs", "Envelopes", "Transports", "Seams"];

    /// <summary>A bank that shared our code would agree with our errors.</summary>
    [Fact]
    public void The_sandbox_source_names_nothing_of_codecs_envelopes_or_transports()
    {
        var files = Directory.GetFiles(SourceFolder(), "*.cs", SearchOption.AllDirectories);
        Assert.NotEmpty(files);
        foreach (var file in files)
            foreach (var name in s_ours)
                Assert.DoesNotContain($"BankAdapters.{name}", File.ReadAllText(file), StringComparison.Ordinal);
    }

    [Fact]
    public void No_member_of_a_sandbox_type_has_a_type_of_ours()
    {
        const BindingFlags All =
            BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;
        var types = typeof(SandboxBank).Assembly.GetTypes().Where(t =>
            t.Namespace == typeof(SandboxBank).Namespace).ToList();
        Assert.True(types.Count > 20);
        var used = types.SelectMany(t => t.GetFields(All).Select(f => f.FieldType)
            .Concat(t.GetMethods(All).SelectMany(m => m.GetParameters().Select(p =>
                p.ParameterType).Append(m.ReturnType)))
            .Concat(t.GetMethods(All).SelectMany(m => m.GetMethodBody()?.LocalVariables.Select(v => v.LocalType) ?? []))
            .Concat(t.GetInterfaces()).Append(t.BaseType!));
        Assert.DoesNotContain(used, t => t?.Namespace is { } space
            && s_ours.Any(o => space.StartsWith("Disbursement.BankAdapters." + o, StringComparison.Ordinal)));
    }

    private static string SourceFolder([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "Disbursement.BankAdapters", "Sandbox");
}
