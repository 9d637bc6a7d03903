using Disbursement.Engine.Primitives;

namespace Disbursement.Engine.Feeds;

/// <summary>What can stand in the way of a subscription and of its records, in order of precedence.</summary>
public static class FeedRules
{
    public static readonly RefusalRule NameUnfit = new("feed.name-unfit", Severity.Refusal,
        "“{0}”不能用作订阅方名称", "\"{0}\" is no name of a subscriber",
        "用小写字母、数字和连字符, 至多 32 个字符, 如 gy-rsj", "use lower-case letters, digits and hyphens, 32 at most, such as gy-rsj");
    public static readonly RefusalRule RegionUnfit = new("feed.region-unfit", Severity.Refusal,
        "“{0}”不是本账本 {1} 的地区代码", "\"{0}\" is no region code of this ledger, {1}",
        "用六位代码: 区县、本市(州)或 520000; 不写则不分地区",
        "give a code of six digits: a county, this prefecture or 520000; without one all regions are meant");
    public static readonly RefusalRule KindUnknown = new("feed.kind-unknown", Severity.Refusal,
        "没有“{0}”这种记录", "there is no record of kind \"{0}\"",
        "可用: {1}; 不写则不分种类", "there are: {1}; without any all kinds are meant");
    public static readonly RefusalRule UrlUnfit = new("feed.url-unfit", Severity.Refusal,
        "不能向“{0}”推送", "nothing is pushed to \"{0}\"",
        "用 https 地址; http 只可用于本机, 如 http://127.0.0.1:8080/; 地址中不写用户名、口令和 #",
        "give an https address; http only of this machine, such as http://127.0.0.1:8080/; no user, password or #");
    public static readonly RefusalRule FromBeyond = new("feed.from-beyond", Severity.Refusal,
        "起始序号 {0} 不在 1 至 {1} 之间", "the sequence to begin at, {0}, is not from 1 to {1}",
        "用 feed records 查看已有记录", "see what there is with feed records");
    public static readonly RefusalRule NameTaken = new("feed.name-taken", Severity.Refusal,
        "订阅方 {0} 已存在, {1} 不同: 地区、种类、签名算法和起点不能改变",
        "subscriber {0} stands with another {1}: region, kinds, signature and beginning do not change",
        "另起名称订阅, 再用 feed stop 停止原来的", "subscribe under another name, and end the old one with feed stop");
    public static readonly RefusalRule KeyDiffers = new("feed.key-differs", Severity.Refusal,
        "密钥目录中没有订阅方 {0} 所登记的签名密钥, 未制作新批次",
        "the folder of keys has not the key that subscriber {0} was told of: nothing new is made up for it",
        "放回原密钥; 或由两人再次 feed subscribe, 并把新公钥交给订阅方",
        "put that key back; or two people subscribe it again, and the subscriber is handed the new public key");
    public static readonly RefusalRule NotDelivered = new("feed.not-delivered", Severity.Warning,
        "订阅方 {0}: {1}; 尚有 {2} 条未确认, 下次推送 {3}", "subscriber {0}: {1}; {2} records behind, next attempt {3}",
        "到时自动再试, 不会遗漏; 详见 feed show {0}", "it is tried again by itself, nothing is lost; see feed show {0}");
    public static readonly RefusalRule LineWrong = new("feed.line-wrong", Severity.Finding,
        "第 {0} 行: {1}", "line {0}: {1}",
        "保留此文件作为证据, 另起文件从头领取", "keep this file as evidence, and fetch everything anew into another");

    public static IReadOnlyList<RefusalRule> All =>
    [
        NameUnfit, RegionUnfit, KindUnknown, UrlUnfit, FromBeyond, NameTaken, KeyDiffers, NotDelivered, LineWrong,
    ];
}
