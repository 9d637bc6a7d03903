using System.Text;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;

namespace Disbursement.Engine.People;

/// <summary>What is sealed of a worker: name, identity number and phone, one to a line.</summary>
public sealed record WorkerText(string Name, string Identity, string Phone)
{
    private const string Label = "worker";

    public static string Subject(long worker) => FormattableString.Invariant($"worker/{worker}");

    public static string HashOf(IVault vault, string identity) =>
        vault.Hash("identity", Encoding.UTF8.GetBytes(IdentityNumber.Canonical(identity)));

    public byte[] Seal(IVault vault, long worker) =>
        vault.SealField(Subject(worker), Label, $"{Name}\n{Identity}\n{Phone}");

    /// <summary>The text, or null where the worker's key was erased.</summary>
    /// <param name="secret">The key, read along with the row.</param>
    public static WorkerText? Open(IVault vault, long worker, byte[]? secret, byte[] bytes)
    {
        vault.Offer(Subject(worker), secret);
        return vault.OpenField(Subject(worker), Label, bytes)?.Split('\n') is [var name, var identity, var phone]
            ? new WorkerText(name, identity, phone)
            : null;
    }
}

/// <summary>What is sealed of a payee account (安康卡): account, holder and bank, one to a line.</summary>
public sealed record PayeeText(string Account, string Holder, string BankName)
{
    public byte[] Seal(IVault vault, long worker, long version) =>
        vault.SealField(WorkerText.Subject(worker), Label(version), $"{Account}\n{Holder}\n{BankName}");

    /// <summary>The text, or null where the worker's key was erased.</summary>
    public static PayeeText? Open(IVault vault, long worker, long version, byte[] bytes) =>
        vault.OpenField(WorkerText.Subject(worker), Label(version), bytes)?.Split('\n')
            is [var account, var holder, var bank]
            ? new PayeeText(account, holder, bank)
            : null;

    private static string Label(long version) => FormattableString.Invariant($"payee/{version}");
}
