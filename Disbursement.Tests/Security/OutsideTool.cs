using System.Diagnostics;

namespace Disbursement.Tests.Security;

/// <summary>Runs a real program that judges our work: openssl, python3.</summary>
internal static class OutsideTool
{
    /// <summary>Exit code and everything the program said.</summary>
    public static (int Code, string Output) Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }
}
