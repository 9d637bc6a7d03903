using System.CommandLine;
using Disbursement.Engine.Erasure;
using Disbursement.Engine.Runtime;
using NodaTime.Text;
using Command = System.CommandLine.Command;
using EngineCommand = Disbursement.Engine.Runtime.Command;

namespace Disbursement.Host.Cli;

/// <summary>project complete and worker erase: from when wage records are kept on, and their end.</summary>
internal static class ErasureCommands
{
    public static Command Complete()
    {
        var code = new Argument<string>("project") { Description = "项目编码 / code of the project" };
        var on = new Option<string>("--on") { Required = true, Description = "竣工日期 / day of completion" };
        var document = new Option<FileInfo>("--document")
        {
            Required = true,
            Description = "竣工验收文件 / the papers of completion",
        };
        var complete = new Command("complete",
            "登记竣工且工资结清, 保存期限从此起算 / enter completion once all wages are settled: records are kept from then on")
        {
            code, on, document,
        };
        complete.SetAction(parse =>
        {
            var session = new Session(parse);
            var day = parse.GetValue(on)!;
            if (!LocalDatePattern.Iso.Parse(day).Success) throw Usage.NoDay(day);
            var command = new EngineCommand(ProjectComplete.Name, ("project", parse.GetValue(code)!), ("on", day))
                .With(Document(ProjectComplete.Input, parse.GetValue(document)!));
            return session.Run(command, outcome =>
            {
                var row = (ProjectCompletionRow)outcome.Result!;
                var project = parse.GetValue(code);
                session.Output.Print(new
                {
                    project,
                    row.Version,
                    row.CompletedOn,
                    row.SettledOn,
                    repeat = outcome.Repeat,
                }, session.Output.Text($"{project} 竣工 {Output.Cell(row.CompletedOn)}, 结清 {Output.Cell(row.SettledOn)}",
                    $"{project} completed {Output.Cell(row.CompletedOn)}, settled {Output.Cell(row.SettledOn)}"));
                return ExitStatus.Done;
            });
        });
        return complete;
    }

    public static Command Erase()
    {
        var number = new Argument<long>("worker") { Description = "工人编号 / number of the worker" };
        var document = new Option<FileInfo>("--document")
        {
            Required = true,
            Description = "个人信息删除申请 / the request for erasure",
        };
        var erase = new Command("erase",
            "保存期满后两人决定删除工人的个人信息 / two people have a worker's data erased once they need not be kept")
        {
            number, document,
        };
        erase.SetAction(parse =>
        {
            var session = new Session(parse);
            var command = new EngineCommand(WorkerErase.Name, ("worker", parse.GetValue(number)))
                .With(Document(WorkerErase.Input, parse.GetValue(document)!));
            return session.Run(command, outcome =>
            {
                var row = (ErasureRow)outcome.Result!;
                // Also of a repeat: a run may have died, or been held up, between the decision and this.
                var scrubbed = session.Store.Dialect.Scrub();
                session.Output.Print(new { row.Worker, row.RetainedUntil, scrubbed, repeat = outcome.Repeat },
                    scrubbed
                        ? session.Output.Text($"工人 {row.Worker} 已删除; 保存期限至 {Output.Cell(row.RetainedUntil)}",
                            $"worker {row.Worker} erased; the records were kept until {Output.Cell(row.RetainedUntil)}")
                        : session.Output.Text($"工人 {row.Worker} 已删除, 但数据库正被读取, 旧页尚在文件中: 请再运行一次",
                            $"worker {row.Worker} erased, but the database is being read and old pages stay in its "
                            + "file: run this again"));
                return scrubbed ? ExitStatus.Done : ExitStatus.WorldFailed;
            });
        });
        return erase;
    }

    private static InputDocument Document(string kind, FileInfo file) => file.Exists
        ? new InputDocument(kind, File.ReadAllBytes(file.FullName), Personal: true, file.Name)
        : throw Usage.NoFile(file, "--document ");
}
