using Disbursement.Engine.Primitives;

namespace Disbursement.Engine.Erasure;

/// <summary>What stands against erasing a person's data, in order of precedence.</summary>
public static class ErasureRules
{
    public static readonly RefusalRule CompletedLater = new("project.completed-later", Severity.Refusal,
        "竣工日期 {0} 晚于今天", "the day of completion, {0}, is not here yet",
        "核对竣工验收文件", "check the papers of completion");

    public static readonly RefusalRule WagesOpen = new("project.wages-open", Severity.Refusal,
        "项目 {0} 的工资尚未结清（{1}），保存期限未开始（国令第724号第二十八条）",
        "wages of project {0} are open ({1}): the time its records are kept has not begun (Decree 724 art. 28)",
        "先结清，再用 project complete 登记竣工", "settle them, then enter the completion with project complete");

    public static readonly RefusalRule NotCompleted = new("erasure.project-not-completed", Severity.Refusal,
        "项目 {0} 未登记竣工，保存期限未开始（国令第724号第二十八条）",
        "project {0} is not entered as completed: the time its records are kept has not begun (Decree 724 art. 28)",
        "用 project complete 登记竣工", "enter its completion with project complete");

    public static readonly RefusalRule SettledLater = new("erasure.settled-later", Severity.Refusal,
        "项目 {0} 的工资在 {1} 登记结清后又有变动", "wages of project {0} have moved since {1}, when they were found settled",
        "用 project complete 重新登记，保存期限从新的结清日起算",
        "enter its completion again with project complete: the time runs from the new day");

    public static readonly RefusalRule MatterOpen = new("erasure.matter-open", Severity.Refusal,
        "工人 {0} 还有未了结的 {1} {2}", "{1} {2} of worker {0} is not at its end",
        "先了结，用 {3} 查看", "bring it to its end, see {3}");

    public static readonly RefusalRule Retained = new("erasure.retained", Severity.Refusal,
        "工人 {0} 的工资记录须保存至 {1}：项目 {2} 于 {3} 竣工、{4} 结清，此后三年（国令第724号第十五、二十八条）",
        "the wage records of worker {0} are kept until {1}: project {2} was completed on {3} and settled by {4}, and "
        + "three years from then (Decree 724 arts. 15, 28)",
        "此日之后再办理", "do it after that day");

    public static readonly RefusalRule WorkerErased = new("worker.erased", Severity.Refusal,
        "工人 {0} 的个人信息已删除", "the data of worker {0} were erased",
        "本人再次用工的，重新导入用工名册，另编新号", "a person who comes back is imported with a roster, under a new number");

    public static readonly RefusalRule ErasedThere = new("roster.erased-there", Severity.Refusal,
        "该工人在项目 {0} 的资料已删除，该项目已竣工并结清", "the worker was erased on project {0}, which is completed and settled",
        "不能在该项目再次登记；登记在现在的项目上", "not to be registered there again: register on the project of now");

    public static IReadOnlyList<RefusalRule> All =>
    [
        CompletedLater, WagesOpen, WorkerErased, ErasedThere, MatterOpen, NotCompleted, SettledLater, Retained,
    ];
}
