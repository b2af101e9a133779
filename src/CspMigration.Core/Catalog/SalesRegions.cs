using System;
using System.Linq;

namespace CspMigration.Core.Catalog;

/// <summary>
/// Where a partner may sell: in its own country, and in the countries of the same sales region (docs/rules.md, rule 17). Only
/// regions whose members are published are listed; about other pairs of countries the service alone can tell.
/// </summary>
internal static class SalesRegions
{
    private static readonly string[][] Regions =
    [
        ["US", "UM"],
        ["BR"],

        // European Union, EFTA and the United Kingdom.
        [
            "AT", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GB", "GR", "HR", "HU", "IE", "IS", "IT", "LI", "LT",
            "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK",
        ],
    ];

    /// <summary>Whether a partner may sell to a customer; null where only the service knows.</summary>
    public static bool? MaySell(string partnerCountry, string customerCountry)
    {
        if (string.Equals(partnerCountry, customerCountry, StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        var partnerRegion = RegionOf(partnerCountry);
        var customerRegion = RegionOf(customerCountry);
        return partnerRegion is null && customerRegion is null ? null : partnerRegion == customerRegion;
    }

    private static string[]? RegionOf(string country)
    {
        return Regions.FirstOrDefault(region => region.Contains(country, StringComparer.OrdinalIgnoreCase));
    }
}
