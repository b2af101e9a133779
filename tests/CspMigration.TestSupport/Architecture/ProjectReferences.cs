using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;

namespace CspMigration.TestSupport.Architecture;

/// <summary>Which assemblies of this project an assembly refers to.</summary>
public static class ProjectReferences
{
    /// <summary>Their names, sorted.</summary>
    public static IReadOnlyList<string> Of(Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        return
        [
            .. assembly.GetReferencedAssemblies().Select(reference => reference.Name!)
                .Where(name => name.StartsWith("CspMigration", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal),
        ];
    }
}
