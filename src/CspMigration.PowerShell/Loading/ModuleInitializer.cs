using System.Management.Automation;

namespace CspMigration.PowerShell.Loading;

/// <summary>Runs when PowerShell imports the module, in every runspace that does.</summary>
public sealed class ModuleInitializer : IModuleAssemblyInitializer
{
    /// <summary>Lets the private libraries be found.</summary>
    public void OnImport() => PrivateLoad.Enable();
}
