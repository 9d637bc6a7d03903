using System.CommandLine;
using Disbursement.Engine.Accounts;
using Disbursement.Engine.Arrears;
using Disbursement.Engine.Attendance;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.People;
using Disbursement.Engine.Runtime;
using Command = System.CommandLine.Command;

namespace Disbursement.Host.Cli;

/// <summary>
/// import project|roster|terms|attendance|payroll|order|funding: whole file or nothing; the same file is one import.
/// </summary>
public static class ImportCommands
{
    public static Command Create() => new("import", "导入表格 / take sheets in")
    {
        Sheet("project", "project.register", ProjectRegister.Input, "工程项目和专户 / projects with wage accounts"),
        Sheet("roster", "roster.import", RosterImport.Input, "用工名册 / rosters"),
        Sheet("terms", "terms.import", TermsImport.Input, "合同约定 / contract terms"),
        Sheet("attendance", "attendance.import", AttendanceImport.Input, "考勤 / attendance"),
        Payroll(),
        Sheet("funding", "funding.import", FundingImport.Input, "建设单位约定拨付日 / days the owner agreed to pay on"),
        Sheet("order", "order.import", OrderImport.Input, "责令支付文书 / orders of an authority to pay"),
    };

    /// <summary>The file's bytes and name; a file that is not there is wrong usage.</summary>
    internal static InputDocument Document(string kind, FileInfo file) => file.Exists
        ? new InputDocument(kind, File.ReadAllBytes(file.FullName), Personal: true, file.Name)
        : throw Usage.NoFile(file);

    private static Command Sheet(string noun, string verb, string input, string description)
    {
        var files = new Argument<FileInfo[]>("files") { Arity = ArgumentArity.OneOrMore, Description = "CSV, XLSX" };
        var import = new Command(noun, description) { files };
        import.SetAction(parse =>
        {
            var session = new Session(parse);
            // Every file is taken or refused by itself; the worst of them is the status.
            return session.Output.Gather(() => parse.GetValue(files)!.Select(One).ToList().Max());

            int One(FileInfo file)
            {
                var command = new Engine.Runtime.Command(verb, ("file", file.Name)).With(Document(input, file));
                return session.Run(command, outcome =>
                {
                    var done = (ImportResult)outcome.Result!;
                    session.Output.Print(
                        new { done.Document, done.Name, done.Lines, done.Written, repeat = outcome.Repeat },
                        (outcome.Repeat ? Again(session.Output) : "")
                        + $"{done.Name}: {done.Lines} {session.Output.Text("行", "rows")}, {done.Document}");
                    return ExitStatus.Done;
                });
            }
        });
        return import;
    }

    private static Command Payroll()
    {
        var file = new Argument<FileInfo>("file") { Description = "CSV, XLSX" };
        var project = new Option<string>("--project") { Required = true, Description = "项目编码 / project code" };
        var employer = new Option<string>("--employer")
        {
            Required = true,
            Description = "用工单位统一社会信用代码 / the employer's credit code",
        };
        var team = new Option<string>("--team") { DefaultValueFactory = _ => "", Description = "班组 / team" };
        var from = new Option<string>("--from") { Required = true, Description = "周期起 / first day, 2026-01-01" };
        var to = new Option<string>("--to") { Required = true, Description = "周期止 / last day, 2026-01-31" };
        var kind = new Option<PayrollKind>("--kind") { Description = "Ordinary, Supplementary, FinalSettlement" };
        var number = new Option<long>("--number") { Description = "补发序号, 从 1 起 / a supplement's number" };
        var import = new Command("payroll", "工资支付表 / a payroll sheet")
            { file, project, employer, team, from, to, kind, number };
        import.SetAction(parse =>
        {
            var session = new Session(parse);
            var sheet = parse.GetValue(file)!;
            var command = new Engine.Runtime.Command("payroll.receive", ("project", parse.GetValue(project)!),
                ("employer", parse.GetValue(employer)!), ("team", parse.GetValue(team)!),
                ("from", Day("--from", parse.GetValue(from)!)), ("to", Day("--to", parse.GetValue(to)!)),
                ("kind", parse.GetValue(kind)), ("number", parse.GetValue(number)), ("file", sheet.Name))
                .With(Document(PayrollReceive.Input, sheet));
            return session.Run(command, outcome =>
                PayrollCommands.Print(session, (PayrollRow)outcome.Result!, outcome.Repeat, Again(session.Output)));
        });
        return import;
    }

    /// <summary>The same file was taken in before: one import, however often it is asked for.</summary>
    private static string Again(Output output) =>
        output.Text("此前已导入, 未作改动: ", "imported before, nothing was changed: ");

    private static string Day(string option, string text) => Storage.TimeText.Date.Parse(text).Success
        ? text
        : throw Usage.NoDay(option, text);
}
