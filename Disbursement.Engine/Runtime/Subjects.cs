using System.Collections.Frozen;
using Disbursement.Engine.Primitives;

namespace Disbursement.Engine.Runtime;

/// <summary>What a decision can be about: its noun in Chinese, and the verbs that tell its numbers and its state.
/// </summary>
/// <param name="Listed">The verb that shows what there is.</param>
/// <param name="Shown">The verb that shows the state of one.</param>
public sealed record Subject(string Zh, string Listed, string Shown)
{
    private static readonly FrozenDictionary<string, Subject> s_all = new Dictionary<string, Subject>
    {
        ["account"] = new("账户", "account list", "account show"),
        ["card"] = new("开卡批次", "card list", "card show"),
        ["claim"] = new("应付工资", "claim list", "claim show"),
        ["complaint"] = Of("投诉", "worker complaints"),
        ["document"] = Of("文件", "payroll list"),
        ["earmark"] = Of("专项", "account show"),
        ["employer"] = Of("用工单位", "employer list"),
        ["exception"] = Of("异常", "exception list --all"),
        ["file"] = new("代发文件", "file list", "file show"),
        ["message"] = Of("报文", "exception list --all"),
        ["obligation"] = new("义务", "arrears list --all", "arrears show"),
        ["payee"] = Of("收款账户", "payee list"),
        ["payroll"] = new("工资表", "payroll list", "payroll show"),
        ["person"] = Of("人员", "person list"),
        ["project"] = Of("项目", "project list"),
        ["recall"] = Of("撤销请求", "file show"),
        ["recovery"] = Of("追偿", "recovery list"),
        ["release"] = new("代发批次", "release list", "release show"),
        ["row"] = Of("文件行", "file show"),
        ["send"] = Of("发送日志项", "recover"),
        ["subscriber"] = new("订阅方", "feed list", "feed show"),
        ["warning"] = Of("预警", "warning list --all"),
        ["worker"] = Of("工人", "worker list"),
    }.ToFrozenDictionary();

    public static IReadOnlyCollection<string> Nouns => s_all.Keys;

    /// <summary>A noun that does not stand here is a defect: nobody could be told where to look.</summary>
    public static Subject Named(string noun) => s_all.GetValueOrDefault(noun)
        ?? throw new DefectException($"no verb lists a {noun}");

    private static Subject Of(string zh, string listed) => new(zh, listed, listed);
}
