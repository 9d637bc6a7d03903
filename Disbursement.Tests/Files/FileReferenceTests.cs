using Disbursement.Engine.Files;
using Disbursement.Engine.Primitives;
using FsCheck.Xunit;
using Xunit;

namespace Disbursement.Tests.Files;

public class FileReferenceTests
{
    [Fact]
    public void A_reference_is_epoch_ledger_and_number()
    {
        // 520100 = 11·36³ + 5·36² + 11·36 + 8: the check of the digits by hand.
        Assert.Equal(520_100, ((11 * 36 + 5) * 36 + 11) * 36 + 8);
        Assert.Equal("PA7KB5B8000000000042", FileReference.Of("PA7K", 520_100, 42, batchWidth: 30));
        Assert.Equal("PA7KB5B80042", FileReference.Of("PA7K", 520_100, 42, batchWidth: 12));
    }

    [Fact]
    public void A_number_that_does_not_fit_is_never_cut() =>
        Assert.Throws<DefectException>(() => FileReference.Of("PA7K", 520_100, 10_000, batchWidth: 12));

    [Property(MaxTest = 200)]
    public bool Different_files_have_different_references(uint a, uint b, ushort ledger) =>
        (a == b) == (FileReference.Of("RAAA", ledger, a, 20) == FileReference.Of("RAAA", ledger, b, 20));

    [Fact]
    public void A_row_reference_is_the_position_in_at_most_eight_digits()
    {
        Assert.Equal("00000017", FileReference.Row(17, 35));
        Assert.Equal("000017", FileReference.Row(17, 6));
    }
}
