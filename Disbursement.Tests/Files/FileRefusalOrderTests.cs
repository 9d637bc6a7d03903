using Disbursement.BankAdapters.Seams;
using Disbursement.Engine.Files;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;
using Disbursement.Tests.Fixtures;
using NodaTime;
using Xunit;
using static Disbursement.Tests.Fixtures.SampleLedger;

namespace Disbursement.Tests.Files;

/// <summary>The precedence of a disbursement file's refusals, verb by verb.</summary>
public sealed class FileRefusalOrderTests
{
    private static readonly InputDocument Evidence = new(FileResolve.Evidence, "样例"u8.ToArray(), Personal: true);

    [Fact]
    public void Seal_and_send_are_refused_not_found_then_out_of_state_and_send_then_on_an_impaired_account()
    {
        using var outlay = new SampleOutlay();
        var file = outlay.Sealed();
        Command Seal(long id) => new Command("file.seal", ("file", id))
            .With(new InputDocument(FileSeal.Body, "other bytes"u8.ToArray(), Personal: true));
        outlay.Credit(-100);
        new RefusalOrder(outlay.Samples)
            .Row(RuntimeRules.NotFound, "", Seal(99))
            .Row(MachineRules.NoArrow, "", Seal(file.File))
            .Row(RuntimeRules.NotFound, "", new Command("file.send", ("file", 99)))
            .Row(FileRules.AccountImpaired, "", new Command("file.send", ("file", file.File)))
            .Row(RuntimeRules.NotFound, "", new Command("file.expire-lease", ("file", 99)))
            .Row(MachineRules.NoArrow, "", new Command("file.expire-lease", ("file", file.File)))
            .Holds();
        outlay.Credit(100);
        outlay.Run("file.send", "file", file.File);
        outlay.Credit(-100);
        new RefusalOrder(outlay.Samples)
            .Row(MachineRules.NoArrow, "", new Command("file.send", ("file", file.File)))
            .Row(FileRules.LeaseRuns, "", new Command("file.expire-lease", ("file", file.File)))
            .Holds();
    }

    [Fact]
    public void Withdraw_is_refused_unsigned_then_without_role_then_not_found_then_out_of_state_then_once_sent()
    {
        using var outlay = new SampleOutlay();
        var file = Unknown(outlay);
        Command Of(long id) => new("file.withdraw", ("file", id));
        new RefusalOrder(outlay.Samples)
            .Row(RuntimeRules.ApprovalMissing, "", Of(99))
            .Row(RuntimeRules.RoleMissing, Clerk, Of(99))
            .Row(RuntimeRules.NotFound, Treasurer, Of(99))
            .Row(MachineRules.NoArrow, Treasurer, Of(file.File))
            .Holds();
        foreach (var person in new[] { Treasurer, Administrator })
            outlay.Samples.Done(person, Resolve(file.File, "absent").With(Evidence));
        new RefusalOrder(outlay.Samples).Row(FileRules.WasSent, Treasurer, Of(file.File)).Holds();
    }

    [Fact]
    public void Resolve_is_refused_unsigned_then_not_found_then_undocumented_then_for_no_result_then_out_of_state()
    {
        using var outlay = new SampleOutlay();
        var file = outlay.Sealed();
        new RefusalOrder(outlay.Samples)
            .Row(RuntimeRules.ApprovalMissing, "", Resolve(99, "lost"))
            .Row(RuntimeRules.NotFound, Treasurer, Resolve(99, "lost"))
            .Row(FileRules.EvidenceMissing, Treasurer, Resolve(file.File, "lost"))
            .Row(FileRules.ResultUnknown, Treasurer, Resolve(file.File, "lost").With(Evidence))
            .Row(RuntimeRules.WrongState, Treasurer, Resolve(file.File, "absent").With(Evidence))
            .Holds();
    }

    private static Command Resolve(long file, string outcome) =>
        new("file.resolve", ("file", file), ("outcome", outcome));

    private static DisbursementFileRow Unknown(SampleOutlay outlay)
    {
        var file = outlay.Sealed();
        var silent = new ScriptedTransport((_, _) => new SendResult(SendOutcome.Unknown, "scripted"));
        Assert.True(outlay.Send(file.File, silent).Accepted);
        return outlay.File(file.File);
    }
}
