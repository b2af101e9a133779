using System;
using System.Linq;
using CspMigration.PartnerCenter.Json;

namespace CspMigration.PartnerCenter.Resources;

/// <summary>A product that the service can change a subscription to (docs/partner-center.md §18).</summary>
internal sealed class TransitionEligibility
{
    /// <summary>The word for a transition with which the service moves the licenses.</summary>
    public const string WithLicenses = "transition_with_license_transfer";

    private TransitionEligibility(ResourceReader json)
    {
        CatalogItemId = json.RequiredCatalogItemId("catalogItemId");
        Title = json.Text("title");
        Quantity = json.Number("quantity");
        var details = json.Resources("eligibilities");
        IsEligible = details.Any(detail => detail.Flag("isEligible"));
        MovesLicenses = details.Any(detail => detail.Flag("isEligible") && IsWithLicenses(detail.Text("transitionType")));
        Problem = details.SelectMany(detail => detail.Resources("errors")).Select(error => error.Text("description")).FirstOrDefault(text => text is not null);
    }

    /// <summary><c>product:sku:availability</c>.</summary>
    public CatalogItemId CatalogItemId { get; }

    public string? Title { get; }

    /// <summary>How many seats it is possible for; null where the service does not say.</summary>
    public int? Quantity { get; }

    /// <summary>Whether it is possible now.</summary>
    public bool IsEligible { get; }

    /// <summary>Whether the service moves the licenses.</summary>
    public bool MovesLicenses { get; }

    /// <summary>Why it is not possible, or not with the licenses; null where the service does not say.</summary>
    public string? Problem { get; }

    /// <summary>Whether a word, with underscores or without, is the one for a transition with which the service moves the licenses.</summary>
    public static bool IsWithLicenses(string? type) => string.Equals(type?.Replace("_", ""), WithLicenses.Replace("_", ""), StringComparison.OrdinalIgnoreCase);

    public static TransitionEligibility Read(ResourceReader json) => new(json);
}
