namespace Disbursement.Host.Samples;

/// <summary>A made-up worker with the account wages go to.</summary>
public sealed record SamplePerson(string Name, string Identity, string Phone, string Cnaps, string BankName,
    string Card);

/// <summary>Makes up workers, all different. Their names, numbers and cards belong to nobody.</summary>
public sealed class SamplePeople(SampleSeed seed)
{
    private static readonly string[] Surnames =
        [.. "王李张刘陈杨黄赵吴周徐孙马朱胡林郭何高罗郑梁谢宋唐许韩冯邓曹彭曾萧田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆汪石龙韦".Select(c => $"{c}")];

    private static readonly string[] GivenNames =
        [.. ("伟 强 军 勇 刚 明 平 辉 建国 建军 志强 志明 国强 国庆 文军 文华 德贵 德明 光荣 光华 正兴 正贵 永福 永祥 世荣 朝阳 " +
            "兴华 小龙 小军 家旺 大江 天佑 秀英 秀兰 桂花 桂英 玉梅 春梅 小芳 艳 丽 敏 静 红 学文 学武 开明 开贵 福生 贵生").Split(' ')];

    // Names as the Yi and others of Guizhou write them: with U+00B7 between clan and given name, no spaces.
    private static readonly string[] DottedNames =
        ["吉克·阿木", "沙马·拉日", "阿洛·约布", "阿依·古丽", "木果·尔古", "海来·木呷", "阿育·热力", "勒伍·史铁"];

    /// <summary>A character outside GBK that GB18030 writes in four bytes; it is common enough in names
    /// (U+36C3).</summary>
    public const string RareName = "杨㛃";

    /// <summary>A character outside the basic plane (U+20BB7): two UTF-16 units, four bytes everywhere.</summary>
    public const string RarerName = "田𠮷";

    internal static readonly string[] Regions =
        ["520102", "520103", "520111", "520112", "520113", "520115", "520121", "520122", "520123", "520181", "520201",
            "520203", "520221", "520302", "520303", "520402", "520502", "520602", "522301", "522601", "522701"];

    private static readonly (string Code, string Name, string Bin)[] Banks =
    [
        ("102", "中国工商银行", "622202"), ("308", "招商银行", "622588"), ("403", "中国邮政储蓄银行", "621799"),
        ("103", "中国农业银行", "622848"), ("105", "中国建设银行", "621700"), ("402", "贵州省农村信用社", "621779"),
    ];

    private readonly HashSet<string> _taken = [];
    private int _dotted;

    public static string DottedName(int number) => DottedNames[number % DottedNames.Length];

    /// <summary>The next worker; about every thirtieth has a dotted name.</summary>
    /// <param name="name">Their name, where the sample needs a certain one.</param>
    /// <param name="magic">The sandbox bank's behaviour wanted of the card (990001 to 990010), or 0 for an ordinary
    /// card.</param>
    public SamplePerson Next(string? name = null, int magic = 0)
    {
        name ??= seed.Below(30) == 0
            ? DottedName(_dotted++)
            : seed.Pick(Surnames) + seed.Pick(GivenNames);
        var bank = seed.Pick(Banks);
        return new(name, Fresh(Identity), Fresh(() => "1" + seed.Pick(["39", "58", "86", "77"]) + seed.Digits(8)),
            SampleIdentifiers.Cnaps(bank.Code, "7010", $"0{seed.Between(1, 40):000}"), bank.Name + "贵阳样例支行",
            Fresh(() => Card(bank.Bin, magic)));
    }

    /// <summary>Another card of the same worker at the same bank, for a correction.</summary>
    public SamplePerson WithNewCard(SamplePerson person) =>
        person with { Card = Fresh(() => Card(person.Card[..6], magic: 0)) };

    private string Fresh(Func<string> make)
    {
        var made = make();
        while (!_taken.Add(made)) made = make();
        return made;
    }

    private string Identity()
    {
        var born = new DateOnly(1966, 1, 1).AddDays(seed.Below(13_500));
        return SampleIdentifiers.Identity($"{seed.Pick(Regions)}{born:yyyyMMdd}{seed.Between(1, 999):000}");
    }

    private string Card(string bin, int magic)
    {
        while (true)
        {
            var card = SampleIdentifiers.Card(bin + seed.Digits(6) + (magic > 0 ? $"{magic}" : seed.Digits(6)));
            if (magic > 0 || !SampleIdentifiers.IsMagic(card)) return card;
        }
    }
}
