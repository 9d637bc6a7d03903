using System.Diagnostics;
using System.Globalization;
using System.Text;
using Disbursement.Engine.Returns;
using Disbursement.Engine.Runtime;
using Disbursement.Host.Demo;
using Disbursement.Host.Storage;
using NodaTime;

namespace Disbursement.Host.Bench;

/// <summary>
/// Another writer of the ledger, with a store of its own as another process has: receives a small bank message twice a
/// second while sheets are imported, and keeps the longest time one took to be committed.
/// </summary>
internal sealed class BenchReceiver : IDisposable
{
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(500);

    private readonly CommandRunner _runner;
    private readonly ManualResetEventSlim _may = new(initialState: true);
    private readonly CancellationTokenSource _end = new();
    private readonly Thread _thread;

    public BenchReceiver(Dialect dialect)
    {
        _runner = new Composition(new LedgerStore(dialect), new FixedMoment(Instant.FromUtc(2026, 2, 2, 1, 0))).Runner;
        _thread = new Thread(Work) { IsBackground = true };
        _thread.Start();
    }

    public long Received { get; private set; }
    public double LongestSeconds { get; private set; }

    public void Pause() => _may.Reset();
    public void Go() => _may.Set();

    public void Dispose()
    {
        if (_end.IsCancellationRequested) return;
        _may.Set();
        _end.Cancel();
        _thread.Join();
    }

    private void Work()
    {
        while (!_end.IsCancellationRequested)
        {
            _may.Wait();
            var name = string.Create(CultureInfo.InvariantCulture, $"beside-{Received}.txt");
            var command = new Command("bank.receive", ("profile", DemoWorld.Profiles[0]), ("name", name))
                .With(new InputDocument(BankReceive.Body, Encoding.UTF8.GetBytes(name), Personal: true, name));
            var began = Stopwatch.GetTimestamp();
            var decision = _runner.Run(DemoWorld.Guiyang, command);
            LongestSeconds = Math.Max(LongestSeconds, Stopwatch.GetElapsedTime(began).TotalSeconds);
            if (decision.Accepted) Received++;
            _end.Token.WaitHandle.WaitOne(Rest);
        }
    }
}
