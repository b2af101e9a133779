using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Xunit;

namespace CspMigration.Core.Tests.Support;

/// <summary>
/// The bodies printed in the public documentation. They are not part of this repository: they are looked for in the
/// folder <c>CSPMIGRATION_FIXTURES</c> names, else in <c>shared/partner-center/fixtures</c> of a directory above.
/// </summary>
internal static class PublicSamples
{
    private const string Variable = "CSPMIGRATION_FIXTURES";

    public static string? Folder { get; } = FindFolder();

    public static string? WhyAbsent { get; } = Folder is null
        ? $"There is no folder of documentation samples: {Variable} is not set and no directory above has shared/partner-center/fixtures."
        : null;

    public static IEnumerable<string> Files(params string[] patterns)
    {
        return patterns.SelectMany(pattern => Directory.EnumerateFiles(Folder!, pattern)).Distinct().Order(StringComparer.Ordinal);
    }

    private static string? FindFolder()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
        {
            return Directory.Exists(named) ? named : null;
        }

        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            var folder = Path.Combine(directory.FullName, "shared", "partner-center", "fixtures");
            if (Directory.Exists(folder))
            {
                return folder;
            }
        }

        return null;
    }
}

/// <summary>A test over the documentation's samples; skipped where they are not at hand.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SampleFactAttribute : FactAttribute
{
    public SampleFactAttribute() => Skip = PublicSamples.WhyAbsent;
}
