using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Disbursement.Tests.Demo;

/// <summary>The commands of a page, run by bash in an empty folder of a home of their own.</summary>
internal static partial class PageScript
{
    /// <summary>What the script's own remarks say of commands that end otherwise than with 0, in the same form.
    /// </summary>
    public static IReadOnlyList<string> Statuses(string script) =>
        [.. Remark().Matches(script).Select(m => $"{m.Groups[2].Value} {m.Groups[1].Value}")];

    /// <summary>What was said, and each command that ended with another status than 0.</summary>
    public static (string Output, IReadOnlyList<string> Failed) Run(string home, string script)
    {
        var work = Directory.CreateDirectory(Path.Combine(home, "empty")).FullName;
        var failures = Path.Combine(home, "failures");
        File.WriteAllText(Path.Combine(home, "page.sh"),
            $"trap 'echo \"$? $BASH_COMMAND\" >> {failures}' ERR\n{script}");
        var start = new ProcessStartInfo("bash", ["-c", "exec bash ../page.sh 2>&1"])
        {
            WorkingDirectory = work,
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        };
        (start.Environment["HOME"], start.Environment["LC_ALL"]) = (home, "C.UTF-8");
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (output, File.Exists(failures) ? File.ReadAllLines(failures) : []);
    }

    [GeneratedRegex("^(disburse [^#\n]*?) *# status ([0-9]+) →", RegexOptions.Multiline)]
    private static partial Regex Remark();
}
