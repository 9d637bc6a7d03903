using System.CommandLine;

namespace Disbursement.Host.Cli;

/// <summary>The command line, made anew for each use: nothing in it is shared, so it may be parsed side by
/// side.</summary>
public static class CommandLine
{
    public static RootCommand Root() => Invoked();

    internal static Invocation Invoked()
    {
        var root = new Invocation("农民工工资代发 / payroll disbursement for migrant construction workers");
        GlobalOptions.AddTo(root);
        root.SetAction(ShortHelp.NoVerb);
        root.Subcommands.Add(ShortHelp.Create(root));
        root.Subcommands.Add(LedgerCommands.Init());
        root.Subcommands.Add(LedgerCommands.List());
        root.Subcommands.Add(DemoCommand.Create());
        root.Subcommands.Add(BenchCommand.Create());
        root.Subcommands.Add(PersonCommands.Create());
        root.Subcommands.Add(RegisterCommands.Projects());
        root.Subcommands.Add(RegisterCommands.Employers());
        root.Subcommands.Add(RegisterCommands.Workers());
        root.Subcommands.Add(ProfileCommands.Create());
        root.Subcommands.Add(KeyCommands.Create());
        root.Subcommands.Add(AuditCommands.Create());
        var import = ImportCommands.Create();
        import.Subcommands.Add(BankCommands.ImportStatement());
        root.Subcommands.Add(import);
        root.Subcommands.Add(PayeeCommands.Create());
        root.Subcommands.Add(CardCommands.Create());
        root.Subcommands.Add(PayrollCommands.Create());
        root.Subcommands.Add(PayrollCommands.Claims());
        root.Subcommands.Add(ArrearsCommands.Create());
        root.Subcommands.Add(ArrearsCommands.Recoveries());
        root.Subcommands.Add(WarningCommands.Create());
        root.Subcommands.Add(FeedCommands.Create());
        root.Subcommands.Add(PaperCommands.Create());
        root.Subcommands.Add(ReleaseCommands.Create());
        root.Subcommands.Add(AccountCommands.Create());
        root.Subcommands.Add(FileCommands.Create());
        root.Subcommands.Add(BackupCommand.Create());
        root.Subcommands.Add(RecoverCommands.Create());
        root.Subcommands.Add(PumpCommands.Tick());
        root.Subcommands.Add(BankCommands.Create());
        root.Subcommands.Add(ExceptionCommands.Create());
        root.Subcommands.Add(BankSandboxCommand.Create());
        root.Subcommands.Add(FuzzCommand.Create());
        root.Subcommands.Add(KillsCommand.Create());
        root.Subcommands.Add(SimulateCommand.Create());
        return root;
    }
}
