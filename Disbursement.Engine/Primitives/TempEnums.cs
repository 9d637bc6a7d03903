namespace Disbursement.Engine.Payroll { public enum PayrollState { Received, Checked, Refused, Submitted, Approved, SentBack, Settled, Withdrawn } }
namespace Disbursement.Engine.Accounts { public enum ReleaseState { Planned, Funded, Short, Filed, Settling, Done, Cancelled } }
namespace Disbursement.Engine.Files { public enum FileState { Built, Sealed, Sending, Delivered, Unknown, Refused, Accepted, Reconciled, Withdrawn } }
namespace Disbursement.Engine.Arrears { public enum ObligationState { Open, Demanded, Overdue, Discharged, Withdrawn } public enum RecoveryState { Open, Recovered, WrittenOff } public enum WarningState { Raised, Published, Acknowledged, Handling, Replied, Closed, Cleared } }
namespace Disbursement.Engine.Returns { public enum OutcomeKind { Settled, Rejected, Returned, NotSent } public enum OutcomeSource { Report, Statement, People, Log } }
