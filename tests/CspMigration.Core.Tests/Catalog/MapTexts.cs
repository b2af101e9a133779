using System.IO;
using CspMigration.Core.Catalog;

namespace CspMigration.Core.Tests.Catalog;

/// <summary>SKU maps as text.</summary>
internal static class MapTexts
{
    public const string File = "map.json";

    public static string BuiltIn { get; } = Shipped("SkuMap.json");

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
