using System.Diagnostics;

namespace Disbursement.Host.Demo;

/// <summary>This program run once more as a process of its own, its three streams in our hands.</summary>
internal static class OwnProgram
{
    public static Process Start(IEnumerable<string> arguments)
    {
        // The program's own host runs it as it stands; any other process needs dotnet and the assembly.
        var own = Environment.ProcessPath!;
        var isHost = Path.GetFileNameWithoutExtension(own) == "disburse";
        var start = new ProcessStartInfo(isHost ? own : "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        if (!isHost) start.ArgumentList.Add(typeof(OwnProgram).Assembly.Location);
        foreach (var word in arguments) start.ArgumentList.Add(word);
        return Process.Start(start)!;
    }
}
