using System.Diagnostics;

namespace Disbursement.Host.Demo;

/// <summary>This program run once more as a process of its own, its three streams in our hands.</summary>
internal static class OwnProgram
{
    /// <param name="group">In a process group of its own, whose number is the process's.</param>
    public static Process Start(IEnumerable<string> arguments, bool group = false)
    {
        // The program's own host runs it as it stands; any other process needs dotnet and the assembly.
        var own = Environment.ProcessPath!;
        var isHost = Path.GetFileNameWithoutExtension(own) == "disburse";
        var program = isHost ? own : "dotnet";
        var start = new ProcessStartInfo(group ? "setsid" : program)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        if (group) start.ArgumentList.Add(program);
        if (!isHost) start.ArgumentList.Add(typeof(OwnProgram).Assembly.Location);
        foreach (var word in arguments) start.ArgumentList.Add(word);
        return Process.Start(start)!;
    }
}
