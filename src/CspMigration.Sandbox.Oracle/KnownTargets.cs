using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using CspMigration.Sandbox.Catalog;

namespace CspMigration.Sandbox.Oracle;

/// <summary>The SKUs that the users of a retired SKU may be moved to, whatever map a migration uses.</summary>
internal static class KnownTargets
{
    private static readonly Dictionary<string, string[]> ByPartNumber = Load();

    /// <summary>The targets of a SKU; empty if there are none.</summary>
    public static IEnumerable<DirectorySku> Of(DirectorySku source) =>
        ByPartNumber.GetValueOrDefault(source.PartNumber, []).Select(SkuCatalog.Instance.ByPartNumber);

    private static Dictionary<string, string[]> Load()
    {
        using var stream = typeof(KnownTargets).Assembly.GetManifestResourceStream("targets.json")!;
        return JsonSerializer.Deserialize<Dictionary<string, string[]>>(stream)!;
    }
}
