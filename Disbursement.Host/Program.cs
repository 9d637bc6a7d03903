using System.CommandLine;
using System.Globalization;
using System.Text;
using Disbursement.Engine.Primitives;
using Disbursement.Host.Cli;

Console.OutputEncoding = new UTF8Encoding(false);
Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
// --lang is taken from the locale; what is printed is the same under each.
CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
// Nobody's screen: a table takes the width it needs, so that no day, number or reference is broken over two lines.
if (Console.IsOutputRedirected) Spectre.Console.AnsiConsole.Profile.Width = 400;
var failures = Failures.Of(args);
failures.Watch();
var root = new RootCommand("农民工工资代发 / payroll disbursement for migrant construction workers");
GlobalOptions.AddTo(root);
root.Subcommands.Add(LedgerCommands.Init());
root.Subcommands.Add(LedgerCommands.List());
root.Subcommands.Add(DemoCommand.Create());
root.Subcommands.Add(BenchCommand.Create());
root.Subcommands.Add(PersonCommands.Create());
root.Subcommands.Add(ProfileCommands.Create());
root.Subcommands.Add(KeyCommands.Create());
root.Subcommands.Add(AuditCommands.Create());
var import = ImportCommands.Create();
import.Subcommands.Add(BankCommands.ImportStatement());
root.Subcommands.Add(import);
root.Subcommands.Add(PayeeCommands.Create());
root.Subcommands.Add(PayrollCommands.Create());
root.Subcommands.Add(PayrollCommands.Claims());
root.Subcommands.Add(ArrearsCommands.Create());
root.Subcommands.Add(ArrearsCommands.Recoveries());
root.Subcommands.Add(WarningCommands.Create());
root.Subcommands.Add(WarningCommands.Feed());
root.Subcommands.Add(ReleaseCommands.Create());
root.Subcommands.Add(AccountCommands.Create());
root.Subcommands.Add(FileCommands.Create());
root.Subcommands.Add(PumpCommands.Recover());
root.Subcommands.Add(PumpCommands.Tick());
root.Subcommands.Add(BankCommands.Create());
root.Subcommands.Add(BankCommands.Exceptions());
root.Subcommands.Add(BankSandboxCommand.Create());

var parsed = root.Parse(args);
if (parsed.Errors.Count > 0) return failures.BadUsage(parsed.Errors.Select(e => e.Message));
try
{
    return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (StartRefusedException refused)
{
    return new Session(parsed).Output.Refused(refused.Findings);
}
catch (Exception fault) when (fault is DefectException || Failures.StatusOf(fault) is not null)
{
    return failures.Fault(fault);
}
