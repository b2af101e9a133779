using System;
using System.IO;
using System.Linq;
using System.Reflection;

namespace CspMigration.Benchmarks;

/// <summary>Where things are.</summary>
internal static class Places
{
    public static string Repository { get; } =
        typeof(Places).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "Repository").Value!;

    /// <summary>The staged module's manifest.</summary>
    public static string Module => Path.Combine(Repository, "out", "CspMigration", "CspMigration.psd1");

    /// <summary>PowerShell 7 on the path; null where there is none.</summary>
    public static string? Pwsh => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .SelectMany(folder => new[] { Path.Combine(folder, "pwsh"), Path.Combine(folder, "pwsh.exe") })
        .FirstOrDefault(File.Exists);
}
