namespace Disbursement.Engine.Arrears;

/// <summary>Codes of the warning rules the engine evaluates; their parameters stand in the rule pack.</summary>
public static class WarningRule
{
    public const string FundLate = "W01";
    public const string FundShort = "W02";
    public const string NotPaid = "W03";
    public const string DueMissed = "W04";
    public const string HeadCount = "W05";
    public const string MeanLow = "W06";
    public const string Overpaid = "W07";
    public const string Leaver = "W08";
    public const string Returned = "W09";
    public const string Outflow = "W10";
    public const string NotConfirmed = "W12";
    public const string CardAbuse = "W13";
    public const string Backward = "W14";
    public const string CrimeLine = "W15";
}
