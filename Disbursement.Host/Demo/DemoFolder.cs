namespace Disbursement.Host.Demo;

/// <summary>
/// What a demo leaves behind: the database, the exchange with its banks, keys, the inputs used, and its steps.
/// </summary>
public sealed class DemoFolder
{
    private readonly string _steps;
    private readonly HashSet<string> _done;

    public DemoFolder(string root)
    {
        Root = Path.GetFullPath(root);
        _steps = Path.Combine(Root, "steps.txt");
        IsNew = !File.Exists(_steps);
        foreach (var folder in new[] { Root, Exchange, Keys, People, Inputs, Books }) Directory.CreateDirectory(folder);
        _done = File.Exists(_steps) ? [.. File.ReadAllLines(_steps)] : [];
    }

    public string Root { get; }

    /// <summary>No demo has begun here.</summary>
    public bool IsNew { get; }

    /// <summary>From now on the folder is a demo's, however early it is stopped.</summary>
    public void Claim()
    {
        if (IsNew) File.WriteAllText(_steps, "");
    }

    public string Database => Path.Combine(Root, "disburse.db");
    public string Exchange => Path.Combine(Root, "exchange");
    public string Keys => Path.Combine(Root, "keys");

    /// <summary>Private keys of the sample people: beside the public ones only because this is a demo.</summary>
    public string People => Path.Combine(Root, "people");
    public string Inputs => Path.Combine(Root, "inputs");

    /// <summary>The sandbox bank's own books; we never write there.</summary>
    public string Books => Path.Combine(Root, "bank-books");
    public string Journal => Path.Combine(Root, "send-journal");

    /// <summary>Papers by law of the month, made when it is over.</summary>
    public string Papers => Path.Combine(Root, "papers");

    public bool IsDone(string step) => _done.Contains(step);

    /// <summary>
    /// A step counts as done once this line is on disk; until then it is repeated, and repeating changes nothing.
    /// </summary>
    public void MarkDone(string step)
    {
        using var stream = new FileStream(_steps, FileMode.Append, FileAccess.Write);
        stream.Write(System.Text.Encoding.UTF8.GetBytes(step + "\n"));
        stream.Flush(flushToDisk: true);
        _done.Add(step);
    }
}
