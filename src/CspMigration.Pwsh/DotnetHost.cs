using System.IO;
using System.Runtime.InteropServices;

namespace CspMigration.Pwsh;

/// <summary>The <c>dotnet</c> of the runtime that runs this program, whatever is on the PATH.</summary>
public static class DotnetHost
{
    /// <summary>The folder .NET is installed in.</summary>
    public static string Root { get; } = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));

    /// <summary>The program itself.</summary>
    public static string File { get; } = Path.Combine(Root, RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? "dotnet.exe" : "dotnet");
}
