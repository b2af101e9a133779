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
}
