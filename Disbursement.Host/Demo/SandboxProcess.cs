using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using NodaTime;

namespace Disbursement.Host.Demo;

/// <summary>A bank's process did not end well. What it had not written, it writes when the demo is run again.</summary>
public sealed class BankEndedException(string message) : Exception(message);

/// <summary>The partner bank: this program run as a process of its own, with its own books, talking through files alone.</summary>
public sealed class SandboxProcess(DemoFolder folder, string profile)
{
    public void Deposit(string id, string account, long fen, string payer, string payerAccount, string purpose, LocalDate date) =>
        Run("deposit", "--id", id, "--account", account, "--fen", fen.ToString(CultureInfo.InvariantCulture), "--payer", payer,
            "--payer-account", payerAccount, "--purpose", purpose, "--date", Text(date));

    /// <summary>Takes every waiting file and answers.</summary>
    public void TakeFiles(LocalDate date) =>
        Run("run", "--exchange", folder.Exchange, "--keys", folder.Keys, "--date", Text(date), "--once");

    /// <summary>Late returns, second answers and statements of the day.</summary>
    public void EndDay(LocalDate date) =>
        Run("day-end", "--exchange", folder.Exchange, "--keys", folder.Keys, "--date", Text(date));

    /// <summary>The bank's own books as it states them.</summary>
    public JsonDocument Books() => JsonDocument.Parse(Run("books", "--json"));

    private static string Text(LocalDate date) => Storage.TimeText.Date.Format(date);

    private string Run(string verb, params string[] arguments)
    {
        using var process = OwnProgram.Start(["bank-sandbox", verb, "--profile", profile, "--books", folder.Books, .. arguments]);
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new BankEndedException($"bank-sandbox {verb} of {profile} ended with {process.ExitCode}: {errors.Result}");
        return output;
    }
}
