using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using CspMigration.Core.Catalog;

namespace CspMigration.Core.Tests.Catalog;

/// <summary>SKU maps as text.</summary>
internal static class MapTexts
{
    public const string File = "map.json";

    /// <summary>The maps that come with the module, by file.</summary>
    public static IReadOnlyDictionary<string, string> BuiltIn { get; } = typeof(MapTexts).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith("maps/", StringComparison.Ordinal))
        .ToDictionary(name => name, Shipped);

    /// <summary>The maps that come as examples, by file.</summary>
    public static IReadOnlyDictionary<string, string> Examples { get; } = typeof(MapTexts).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith("examples/", StringComparison.Ordinal))
        .ToDictionary(name => name, Shipped);

    public static string Schema { get; } = Shipped("SkuMap.schema.json");

    public static SkuMap Read(string text)
    {
        using var reader = new StringReader(text);
        return SkuMapReader.Read(reader, File);
    }

    private static string Shipped(string name)
    {
        using var text = new StreamReader(typeof(MapTexts).Assembly.GetManifestResourceStream(name)!);
        return text.ReadToEnd();
    }
}
