using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using CspMigration.Contracts;

namespace CspMigration.PowerShell.Loading;

/// <summary>Tells which copies of the module's libraries this process has, and where.</summary>
internal static class LoadedLibraries
{
    /// <summary>All copies of each library, and those libraries of ours that nothing has asked for.</summary>
    public static IEnumerable<LoadedLibrary> Find()
    {
        var folder = Path.GetDirectoryName(PrivateLoad.Library);
        var files = Directory.GetFiles(folder, "*.dll").Concat(Directory.GetFiles(PrivateLoad.Library, "*.dll")).ToList();
        var loaded = AppDomain.CurrentDomain.GetAssemblies().Where(assembly => !assembly.IsDynamic).ToLookup(NameOf);
        return files
            .SelectMany(file => loaded[Path.GetFileNameWithoutExtension(file)].Select(assembly => Describe(assembly, folder)).DefaultIfEmpty(Describe(file)))
            .OrderBy(library => library.Name, StringComparer.OrdinalIgnoreCase)
            .ThenByDescending(library => library.IsOurs);
    }

    private static LoadedLibrary Describe(Assembly assembly, string folder) => new()
    {
        Name = NameOf(assembly),
        Version = assembly.GetName().Version,
        LoadContext = ContextOf(assembly),
        IsOurs = assembly.Location.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.OrdinalIgnoreCase),
        Path = assembly.Location,
    };

    private static LoadedLibrary Describe(string file) => new()
    {
        Name = Path.GetFileNameWithoutExtension(file),
        Version = AssemblyName.GetAssemblyName(file).Version,
        IsOurs = true,
        Path = file,
    };

    // The whole name of a satellite has a culture, which cannot be made where the process has none.
    private static string NameOf(Assembly assembly) => assembly.FullName.Substring(0, assembly.FullName.IndexOf(','));

    private static string? ContextOf(Assembly assembly)
    {
        var type = PrivateLoad.LoadContextType();
        return type is null
            ? AppDomain.CurrentDomain.FriendlyName
            : type.GetProperty("Name").GetValue(type.GetMethod("GetLoadContext").Invoke(null, [assembly])) as string;
    }
}
