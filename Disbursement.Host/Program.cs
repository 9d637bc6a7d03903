using System.CommandLine;
using System.Globalization;
using System.Text;
using Disbursement.Engine.Primitives;
using Disbursement.Host.Cli;

Console.OutputEncoding = new UTF8Encoding(false);
Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
// --lang is taken from the locale; what is printed is the same under each.
CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
// The parser's messages come in one form, which ParseWords says in the language asked for.
CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;
// Nobody's screen: a table takes the width it needs, so that no day, number or reference is broken over two lines.
if (Console.IsOutputRedirected) Spectre.Console.AnsiConsole.Profile.Width = 400;
var failures = Failures.Of(args);
failures.Watch();
var invocation = CommandLine.Invoked();
HelpLanguage.Apply(invocation, GlobalOptions.Chinese(args));
if (GlobalOptions.Chinese(args)) HelpLanguage.Translate(invocation);
var parsed = invocation.Parse(args);
if (parsed.Errors.Count > 0) return failures.BadUsage(ParseWords.Of(parsed, GlobalOptions.Chinese(args)));
if (NamedPaths.Wrong(parsed).ToList() is [_, ..] wrong)
    return failures.BadUsage(wrong.SelectMany(w => w.Lines(GlobalOptions.Chinese(args))));
var status = ExitStatus.Defect;
try
{
    status = await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (StartRefusedException refused)
{
    status = new Session(parsed).Output.Refused(refused.Findings);
}
catch (Exception fault) when (fault is DefectException || Failures.StatusOf(fault) is not null)
{
    status = failures.Fault(fault, invocation.Database);
}
return invocation.End(status);
