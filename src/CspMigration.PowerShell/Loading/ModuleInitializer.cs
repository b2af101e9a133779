using System.Management.Automation;
using CspMigration.Contracts;
using CspMigration.PowerShell.Wording;

namespace CspMigration.PowerShell.Loading;

/// <summary>Runs when PowerShell imports the module, in every runspace that does.</summary>
public sealed class ModuleInitializer : IModuleAssemblyInitializer
{
    /// <summary>Lets the private libraries be found, and has what they advise be worded as commands.</summary>
    public void OnImport()
    {
        RemedyWording.Use(remedy => RemedyText.Of(remedy));
        PrivateLoad.Enable();
    }
}
