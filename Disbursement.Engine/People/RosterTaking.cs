using Disbursement.Engine.Erasure;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.People;

/// <summary>The lines of one roster against what the register holds: which rows they add.</summary>
internal sealed class RosterTaking
{
    private readonly DecisionContext _context;
    private readonly string _document;
    private readonly Dictionary<string, long> _projects;
    private readonly Dictionary<string, long> _employers;
    private readonly Dictionary<long, string> _hashOfRow;
    private readonly Dictionary<string, KnownWorker> _known;
    private readonly ILookup<string, ErasedBefore> _erased;
    private readonly Dictionary<string, long> _fresh = new(StringComparer.Ordinal);
    private readonly Dictionary<(long Project, long Employer, long Worker), RegistrationRow> _registered;
    private readonly HashSet<long> _changed = [];
    private readonly List<EmployerRow> _newEmployers = [];
    private readonly List<WorkerRow> _workers = [];
    private readonly List<RegistrationRow> _registrations = [];
    private readonly List<PayeeAccountRow> _payees = [];

    public RosterTaking(DecisionContext context, Dictionary<string, long> projects, IReadOnlyList<RosterLine> lines)
    {
        _context = context;
        _projects = projects;
        _document = context.InputDigest(RosterImport.Input);
        _employers = context.Rows.List<EmployerRow>().ToDictionary(e => e.CreditCode, e => e.Employer);
        _hashOfRow = lines.ToDictionary(l => l.Row, l => WorkerText.HashOf(context.Vault, l.Identity));
        _known = context.Queries.Workers([.. _hashOfRow.Values.Distinct()]).ToDictionary(w => w.IdentityHash);
        _erased = context.Queries.ErasedBefore([.. _hashOfRow.Values.Distinct()]).ToLookup(e => e.IdentityHash);
        _registered = context.Queries.NewestRegistrations([.. _known.Values.Select(w => w.Worker)])
            .ToDictionary(r => (r.Project, r.Employer, r.Worker));
    }

    public List<Finding> Findings { get; } = [];

    /// <summary>
    /// L1: who was erased on a project is not registered there again, where the new number could be owed what the old
    /// one was paid.
    /// </summary>
    public IReadOnlyList<Finding> ErasedThere(IReadOnlyList<RosterLine> lines) =>
    [
        .. lines.Where(l => _erased[_hashOfRow[l.Row]].Any(e => e.Project == _projects[l.Project]))
            .Select(l => new Finding(ErasureRules.ErasedThere,
                new Place(_context.Command.Text("file"), l.Row, "项目编码", l.Project), l.Project)),
    ];

    public void Take(RosterLine line)
    {
        var hash = _hashOfRow[line.Row];
        var employer = Employer(line);
        var worker = _known.TryGetValue(hash, out var known) ? Known(line, known) : Fresh(line, hash);
        Register(line, employer, worker);
    }

    public Changes Changes() =>
        new Changes().Insert(_newEmployers).Insert(_workers).Insert(_registrations).Insert(_payees);

    private long Employer(RosterLine line)
    {
        if (_employers.TryGetValue(line.Employer, out var id)) return id;
        _employers[line.Employer] = id = _context.NextId("employer");
        var name = line.EmployerName.Length > 0 ? line.EmployerName : line.Employer;
        _newEmployers.Add(new EmployerRow { Employer = id, CreditCode = line.Employer, Name = name });
        return id;
    }

    private long Known(RosterLine line, KnownWorker known)
    {
        if (WorkerText.Open(_context.Vault, known.Worker, known.Secret, known.Sealed) is { } text
            && text.Name != line.Name)
            Findings.Add(new Finding(RegisterRules.NameKept,
                new Place(_context.Command.Text("file"), line.Row, "姓名", line.Name), text.Name));
        var payee = new PayeeText(line.Card, line.Holder, line.BankName);
        var current = known.PayeeVersion is { } version
            ? PayeeText.Open(_context.Vault, known.Worker, version, known.PayeeSealed!)
            : null;
        if (line.Card.Length > 0 && (payee != current || known.BankCode != line.BankCode) && _changed.Add(known.Worker))
            _payees.Add(Payee(known.Worker, (known.PayeeVersion ?? 0) + 1, payee, line.BankCode));
        return known.Worker;
    }

    private long Fresh(RosterLine line, string hash)
    {
        // One person on two projects of the same roster is one worker.
        if (_fresh.TryGetValue(hash, out var worker)) return worker;
        _fresh[hash] = worker = _context.NextId("worker");
        // A number nobody had has no key either: asked for one by one, that would be a question per person.
        _context.Vault.Offer(WorkerText.Subject(worker), null);
        _workers.Add(new WorkerRow
        {
            Worker = worker,
            IdentityHash = hash,
            ErasedBefore = _erased[hash].Select(e => e.Worker).Distinct().Count(),
            Sealed = new WorkerText(line.Name, line.Identity, line.Phone).Seal(_context.Vault, worker),
        });
        if (line.Card.Length > 0)
            _payees.Add(Payee(worker, 1, new PayeeText(line.Card, line.Holder, line.BankName), line.BankCode));
        return worker;
    }

    private PayeeAccountRow Payee(long worker, long version, PayeeText text, string bankCode) => new()
    {
        Worker = worker,
        Version = version,
        AccountHash = _context.Vault.AccountHash(text.Account),
        BankCode = bankCode,
        Sealed = text.Seal(_context.Vault, worker, version),
        ProposedBy = _context.Actor!.Person,
        Document = _document,
    };

    private void Register(RosterLine line, long employer, long worker)
    {
        var project = _projects[line.Project];
        var last = _registered.GetValueOrDefault((project, employer, worker));
        if (last is not null && (last.Team, last.Trade, last.JoinedOn, last.LeftOn)
            == (line.Team, line.Trade, line.Joined, line.Left)) return;
        _registrations.Add(new RegistrationRow
        {
            Project = project,
            Employer = employer,
            Worker = worker,
            Version = (last?.Version ?? 0) + 1,
            Team = line.Team,
            Trade = line.Trade,
            JoinedOn = line.Joined,
            LeftOn = line.Left,
            Document = _document,
            DocumentRow = line.Row,
        });
    }
}
