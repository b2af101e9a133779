using System.IO;
using System.Linq;
using System.Reflection;

namespace CspMigration.Migration.Tests.Support;

/// <summary>Files of the repository that tests of both kinds read.</summary>
internal static class Repository
{
    private static readonly string Root = typeof(Repository).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "Repository")
        .Value!;

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);
}
