using System.CommandLine;

namespace Disbursement.Host.Cli;

/// <summary>The options of a list that may be long: from where, and how much at most.</summary>
internal sealed class ListPage
{
    public const int Most = 100_000;

    private readonly Option<long> _after = new("--after") { Description = "从此编号之后列起 / begin after this number" };

    private readonly Option<int> _limit = new("--limit")
    {
        DefaultValueFactory = _ => 1000,
        Description = "最多列出多少个, 至 100000 / list so many at most, up to 100000",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_after);
        command.Options.Add(_limit);
    }

    public long After(ParseResult parse) => parse.GetValue(_after);

    public int Limit(ParseResult parse) =>
        parse.GetValue(_limit) is var limit and >= 1 and <= Most ? limit : throw Usage.ListLimit(Most);

    /// <summary>One more than is shown: whether there are more is seen by its being there.</summary>
    public long Asked(ParseResult parse) => Limit(parse) + 1L;
}
