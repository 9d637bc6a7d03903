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
    public static readonly RefusalRule KeyRevoked = new("approval.key-revoked", Severity.Refusal,
        "{0} 的密钥已停用", "The key of {0} was revoked",
        "由另外两人用 person rekey {0} 登记新密钥", "Two other people enter a new one with person rekey {0}");
    public static readonly RefusalRule KeyReplaced = new("approval.key-replaced", Severity.Refusal,
        "该签名用的是 {0} 已换下的密钥", "This was signed with a key of {0} that has been replaced",
        "用新的私钥签名", "Sign with the new private key");
    public static readonly RefusalRule RoleMissing = new("person.role-missing", Severity.Refusal,
        "{0} 没有角色 {1}", "{0} does not hold the role {1}",
        "由具有该角色的人员办理", "Let a person with this role do it");
    public static readonly RefusalRule SamePerson = new("person.same-person", Severity.Refusal,
        "须由两人办理: 第一步由 {0} 签署, {1} 是同一人", "Two people are needed: {0} signed first, and {1} is that same person",
        "现在可由 {2} 签署; 没有人选的, 先用 person enroll 登记",
        "Who may sign now: {2}; if nobody stands here, enroll somebody with person enroll");
    public static readonly RefusalRule NotFound = new("subject.not-found", Severity.Refusal,
        "没有 {0} {1}", "There is no {0} {1}",
        "用 {2} 查看", "Look it up with {2}");
    public static readonly RefusalRule WrongState = new("subject.wrong-state", Severity.Refusal,
        "{0} {1} 的状态为 {2}, 不能执行 {3}", "{0} {1} is {2}: {3} is not possible",
        "用 {4} 查看状态和下一步", "See its state and next step with {4}");

    public static IReadOnlyList<RefusalRule> All =>
        [ApprovalMissing, ApprovalUnreadable, ApprovalOfOther, PersonUnknown, KeyRevoked, KeyReplaced, SignatureForged,
            RoleMissing, SamePerson, NotFound, WrongState];
}
