using System.Globalization;
using System.Text;
using Disbursement.BankAdapters.Sandbox;
using Disbursement.Engine.People;
using Disbursement.Engine.Returns;
using Disbursement.Engine.Runtime;
using Disbursement.Host.Audit;
using Disbursement.Host.Security;

namespace Disbursement.Host.Simulation;

/// <summary>Keys change: people's, ours at a bank, a bank's own.</summary>
internal sealed partial class World
{
    private bool _isAnchored;
    private bool _hasRestored;
    private readonly bool[] _bankRotated = new bool[SimulatedSites.Profiles.Count];

    private void RotatePerson(Step step)
    {
        var person = _people.Values.ElementAt(step.A % _people.Count);
        var version = VersionOf(person.Handle) + 1;
        var key = SimulatedPeople.Key(person.Handle, version);
        var command = new Command("person.rekey", ("person", person.Handle))
            .With(PersonRekey.Document(person.Handle, ApprovalSignature.Ed25519, key.PublicPem));
        var others = _people.Keys.Where(h => h != person.Handle).ToList();
        Both(command, others[0], others[1]);
        SyncPeople();
        // Somebody signs with the old key out of habit.
        if (step.B % 4 != 0 || VersionOf(person.Handle) < version) return;
        var signed = _host.Decide(person, new Command("payroll.check", ("payroll", 1)));
        if (!signed.Accepted) Meet("an old key was refused");
    }

    /// <summary>From now on everybody signs with the key the ledger knows.</summary>
    private void SyncPeople()
    {
        foreach (var first in SimulatedPeople.All)
        {
            var key = SimulatedPeople.Key(first.Handle, VersionOf(first.Handle));
            _people[first.Handle] = first with { PrivateKeyPem = key.PrivatePem, PublicKeyPem = key.PublicPem };
        }
    }

    private int VersionOf(string handle) => (int)Eye<long>("""
        SELECT coalesce(max(k.version), 1) FROM person p
        LEFT JOIN person_key k ON k.ledger = p.ledger AND k.person = p.person
        WHERE p.ledger = @ledger AND p.handle = @text
        """, text: handle)[0];

    /// <summary>Our key at one bank is replaced: the bank knows it at once, files sealed before it are refused.
    /// </summary>
    private void RotateOurs(Step step)
    {
        var profile = SimulatedSites.Profiles[step.A % 2];
        OwnKeys();
        Swap($"ours-{profile}", $"next-ours-{profile}");
        _banks[step.A % 2].Uses(BankKeys.Read(_keys, profile));
        _host = Begin();
        Meet("our key changed");
    }

    /// <summary>A bank tells of its next certificate, two people adopt both, and then it signs with the other key.
    /// </summary>
    private void RotateBank(Step step)
    {
        var bank = step.A % 2;
        if (_bankRotated[bank]) return;
        OwnKeys();
        if (!AdoptsBoth(bank)) return;
        _bankRotated[bank] = true;
        Swap($"bank-{SimulatedSites.Profiles[bank]}", $"next-bank-{SimulatedSites.Profiles[bank]}");
        _banks[bank].Uses(BankKeys.Read(_keys, SimulatedSites.Profiles[bank]));
    }

    private bool AdoptsBoth(int bank)
    {
        var profile = SimulatedSites.Profiles[bank];
        var pem = File.ReadAllText(Path.Combine(_base.Keys, $"bank-{profile}.pem"))
            + File.ReadAllText(Path.Combine(_base.Keys, $"next-bank-{profile}.pem"));
        var command = new Command("ledger.adopt", ("kind", BankReceive.Certificate), ("name", profile))
            .With(new InputDocument(BankReceive.Certificate, Encoding.UTF8.GetBytes(pem)));
        return By(SimulatedPeople.Treasurer, command) is not null
            && By(SimulatedPeople.Supervisor, command)?.Result is Engine.Audit.AdoptionRow;
    }

    private void OwnKeys()
    {
        if (_keys != _base.Keys) return;
        _keys = Directory.CreateDirectory(Path.Combine(_folder, "keys")).FullName;
        foreach (var file in Directory.EnumerateFiles(_base.Keys))
            File.Copy(file, Path.Combine(_keys, Path.GetFileName(file)));
    }

    private void Swap(string name, string next)
    {
        foreach (var suffix in new[] { ".pem", ".key.pem" })
        {
            var (one, other) = (Path.Combine(_keys, name + suffix), Path.Combine(_keys, next + suffix));
            var (text, later) = (File.ReadAllText(one), File.ReadAllText(other));
            File.WriteAllText(one, later);
            File.WriteAllText(other, text);
        }
    }

    /// <summary>The run ends: the head is signed and the anchor moves, where the disk allows.</summary>
    private void EndRun()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(AnchorPath)!);
        // A first anchor that could not be written stays missing, as one that is gone does, for the next start to see.
        var isExpected = File.Exists(AnchorPath)
            || Eye<long>("SELECT count(*) FROM checkpoint WHERE ledger = @ledger")[0] == 0;
        try
        {
            _host.EndRun();
            _isAnchored = isExpected;
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            Meet("the anchor could not be written");
        }
    }

    /// <summary>L8: after a run that ended well the anchor states the history as it is. After a restore it may state
    /// one that is lost, until somebody recovers.</summary>
    private Violation? StoodStill(Step step)
    {
        if (!_isAnchored || _hasRestored) return null;
        _isAnchored = false;
        var (stated, leaves) = (new Anchor(AnchorPath).Stated()?.Size ?? 0,
            Eye<long>("SELECT leaves FROM ledger_head WHERE ledger = @ledger")[0]);
        return stated == leaves ? null
            : new Violation(step, "L8", [$"L8: the anchor states {stated} leaves, there are {leaves}"]);
    }

    private static string Epoch(int restores) => string.Create(CultureInfo.InvariantCulture, $"PR{restores:00}");
}
