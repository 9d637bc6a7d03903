using Disbursement.Engine.Accounts;
using Disbursement.Engine.Audit;
using Disbursement.Engine.Calendars;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;
using NodaTime;

namespace Disbursement.Engine.Files;

/// <summary>
/// The bank a wage account pays through, as the ledger has adopted it: profile and calendar in force.
/// </summary>
/// <param name="ProfileVersion">Version of the adoption, which a file keeps: it is
/// encoded by this one for ever.</param>
public sealed record PayerBank(WageAccountRow Account, BankAccountRow Bank, long ProfileVersion, BankTerms Terms,
    BankWindow Window)
{
    /// <summary>The bank of an account. An account without one, or a ledger without its profile, is a defect.</summary>
    public static PayerBank Of(IRowReader rows, IVault vault, IBankTermsReader reader, long account)
    {
        var wage = rows.Find<WageAccountRow>(("account", account))
            ?? throw new DefectException($"there is no account {account}");
        var bank = rows.Find<BankAccountRow>(("bank_account", wage.BankAccount))
            ?? throw new DefectException($"there is no bank account {wage.BankAccount}");
        var (version, terms) = Adopted(rows, vault, reader, bank.Profile);
        return new PayerBank(wage, bank, version, terms, terms.Window(Calendar(rows, vault)));
    }

    /// <summary>The bank of an account within a decision.</summary>
    public static PayerBank Of(DecisionContext context, IBankTermsReader reader, long account) =>
        Of(context.Rows, context.Vault, reader, account);

    /// <summary>The end of the bank day by which the bank should have answered what was sent then; null beyond the
    /// calendar.</summary>
    public Instant? AnswerBy(Instant sent)
    {
        var day = Window.AddBankDays(ChinaTime.DayOf(sent), Terms.AnswerByDays);
        return day.Accepted ? ChinaTime.At(day.Value.PlusDays(1), LocalTime.Midnight) : null;
    }

    /// <summary>The terms of a profile as last adopted.</summary>
    public static BankTerms TermsOf(DecisionContext context, IBankTermsReader reader, string profile) =>
        Adopted(context.Rows, context.Vault, reader, profile).Terms;

    /// <summary>The legal calendar as last adopted.</summary>
    public static LegalCalendar Calendar(IRowReader rows, IVault vault)
    {
        var calendar = CalendarText.Of(InForce(rows, vault, Adopt.Calendar, "cn").Bytes);
        Invariant.Holds(calendar.Accepted, "an adopted calendar parses");
        return calendar.Value;
    }

    private static (long Version, BankTerms Terms) Adopted(IRowReader rows, IVault vault, IBankTermsReader reader,
        string profile)
    {
        var (version, bytes) = InForce(rows, vault, Adopt.Profile, profile);
        return (version, reader.Parse(bytes)
            ?? throw new DefectException($"the adopted profile {profile} does not parse"));
    }

    private static (long Version, byte[] Bytes) InForce(IRowReader rows, IVault vault, string kind, string name)
    {
        var versions = rows.List<AdoptionRow>(("kind", kind), ("name", name));
        if (versions.Count == 0) throw new DefectException($"the ledger has adopted no {kind} {name}");
        var newest = versions[^1];
        return (newest.Version, vault.Open(newest.Document)
            ?? throw new DefectException($"the document of {kind} {name} is not there"));
    }
}
