using Disbursement.BankAdapters.Profiles;
using Disbursement.Engine.Primitives;
using Xunit;

namespace Disbursement.Tests.Architecture;

public class RefusalPageTests
{
    [Fact]
    public void The_page_in_the_specs_tells_the_rules_of_the_code()
    {
        var page = Repository.PathOf("specs", "refusals.md");
        if (Environment.GetEnvironmentVariable("UPDATE_SPECS") == "1")
            File.WriteAllText(page, RefusalPage.Markdown());
        Assert.Equal(RefusalPage.Markdown(), File.ReadAllText(page));
    }

    [Fact]
    public void Every_rule_of_every_project_stands_on_the_page_once()
    {
        var declared = new[] { typeof(RefusalRule), typeof(ProfileRules), typeof(Host.Shipped) }
            .SelectMany(type => type.Assembly.GetTypes())
            .SelectMany(type => type.GetFields())
            .Where(field => field.IsStatic && field.FieldType == typeof(RefusalRule))
            .Select(field => ((RefusalRule)field.GetValue(null)!).Code);
        Assert.Equal(declared.Order(), RefusalPage.Rules.Select(rule => rule.Code).Order());
    }
}
