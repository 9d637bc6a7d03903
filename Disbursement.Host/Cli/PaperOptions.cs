using System.CommandLine;
using Disbursement.Engine.Primitives;
using Disbursement.Host.Papers;

namespace Disbursement.Host.Cli;

/// <summary>--out and --font of the papers.</summary>
internal sealed class PaperOptions
{
    private readonly Option<FileSystemInfo> _out = new("--out")
    {
        Required = true,
        Description = "目录, 或以 .xlsx .pdf (证据材料: .zip) 结尾的文件 / a folder, or a file ending in .xlsx, .pdf or .zip",
    };

    private readonly Option<FileSystemInfo?> _font = new("--font")
    {
        Description = $"中文字体文件或目录, 缺省见 {ChineseFont.Variable} 和系统字体 / a Chinese font, file or folder",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_out);
        command.Options.Add(_font);
    }

    /// <summary>Where papers go. A file that is in the way of a folder is bad usage.</summary>
    public string PathOf(ParseResult parse)
    {
        var path = parse.GetValue(_out)!.ToString();
        var isFile = Path.GetExtension(path).ToLowerInvariant() is PaperFiles.Workbook or PaperFiles.Pages or ".zip";
        if (isFile && Directory.Exists(path)) throw Usage.FolderNamed(path, "--out ");
        return isFile || !File.Exists(path) ? path : throw Usage.FileNamed(path, "--out ");
    }

    public FoundFont Font(ParseResult parse)
    {
        var named = parse.GetValue(_font)?.ToString() ?? ChineseFont.OfEnvironment;
        if (named is not null && !File.Exists(named) && !Directory.Exists(named))
            throw Usage.NoFile(named, "--font ");
        return new FoundFont(ChineseFont.Find(named));
    }
}

/// <summary>A font for the time of one run, or why there is none.</summary>
internal sealed class FoundFont(Decision<ChineseFont> decision) : IDisposable
{
    public Decision<ChineseFont> Decision => decision;

    public void Dispose()
    {
        if (decision.Accepted) decision.Value.Dispose();
    }
}
