using System.IO;
using System.Reflection;
using System.Runtime.Loader;

namespace CspMigration.PowerShell.Tests;

/// <summary>
/// What PowerShell has at the moment it lists a module's types: its own assembly and what lies beside the manifest,
/// not yet the handler that finds <c>lib/</c>.
/// </summary>
internal sealed class WithoutPrivateLibraries() : AssemblyLoadContext("without private libraries", isCollectible: true)
{
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        var path = assemblyName.Name switch
        {
            "System.Management.Automation" => Places.PowerShellStandard,
            "CspMigration.Contracts" => Path.Combine(Places.Module, "CspMigration.Contracts.dll"),
            _ => null,
        };
        return path is null ? null : LoadFromAssemblyPath(path);
    }
}
