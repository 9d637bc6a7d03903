using System.Text.RegularExpressions;
using Disbursement.Engine.Primitives;
using Xunit;

namespace Disbursement.Tests.Primitives;

public partial class RefusalCatalogueTests
{
    [Fact]
    public void Every_code_stands_once_and_is_found()
    {
        Assert.Equal(RefusalCatalogue.Ordered.Count, RefusalCatalogue.Ordered.Select(r => r.Code).Distinct().Count());
        Assert.All(RefusalCatalogue.Ordered, rule => Assert.Same(rule, RefusalCatalogue.Find(rule.Code)));
        Assert.Null(RefusalCatalogue.Find("no.such-rule"));
    }

    [Fact]
    public void Every_code_is_a_noun_a_point_and_words_with_hyphens() =>
        Assert.All(RefusalCatalogue.Ordered, rule => Assert.Matches(Code(), rule.Code));

    [Fact]
    public void Every_rule_says_what_is_wrong_and_what_to_do_in_both_languages() =>
        Assert.All(RefusalCatalogue.Ordered, rule =>
        {
            Assert.Matches(Chinese(), rule.Zh);
            Assert.Matches(Chinese(), rule.DoZh);
            Assert.False(string.IsNullOrWhiteSpace(rule.En));
            Assert.False(string.IsNullOrWhiteSpace(rule.DoEn));
        });

    [Fact]
    public void Both_languages_tell_the_same_arguments() =>
        Assert.All(RefusalCatalogue.Ordered, rule => Assert.Equal(Holes(rule.Zh), Holes(rule.En)));

    [Fact]
    public void Every_rule_declared_in_the_engine_is_in_the_catalogue()
    {
        var declared = typeof(RefusalRule).Assembly.GetTypes()
            .SelectMany(type => type.GetFields())
            .Where(field => field.IsStatic && field.FieldType == typeof(RefusalRule))
            .Select(field => (RefusalRule)field.GetValue(null)!)
            .ToList();
        Assert.NotEmpty(declared);
        Assert.All(declared, rule => Assert.Contains(rule, RefusalCatalogue.Ordered));
        Assert.Equal(declared.Count, RefusalCatalogue.Ordered.Count);
    }

    private static IEnumerable<string> Holes(string text) =>
        Hole().Matches(text).Select(m => m.Value).Distinct().Order();

    [GeneratedRegex(@"^[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*$")]
    private static partial Regex Code();

    [GeneratedRegex(@"[\u4e00-\u9fff]")]
    private static partial Regex Chinese();

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Hole();
}
