using System.Text.Json;
using Disbursement.BankAdapters.Profiles;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using NodaTime.Text;

namespace Disbursement.Host.Files;

/// <summary>What the engine needs of a bank profile, read from the profile's JSON.</summary>
/// <param name="catalogue">What a profile is held against; null for what ships.</param>
public sealed class ProfileTerms(BankCatalogue? catalogue = null) : IBankTermsReader
{
    public BankTerms? Parse(ReadOnlyMemory<byte> profile)
    {
        try
        {
            return BankProfile.Of(profile) is { } read ? Terms(read) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public IReadOnlyList<Finding> Faults(string name, ReadOnlyMemory<byte> profile)
    {
        var read = ProfileValidation.Read(name, profile.Span, catalogue ?? BankCatalogue.Shipped);
        if (!read.Accepted) return read.Findings;
        // Projects name their bank by it, keys and folders too: under another name nothing would be found.
        return read.Value.Id == name ? []
            : [new Finding(ProfileRules.OtherName, Place.Of("id", read.Value.Id), read.Value.Id, name)];
    }

    private static BankTerms Terms(BankProfile profile) => new()
    {
        Profile = profile.Id,
        Version = profile.Version,
        BankCode = profile.BankCode,
        NameZh = profile.NameZh,
        TakesCards = profile.Cards is not null,
        NamePattern = profile.Transport.NamePattern,
        RowsPerFile = profile.Limits.RowsPerFile,
        BatchReferenceWidth = profile.Limits.BatchReferenceWidth,
        RowReferenceWidth = profile.Limits.RowReferenceWidth,
        AccountWidth = profile.Limits.AccountWidth,
        NameWidth = profile.Limits.NameWidth,
        FileFen = profile.Limits.FileFen,
        RowFen = profile.Limits.RowFen,
        CutOffs = [.. profile.Manners.CutOffs.Select(c =>
            LocalTimePattern.CreateWithInvariantCulture("HH:mm").Parse(c).Value)],
        CreditLagDays = profile.Manners.CreditLagDays,
        AnswerByDays = profile.Manners.AnswerByDays,
        WorksOnMakeUpDays = profile.Manners.WorksOnMakeUpDays,
        DebitsWholeFile = profile.Manners.DebitMode == DebitMode.WholeFile,
        Absence = profile.Manners.AbsenceProof switch
        {
            AbsenceProof.BankDedupes => AbsenceEvidence.BankDedupes,
            AbsenceProof.QuietPeriod => AbsenceEvidence.QuietPeriod,
            _ => AbsenceEvidence.Operator,
        },
        TakesRecalls = profile.Recall is not null,
        QuietHours = profile.Manners.QuietPeriodHours,
    };
}
