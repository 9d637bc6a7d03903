using Disbursement.BankAdapters.Profiles;
using Disbursement.BankAdapters.Seams;
using Disbursement.BankAdapters.Transports;

namespace Disbursement.Host.Simulation;

/// <summary>
/// The line between the Host and one bank: the exchange of folders with everything that can happen to a call on it.
/// </summary>
/// <param name="tear">Cuts the newest record of the send journal short, where it is of these bytes.</param>
internal sealed class SimulatedLine(ITransport folders, SimulatedBank bank, string inbox, Hazard hazard,
    FixedMoment clock, Action<ReadOnlyMemory<byte>> tear) : ITransport
{
    /// <summary>The kind that the profiles of a simulated world name.</summary>
    public const string Kind = "simulated";

    public SendResult Send(string name, SealedMessage message)
    {
        switch (hazard.OfCall("send"))
        {
            case Fault.DeathBeforeCall: hazard.Die("before a call to send"); break;
            case Fault.TornJournal:
                tear(message.Body);
                hazard.Die("while it wrote the send journal");
                break;
            case Fault.NoAnswer: throw new IOException("no route to the bank");
            case Fault.NotSent: return new SendResult(SendOutcome.NotSent, "the line was down before the first byte");
            case Fault.LostAnswer:
                Put(name, message);
                throw new IOException("the line broke before the bank's answer");
            case Fault.DeathAfterCall:
                Put(name, message);
                hazard.Die("after a call to send");
                break;
        }
        return Put(name, message);
    }

    public IReadOnlyList<string> List()
    {
        Asked("list");
        return bank.Waiting(clock.At);
    }

    public SealedMessage? Take(string name)
    {
        Asked("take");
        return folders.Take(name);
    }

    public void Acknowledge(string name)
    {
        var fault = hazard.OfCall("acknowledge");
        if (fault is Fault.DeathBeforeCall or Fault.TornJournal) hazard.Die("before an acknowledgement");
        if (fault is Fault.NoAnswer or Fault.NotSent) throw new IOException("no route to the bank");
        folders.Acknowledge(name);
        if (fault == Fault.DeathAfterCall) hazard.Die("after an acknowledgement");
        if (fault == Fault.LostAnswer) throw new IOException("the line broke after the acknowledgement");
    }

    private void Asked(string what)
    {
        switch (hazard.OfCall(what))
        {
            case Fault.DeathBeforeCall or Fault.DeathAfterCall or Fault.TornJournal:
                hazard.Die($"in a call to {what}");
                break;
            case Fault.NoAnswer or Fault.NotSent or Fault.LostAnswer: throw new IOException("the line is down");
        }
    }

    private SendResult Put(string name, SealedMessage message)
    {
        var result = folders.Send(name, message);
        foreach (var part in new[] { name + message.SignatureSuffix, name })
            if (File.Exists(Path.Combine(inbox, part)) && !result.NameTaken)
                SimulatedBank.Stamp(Path.Combine(inbox, part), clock.At);
        return result;
    }

    /// <summary>Registers the kind with a world's banks behind it.</summary>
    /// <param name="line">The line of a bank's folder of the exchange.</param>
    public sealed class Registration(Func<string, ITransport, ITransport> line) : IAdapterRegistration
    {
        public void Register(BankCatalogue catalogue) => catalogue.Carries(Kind, setting =>
            line(Path.GetFileName(setting.Folder), TransportCatalogue.Find(TransportCatalogue.Folder, setting)!));
    }
}
