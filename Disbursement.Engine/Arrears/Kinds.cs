namespace Disbursement.Engine.Arrears;

/// <summary>
/// Unpaid: approved claims past due. Unassessed: attendance without an approved claim at the due date.
/// </summary>
public enum ObligationKind { Unpaid, Unassessed }

/// <summary>Why a line left its obligation.</summary>
public enum LeftCause { SettledLate, Advanced, Outside, Deposit, Voided, FoundPaid, Assessed, Withdrawn }

/// <summary>Who owes back what was advanced, or credited twice.</summary>
public enum DebtorKind { Subcontractor, Worker }

/// <summary>Regulators' tiers 县 → 市 → 省.</summary>
public enum WarningTier { County, City, Province }

/// <summary>黄 → 橙 → 红.</summary>
public enum WarningLevel { Yellow, Orange, Red }
