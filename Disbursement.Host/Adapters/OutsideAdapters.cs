using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Disbursement.BankAdapters.Profiles;
using Disbursement.BankAdapters.Seams;
using Disbursement.Engine.Primitives;

namespace Disbursement.Host.Adapters;

/// <summary>
/// What the file of adapters adds (specs/adapters.md): codecs, envelopes and transports of other assemblies, and
/// profiles of folders outside. Either all of it holds, or nothing starts.
/// </summary>
/// <param name="Catalogue">Everything that ships and everything that was added.</param>
/// <param name="Profiles">Paths of the profiles outside, by folder and name.</param>
public sealed record OutsideAdapters(BankCatalogue Catalogue, IReadOnlyList<string> Profiles)
{
    /// <summary>Only what ships.</summary>
    public static OutsideAdapters None { get; } = new(BankCatalogue.Shipped, []);

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false, // a key given twice: which of the two was meant is not ours to guess
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
    };

    /// <summary>Reads the file and loads what it names; paths in it are taken from its own folder.</summary>
    public static Decision<OutsideAdapters> Read(string path)
    {
        byte[] text = [];
        try
        {
            text = File.ReadAllBytes(path);
            var named = JsonSerializer.Deserialize<AdapterFile>(text, s_json)
                ?? throw new JsonException("could not be converted");
            var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
            if (Absent(path, folder, named) is { } absent) return Decision<OutsideAdapters>.Refuse([absent]);
            var catalogue = Load(folder, named.Assemblies ?? []);
            if (!catalogue.Accepted) return Decision<OutsideAdapters>.Refuse(catalogue.Findings);
            var profiles = (named.Profiles ?? []).SelectMany(outside => Directory
                .EnumerateFiles(Path.Combine(folder, outside), "*.json").Order(StringComparer.Ordinal)).ToList();
            var findings = Troubles(profiles, catalogue.Value).ToList();
            return findings.Count > 0 ? Decision<OutsideAdapters>.Refuse(findings)
                : Decision<OutsideAdapters>.Accept(new(catalogue.Value, profiles));
        }
        catch (Exception unreadable) when (unreadable is JsonException or IOException or UnauthorizedAccessException)
        {
            return Decision<OutsideAdapters>.Refuse(AdapterRules.Unreadable, Place.Of("adapters", path), path,
                JsonFault.Of(unreadable, text, typeof(AdapterFile)));
        }
    }

    /// <summary>The first file or folder it names that is not there.</summary>
    private static Finding? Absent(string path, string folder, AdapterFile named)
    {
        foreach (var dll in (named.Assemblies ?? []).Select(a => a.File))
            if (!File.Exists(Path.Combine(folder, dll)))
                return new(AdapterRules.Unreadable, Place.Of("assemblies", dll), path,
                    Bilingual.Of($"没有程序集文件 {dll} (相对于该文件所在目录)",
                        $"there is no assembly {dll} (from the folder that file is in)"));
        foreach (var profiles in named.Profiles ?? [])
            if (!Directory.Exists(Path.Combine(folder, profiles)))
                return new(AdapterRules.Unreadable, Place.Of("profiles", profiles), path,
                    Bilingual.Of($"没有配置目录 {profiles} (相对于该文件所在目录)",
                        $"there is no folder of profiles {profiles} (from the folder that file is in)"));
        return null;
    }

    private static Decision<BankCatalogue> Load(string folder, IReadOnlyList<AdapterAssembly> assemblies)
    {
        var loaded = new AdapterContext();
        foreach (var named in assemblies)
        {
            // The bytes that were digested are the bytes that are loaded, whatever happens to the file meanwhile.
            var bytes = File.ReadAllBytes(Path.Combine(folder, named.File));
            var digest = Convert.ToHexStringLower(SHA256.HashData(bytes));
            if (digest != named.Sha256)
                return Decision<BankCatalogue>.Refuse(AdapterRules.OtherDigest, Place.Of("sha256", named.Sha256),
                    named.File, digest);
            loaded.Add(Path.GetFileNameWithoutExtension(named.File), bytes);
        }
        var catalogue = BankCatalogue.Shipped;
        foreach (var named in assemblies.Where(a => a.Type is not null))
        {
            try
            {
                var assembly = loaded.LoadFromAssemblyName(
                    new AssemblyName(Path.GetFileNameWithoutExtension(named.File)));
                var registration = Activator.CreateInstance(assembly.GetType(named.Type!, throwOnError: true)!);
                catalogue = catalogue.With($"{named.File} {named.Sha256}", (IAdapterRegistration)registration!);
            }
            // Code of a stranger, asked for the first time: whatever it throws, it is not used.
            catch (Exception unusable) when (unusable is not OutOfMemoryException)
            {
                return Decision<BankCatalogue>.Refuse(AdapterRules.Unusable, Place.Of("type", named.Type!), named.File,
                    named.Type!, (unusable.InnerException ?? unusable).Message);
            }
        }
        return Decision<BankCatalogue>.Accept(catalogue);
    }

    /// <summary>Profiles that do not hold, bear another name than their file, or a name that is taken.</summary>
    private static IEnumerable<Finding> Troubles(IReadOnlyList<string> profiles, BankCatalogue catalogue)
    {
        var taken = Shipped.Profiles().Select(file => Path.GetFileNameWithoutExtension(file)!).ToHashSet();
        foreach (var file in profiles)
        {
            var name = Path.GetFileNameWithoutExtension(file);
            var read = ProfileValidation.Read(Path.GetFileName(file), File.ReadAllBytes(file), catalogue);
            if (!read.Accepted)
            {
                foreach (var finding in read.Findings) yield return finding;
                continue;
            }
            if (read.Value.Id != name)
                yield return new(ProfileRules.OtherName, Place.Of("id", read.Value.Id), read.Value.Id, name);
            if (!taken.Add(name)) yield return new(AdapterRules.NameTaken, Place.Of("id", name), name);
        }
    }

    private sealed record AdapterFile(IReadOnlyList<AdapterAssembly>? Assemblies = null,
        IReadOnlyList<string>? Profiles = null);

    /// <summary>Without a type it is only what another one needs.</summary>
    private sealed record AdapterAssembly(string File, string Sha256, string? Type = null);
}

/// <summary>What can be wrong with adapters of other assemblies and profiles outside.</summary>
public static class AdapterRules
{
    public static readonly RefusalRule Unreadable = new("adapter.unreadable", Severity.Refusal,
        "适配器文件 {0} 无法读取: {1}", "The file of adapters {0} cannot be read: {1}",
        "按 specs/adapters.md 修正", "Correct it by specs/adapters.md");
    public static readonly RefusalRule OtherDigest = new("adapter.other-digest", Severity.Refusal,
        "程序集 {0} 的 SHA-256 是 {1}, 与适配器文件所写不符", "The assembly {0} has the SHA-256 {1}, not the one in the file "
        + "of adapters", "查明是谁换了该程序集; 核对无误后再改摘要",
        "Find out who changed the assembly; write the new digest only once that is known to be right");
    public static readonly RefusalRule Unusable = new("adapter.unusable", Severity.Refusal,
        "程序集 {0} 的 {1} 不能登记: {2}", "{1} of the assembly {0} cannot be registered: {2}",
        "核对类型名、其依赖的程序集及所用名称", "Check the type's name, the assemblies it needs and the names it adds");
    public static readonly RefusalRule NameTaken = new("adapter.name-taken", Severity.Refusal,
        "配置编号 {0} 已被占用", "The profile id {0} is taken",
        "给外部配置另起编号", "Give the outside profile an id of its own");

    public static IReadOnlyList<RefusalRule> All => [Unreadable, OtherDigest, Unusable, NameTaken];
}
