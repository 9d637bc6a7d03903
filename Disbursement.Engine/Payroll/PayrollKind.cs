namespace Disbursement.Engine.Payroll;

/// <summary>What a payroll claims: the period's wage, a supplement to it (补发), or a leaver's last wage (一次付清).</summary>
public enum PayrollKind { Ordinary, Supplementary, FinalSettlement }
