using Disbursement.Engine.Payroll;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;
using Disbursement.Host.Storage;
using Disbursement.Tests.Fixtures;
using Xunit;

namespace Disbursement.Tests.Payroll;

public sealed class SampleMonthPayrollTests
{
    [Fact]
    public void The_month_becomes_approved_claims_that_add_up()
    {
        var sample = new SampleLedger(Dialect.Parse($"sqlite:{Path.Combine(Path.GetTempPath(), Path.GetRandomFileName())}.db"));
        var payrolls = sample.Approved();
        Assert.Equal(4, payrolls.Count);
    }
}
