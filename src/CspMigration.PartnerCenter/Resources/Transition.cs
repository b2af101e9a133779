using System.Collections.Generic;
using System.Linq;
using CspMigration.PartnerCenter.Json;

namespace CspMigration.PartnerCenter.Resources;

/// <summary>A change of a subscription to another product, under way or over (docs/partner-center.md §18).</summary>
internal sealed class Transition
{
    private readonly IReadOnlyList<ResourceReader> _events;

    private Transition(ResourceReader json)
    {
        OperationId = json.Text("operationId");
        ToCatalogItemId = json.Text("toCatalogItemId");
        Quantity = json.Number("quantity");
        _events = json.Resources("events");
    }

    public string? OperationId { get; }

    public string? ToCatalogItemId { get; }

    public int? Quantity { get; }

    /// <summary>Whether the seats could not be changed: nothing has been done then.</summary>
    public bool HasFailed => Has("Conversion", "Failed");

    /// <summary>Whether the seats have been changed.</summary>
    public bool IsConverted => Has("Conversion", "Completed");

    /// <summary>Whether licenses are still on their way.</summary>
    public bool IsMovingLicenses => Has("LicenseReassignment", "Started") && !Has("LicenseReassignment", "Completed") && !HasLeftUsers;

    /// <summary>Whether the service has left users on the former license.</summary>
    public bool HasLeftUsers => Has("LicenseReassignment", "Failed");

    /// <summary>What the service says of a failure; null where it says nothing.</summary>
    public string? Problem => _events.SelectMany(step => step.Resources("errors")).Select(error => error.Text("description")).FirstOrDefault(text => text is not null);

    public static Transition Read(ResourceReader json) => new(json);

    // The service has been seen to write "Started " with a blank: the reader trims.
    private bool Has(string name, string status) => _events.Any(step => ServiceWord.Is(step.Text("name"), name) && ServiceWord.Is(step.Text("status"), status));
}
