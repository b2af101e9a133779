using System.Collections.Generic;
using System.Linq;

namespace CspMigration.Sandbox.Catalog;

/// <summary>A country or region of ISO 3166, and how addresses are written there.</summary>
internal sealed class Country
{
    /// <summary>Two letters, in upper case.</summary>
    public string Code { get; init; } = "";

    public string CallingCode { get; init; } = "";

    /// <summary>The first is the default one.</summary>
    public IReadOnlyList<string> Cultures { get; init; } = [];

    /// <summary>States and provinces; empty if an address needs none.</summary>
    public IReadOnlyList<string> States { get; init; } = [];

    /// <summary>A regular expression; null if any postal code is valid.</summary>
    public string? PostalCode { get; init; }

    public IEnumerable<string> Languages => Cultures.Select(culture => culture.Split('-')[0]).Distinct();
}
