using System;
using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Resources;

namespace CspMigration.Core.Wording;

/// <summary>
/// The texts of one resource in one language, read from the assembly or from its satellite. A resource manager is not used: it asks
/// for a <see cref="System.Globalization.CultureInfo"/>, which cannot be made where the process has no cultures.
/// </summary>
internal sealed class TextTable
{
    private static readonly ConcurrentDictionary<(string, ReportLanguage), TextTable> Known = new();

    private readonly string _name;

    private TextTable(string name, IReadOnlyDictionary<string, string> texts)
    {
        _name = name;
        All = texts;
    }

    /// <summary>What happened, by the id of the error.</summary>
    public static TextTable Causes(ReportLanguage language) => Of("Causes", language);

    /// <summary>How numbers, dates and lists are written.</summary>
    public static TextTable Formats(ReportLanguage language) => Of("Formats", language);

    /// <summary>The invitation of a customer.</summary>
    public static TextTable Invitation(ReportLanguage language) => Of("Invitation", language);

    /// <summary>What to do, by the id of the remedy. Where there is a command, it is filled in.</summary>
    public static TextTable Remedies(ReportLanguage language) => Of("Remedies", language);

    /// <summary>The page.</summary>
    public static TextTable Report(ReportLanguage language) => Of("Report", language);

    /// <summary>Every text by its key.</summary>
    public IReadOnlyDictionary<string, string> All { get; }

    /// <summary>The text of a key.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public string this[string key] => Find(key) ?? throw new KeyNotFoundException($"{_name} has no text {key}.");

    /// <summary>The text of a key; null where there is none.</summary>
    public string? Find(string key) => All.TryGetValue(key, out var text) ? text : null;

    private static TextTable Of(string name, ReportLanguage language)
    {
        return Known.GetOrAdd((name, language), _ => new TextTable(name, Read(name, language)));
    }

    private static Dictionary<string, string> Read(string name, ReportLanguage language)
    {
        var (assembly, culture) = language.Folder is { } folder ? (LoadSatellite(folder), $".{folder}") : (typeof(TextTable).Assembly, "");
        var resource = $"CspMigration.Core.Texts.{name}{culture}.resources";
        using var stream = assembly.GetManifestResourceStream(resource) ?? throw new MissingManifestResourceException($"{assembly.Location} has no {resource}.");
        using var reader = new ResourceReader(stream);
        return reader.Cast<DictionaryEntry>().ToDictionary(text => (string)text.Key, text => (string)text.Value, StringComparer.Ordinal);
    }

    // By its path, into the load context of this assembly: other modules, and other versions of this one, have satellites of the same name.
    private static Assembly LoadSatellite(string folder)
    {
        var own = typeof(TextTable).Assembly;
        var path = Path.Combine(Path.GetDirectoryName(own.Location)!, folder, "CspMigration.Core.resources.dll");
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"The texts of the language are missing: there is no {path}. Install the module again.", path);
        }

        // .NET Framework has no load contexts.
        var type = typeof(object).Assembly.GetType("System.Runtime.Loader.AssemblyLoadContext");
        return type is null
            ? Assembly.LoadFrom(path)
            : (Assembly)type.GetMethod("LoadFromAssemblyPath")!.Invoke(type.GetMethod("GetLoadContext")!.Invoke(null, [own]), [path])!;
    }
}
