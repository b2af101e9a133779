using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Reflection;

namespace CspMigration.Pwsh;

/// <summary>Starts the PowerShell that the build restored, or the one that <c>CSPMIGRATION_PWSH</c> names.</summary>
public static class PwshProcess
{
    /// <summary>The environment variable that names another PowerShell 7: its <c>pwsh</c>, or its <c>pwsh.dll</c>.</summary>
    public const string Variable = "CSPMIGRATION_PWSH";

    /// <summary>The version of the PowerShell that the build restored.</summary>
    public static string RestoredVersion => Read("PowerShellVersion");

    /// <summary>Prepares a start that nothing of the user's profile reaches; the process is PowerShell itself, so killing it ends its work.</summary>
    /// <param name="arguments">What follows <c>pwsh -NoProfile</c>.</param>
    /// <exception cref="FileNotFoundException">There is no such file; the message says what to do.</exception>
    public static ProcessStartInfo Prepare(IEnumerable<string> arguments)
    {
        var file = Find();
        var isLibrary = Path.GetExtension(file).Equals(".dll", StringComparison.OrdinalIgnoreCase);
        var start = new ProcessStartInfo(isLibrary ? DotnetHost.File : file);
        if (isLibrary)
        {
            start.ArgumentList.Add(file);

            // Start-Job runs the executable beside the file, which finds .NET by this.
            start.Environment["DOTNET_ROOT"] = DotnetHost.Root;
        }

        // Nothing that is run here has business on the network.
        start.Environment["POWERSHELL_TELEMETRY_OPTOUT"] = "1";
        start.Environment["POWERSHELL_UPDATECHECK"] = "Off";
        foreach (var argument in arguments.Prepend("-NoProfile"))
        {
            start.ArgumentList.Add(argument);
        }

        return start;
    }

    private static string Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
        {
            return File.Exists(named) ? Path.GetFullPath(named) : throw new FileNotFoundException($"{Variable} names {named}, which is not a file. It takes the path of a pwsh, or of a pwsh.dll.");
        }

        var restored = Read("Pwsh");
        return File.Exists(restored)
            ? restored
            : throw new FileNotFoundException($"PowerShell {RestoredVersion} is no longer at {restored}, where the build restored it. Build again, or set {Variable} to the path of a pwsh.");
    }

    private static string Read(string name)
    {
        return typeof(PwshProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == name).Value!;
    }
}
