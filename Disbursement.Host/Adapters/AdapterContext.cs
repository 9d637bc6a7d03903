using System.Reflection;
using System.Runtime.Loader;

namespace Disbursement.Host.Adapters;

/// <summary>
/// Loads assemblies from the bytes that were digested. What one refers to is either named too, or ships with the
/// program; nothing is ever looked for on disk.
/// </summary>
internal sealed class AdapterContext() : AssemblyLoadContext("adapters")
{
    private readonly Dictionary<string, byte[]> _named = new(StringComparer.Ordinal);

    public void Add(string name, byte[] bytes) => _named[name] = bytes;

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (!_named.TryGetValue(assemblyName.Name ?? "", out var bytes)) return null;
        using var stream = new MemoryStream(bytes, writable: false);
        return LoadFromStream(stream);
    }
}
