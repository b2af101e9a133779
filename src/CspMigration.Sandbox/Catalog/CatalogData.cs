using System.Collections.Generic;
using System.IO;
using System.Linq;
using Newtonsoft.Json.Linq;

namespace CspMigration.Sandbox.Catalog;

/// <summary>Reads the embedded JSON data of the catalogs.</summary>
internal static class CatalogData
{
    public static JObject Load(string name)
    {
        using var stream = typeof(CatalogData).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return JObject.Parse(reader.ReadToEnd());
    }

    public static List<string> Texts(JToken? array) => array is null ? [] : array.Select(text => text.Value<string>()!).ToList();
}
