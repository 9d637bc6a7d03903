using System.Globalization;
using System.Text;
using Disbursement.BankAdapters.Profiles;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;
using Disbursement.Host.Adapters;
using Disbursement.Host.Files;
using Disbursement.Host.Intake;

namespace Disbursement.Tests.Architecture;

/// <summary>Writes specs/refusals.md from the rules the product refuses by.</summary>
internal static class RefusalPage
{
    /// <summary>The three catalogues: of the Engine in its order, then of the projects around it.</summary>
    public static IReadOnlyList<RefusalRule> Rules { get; } =
        [.. RefusalCatalogue.Ordered, .. IntakeRules.All, .. SealingRules.All, .. LinkRules.All, .. ProfileRules.All,
            .. AdapterRules.All];

    public static string Markdown()
    {
        var text = new StringBuilder();
        text.Append("""
            # Refusals

            An attendance sheet with a wrong digit in an identity number:

            ```
            $ disburse import attendance attendance.csv --as li --key li.key.pem
            sheet.bad-identity: attendance.csv row 2 column 身份证号 “522701199204280201”:
              the identity number fails its check digit
              → correct it from the identity card itself and import again
            $ echo $?
            3
            ```

            Generated from the rules in the code; a test holds this page equal to them. To write it anew:
            `UPDATE_SPECS=1 dotnet test`. Codes are a contract: a caller MAY rely on them, and a code MUST NOT change its
            meaning; texts may be worded better at any time. All findings of a file are told at once; of several at one
            place the one that stands earlier here is told first. `{0}`, `{1}` stand for values.

            | severity | does |
            |---|---|
            | Refusal | the command is refused and changes nothing (status 3; 2 where the input cannot be decoded) |
            | Finding | recorded with the payroll and seen by the regulator |
            | Warning | told, and nothing more |

            """);
        Write(text, "Engine", RefusalCatalogue.Ordered);
        Write(text, "Files that people hand over", IntakeRules.All);
        Write(text, "Sealing a disbursement file", SealingRules.All);
        Write(text, "Reaching a bank", LinkRules.All);
        Write(text, "Bank profiles", ProfileRules.All);
        Write(text, "Adapters and profiles from outside", AdapterRules.All);
        text.Append("""

            ## Exceptions of a bank's message

            No refusals: what did not fit is put on the worklist (`exception list`, status 1 of `bank receive`) with the
            message's name and digest, its line, the amount and the advice below; the wage stays where it stood. `{0}`
            is the bank's amount, `{1}` ours, `{2}` the file, `{3}` its row, `{4}` the claim, `{5}` the account.

            """);
        Rows(text, ExceptionWords.All);
        return text.ToString();
    }

    private static void Write(StringBuilder text, string title, IReadOnlyList<RefusalRule> rules)
    {
        text.Append("\n## ").Append(title).Append('\n');
        Rows(text, rules);
    }

    private static void Rows(StringBuilder text, IReadOnlyList<RefusalRule> rules)
    {
        text.Append("\n| code | severity | what is wrong | what to do |\n|---|---|---|---|\n");
        foreach (var rule in rules)
            text.Append(CultureInfo.InvariantCulture, $"| `{rule.Code}` | {rule.Severity} ")
                .Append(CultureInfo.InvariantCulture, $"| {Cell(rule.En)}<br/>{Cell(rule.Zh)} ")
                .Append(CultureInfo.InvariantCulture, $"| {Cell(rule.DoEn)}<br/>{Cell(rule.DoZh)} |\n");
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
