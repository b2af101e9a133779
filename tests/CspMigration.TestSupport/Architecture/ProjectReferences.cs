using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace CspMigration.TestSupport.Architecture;

/// <summary>Which assemblies of this project an assembly refers to.</summary>
public static class ProjectReferences
{
    /// <summary>Their names, sorted.</summary>
    public static IReadOnlyList<string> Of(Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        return Of(assembly.Location);
    }

    /// <summary>Their names, sorted, of an assembly that need not be loaded.</summary>
    /// <param name="path">Its file.</param>
    public static IReadOnlyList<string> Of(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        var metadata = file.GetMetadataReader();
        return
        [
            .. metadata.AssemblyReferences.Select(reference => metadata.GetString(metadata.GetAssemblyReference(reference).Name))
                .Where(name => name.StartsWith("CspMigration", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal),
        ];
    }
}
