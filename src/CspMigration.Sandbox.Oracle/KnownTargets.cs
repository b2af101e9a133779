using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using CspMigration.Sandbox.Catalog;

namespace CspMigration.Sandbox.Oracle;

/// <summary>Which SKUs the users of a retired one may be moved to, whatever a migration's own map says.</summary>
internal static class KnownTargets
{
    private static readonly Dictionary<string, string[]> ByPartNumber = Load();

    /// <summary>The targets of a SKU; none where nothing replaces it.</summary>
    public static IEnumerable<DirectorySku> Of(DirectorySku source) =>
        ByPartNumber.GetValueOrDefault(source.PartNumber, []).Select(SkuCatalog.Instance.ByPartNumber);

    private static Dictionary<string, string[]> Load()
    {
        using var stream = typeof(KnownTargets).Assembly.GetManifestResourceStream("targets.json")!;
        return JsonSerializer.Deserialize<Dictionary<string, string[]>>(stream)!;
    }
}
