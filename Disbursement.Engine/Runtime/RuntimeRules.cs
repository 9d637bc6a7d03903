using Disbursement.Engine.Primitives;

namespace Disbursement.Engine.Runtime;

/// <summary>Refusals any command can meet.</summary>
public static class RuntimeRules
{
    public static readonly RefusalRule ApprovalMissing = new("approval.missing", Severity.Refusal,
        "该操作须由登记人员签名", "This act needs the signature of an enrolled person",
        "用 --as 人员 --key 私钥文件 再执行一次", "Run it again with --as PERSON --key FILE");
    public static readonly RefusalRule ApprovalUnreadable = new("approval.unreadable", Severity.Refusal,
        "签名文书不完整", "The approval document is not complete",
        "重新签名", "Sign again");
    public static readonly RefusalRule ApprovalOfOther = new("approval.of-another-act", Severity.Refusal,
        "签名文书所签的不是本操作", "The approval was signed for another act",
        "对本操作重新签名", "Sign this act");
    public static readonly RefusalRule PersonUnknown = new("person.unknown", Severity.Refusal,
        "人员 {0} 未登记", "Person {0} is not enrolled",
        "先用 person enroll 登记", "Enroll the person first with person enroll");
    public static readonly RefusalRule SignatureForged = new("approval.signature-invalid", Severity.Refusal,
        "{0} 的签名与登记公钥不符", "The signature does not fit the enrolled key of {0}",
        "核对 --key 文件是否为该人员登记的密钥", "Check that the --key file is the key this person enrolled");
    public static readonly RefusalRule RoleMissing = new("person.role-missing", Severity.Refusal,
        "{0} 没有角色 {1}", "{0} does not hold the role {1}",
        "由具有该角色的人员办理", "Let a person with this role do it");
    public static readonly RefusalRule SamePerson = new("person.same-person", Severity.Refusal,
        "须由两人办理: 第一步由 {0} 签署, {1} 是同一人", "Two people are needed: {0} signed first, and {1} is that same person",
        "现在可由 {2} 签署; 没有人选的, 先用 person enroll 登记",
        "Who may sign now: {2}; if nobody stands here, enroll somebody with person enroll");
    public static readonly RefusalRule NotFound = new("subject.not-found", Severity.Refusal,
        "没有 {0} {1}", "There is no {0} {1}",
        "用 list 命令查看编号", "Look up the number with the list verb");
    public static readonly RefusalRule WrongState = new("subject.wrong-state", Severity.Refusal,
        "{0} {1} 的状态为 {2}, 不能执行 {3}", "{0} {1} is {2}: {3} is not possible",
        "用 show 命令查看状态和下一步", "See its state and next step with the show verb");

    public static IReadOnlyList<RefusalRule> All =>
        [ApprovalMissing, ApprovalUnreadable, ApprovalOfOther, PersonUnknown, SignatureForged, RoleMissing,
            SamePerson, NotFound, WrongState];
}
