using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Spelling;
using Newtonsoft.Json.Linq;

namespace CspMigration.Sandbox.Catalog;

/// <summary>All countries and regions.</summary>
internal static class CountryCatalog
{
    private static readonly Lazy<Dictionary<string, Country>> ByCode = new(() => CatalogData.Load("countries.json")["countries"]!
        .Select(Read)
        .ToDictionary(country => country.Code, AnyCase.Comparer));

    /// <summary>Finds a country by its two letters, in any casing; null if there is none.</summary>
    public static Country? Find(string? code) => code != null && ByCode.Value.TryGetValue(code.Trim(), out var country) ? country : null;

    private static Country Read(JToken row) => new()
    {
        Code = row.Value<string>("code")!,
        CallingCode = row.Value<string>("callingCode")!,
        Cultures = row["cultures"] is { } cultures ? CatalogData.Texts(cultures) : [row.Value<string>("culture")!],
        States = CatalogData.Texts(row["states"]),
        PostalCode = row.Value<string>("postalCode"),
    };
}
