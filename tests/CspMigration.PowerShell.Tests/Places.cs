using System.IO;
using System.Linq;
using System.Reflection;

namespace CspMigration.PowerShell.Tests;

/// <summary>Where things are, as the build wrote it down.</summary>
internal static class Places
{
    public static string Repository => Read("Repository");

    public static string Server => Read("Server");

    public static string OtherModule => Read("OtherModule");

    public static string Quickstart => Read("Quickstart");

    public static string HelpBuilder => Read("HelpBuilder");

    /// <summary>The file in which the build lists what the cmdlet assembly was compiled against.</summary>
    public static string HelpReferences => Read("HelpReferences");

    public static string HelpPages => Path.Combine(Repository, "module", "help");

    public static string Pester => Read("Pester");

    public static string PowerShellStandard => Read("PowerShellStandard");

    public static string Module => Path.Combine(Repository, "out", "CspMigration");

    public static string Library => Path.Combine(Module, "lib");

    public static string PesterTests => Path.Combine(Repository, "tests", "Pester");

    public static string Results => Path.Combine(Repository, "out", "TestResults");

    private static string Read(string name)
    {
        return typeof(Places).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == name).Value!;
    }
}
