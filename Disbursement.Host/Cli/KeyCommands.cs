using System.CommandLine;
using Disbursement.Host.Reasons;
using NodaTime;
using NodaTime.Text;

namespace Disbursement.Host.Cli;

/// <summary>key check: every key and certificate that profiles and links name, before a bank finds out.</summary>
public static class KeyCommands
{
    public static Command Create() => new("key", "密钥与证书 / keys and certificates") { Check(), KeyList.Create() };

    private static Command Check()
    {
        var check = new Command("check",
            "检查密钥与证书链, 到期前 30 天提示 / check keys and chains; warns 30 days before a certificate ends");
        check.SetAction(parse =>
        {
            var session = new Session(parse);
            // The keys stand beside the database; there need be none yet.
            var settings = session.SettingsAlone;
            var moment = InstantPattern.ExtendedIso.Parse(parse.GetValue(GlobalOptions.At)
                ?? $"{SystemClock.Instance.GetCurrentInstant()}");
            if (!moment.Success) throw Usage.NoInstant(parse.GetValue(GlobalOptions.At)!);
            var lines = new KeyCheck(settings, moment.Value).Lines();
            var output = session.Output;
            output.Table(lines, ("key", l => l.Key), ("subject", l => l.Subject), ("until", l => l.Until),
                ("days", l => l.DaysLeft),
                ("trouble", l => ReasonWords.Of(l.Trouble.Length > 0 ? l.Trouble : l.Note, output.Chinese)));
            if (!output.Json)
                foreach (var line in lines.Where(l => l.DoEn is not null))
                    Console.Out.WriteLine($"{line.File}: "
                        + ReasonWords.Of(line.Trouble.Length > 0 ? line.Trouble : line.Note, output.Chinese)
                        + $"\n  → {output.Text(line.DoZh!, line.DoEn!)}");
            return lines.Any(line => line.Trouble.Length > 0) ? ExitStatus.FoundWrong : ExitStatus.Done;
        });
        return check;
    }
}
