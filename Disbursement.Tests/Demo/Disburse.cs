using System.Diagnostics;

namespace Disbursement.Tests.Demo;

/// <summary>The built program beside the tests, run as its users run it.</summary>
internal static class Disburse
{
    public static readonly string Program = Path.Combine(AppContext.BaseDirectory, "disburse.dll");

    /// <summary>Exit status and what was said on standard output and on standard error.</summary>
    public static (int Code, string Output, string Errors) Run(params IReadOnlyList<string> arguments)
    {
        using var process = Start("dotnet", [Program, .. arguments]);
        return End(process);
    }

    /// <summary>The same under a locale, such as zh_CN.UTF-8.</summary>
    public static (int Code, string Output, string Errors) RunUnder(
        string locale, params IReadOnlyList<string> arguments)
    {
        using var process = Start("env", [$"LC_ALL={locale}", "dotnet", Program, .. arguments]);
        return End(process);
    }

    /// <summary>The same with settings of the environment, such as "A=b".</summary>
    public static (int Code, string Output, string Errors) RunWith(
        IReadOnlyList<string> settings, params IReadOnlyList<string> arguments)
    {
        using var process = Start("env", [.. settings, "dotnet", Program, .. arguments]);
        return End(process);
    }

    /// <summary>The demo in a process group of its own, so that it can be killed with its children.</summary>
    public static Process StartDemo(string folder) =>
        StartGroup(["demo", "--json", "--lang", "en", "--data", folder]);

    /// <summary>The program in a process group of its own.</summary>
    public static Process StartGroup(IReadOnlyList<string> arguments) =>
        Start("setsid", ["dotnet", Program, .. arguments]);

    /// <summary>Waits for the end of a process.</summary>
    public static (int Code, string Output, string Errors) End(Process process)
    {
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.Result);
    }

    private static Process Start(string program, IEnumerable<string> arguments) =>
        System.Diagnostics.Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        })!;
}
