using System.Collections.Generic;
using System.Linq;
using CspMigration.PartnerCenter.Json;

namespace CspMigration.PartnerCenter.Resources;

/// <summary>A change of a subscription to another product, under way or over (docs/partner-center.md §18).</summary>
internal sealed class Transition
{
    private const string Conversion = "Conversion";
    private const string LicenseReassignment = "LicenseReassignment";
    private const string Started = "Started";
    private const string Completed = "Completed";
    private const string Failed = "Failed";

    private readonly bool _movesLicenses;
    private readonly IReadOnlyList<ResourceReader> _events;

    private Transition(ResourceReader json)
    {
        OperationId = json.Text("operationId");
        ToCatalogItemId = json.CatalogItemId("toCatalogItemId");
        ToSubscriptionId = json.Id<IdKind.Subscription>("toSubscriptionId");
        Quantity = json.Number("quantity");
        _movesLicenses = TransitionEligibility.IsWithLicenses(json.Text("transitionType"));
        _events = json.Resources("events");
    }

    public string? OperationId { get; }

    public CatalogItemId? ToCatalogItemId { get; }

    /// <summary>The subscription that has the seats afterwards; null where the service does not say.</summary>
    public SubscriptionId? ToSubscriptionId { get; }

    public int? Quantity { get; }

    /// <summary>Whether the seats could not be changed: nothing has been done then.</summary>
    public bool HasFailed => ServiceWord.Is(StatusOf(Conversion), Failed);

    /// <summary>Whether the seats have been changed.</summary>
    public bool IsConverted => ServiceWord.Is(StatusOf(Conversion), Completed);

    /// <summary>Whether licenses are still on their way.</summary>
    public bool IsMovingLicenses => StatusOf(LicenseReassignment) is { } status && !ServiceWord.Is(status, Completed) && !ServiceWord.Is(status, Failed);

    /// <summary>Whether the service is to move licenses and has not begun to, which it does only once the seats have been changed.</summary>
    public bool IsYetToMoveLicenses => _movesLicenses && StatusOf(LicenseReassignment) is null;

    /// <summary>Whether the service has left users on the former license.</summary>
    public bool HasLeftUsers => ServiceWord.Is(StatusOf(LicenseReassignment), Failed);

    /// <summary>What the service says of a failure; null where it says nothing.</summary>
    public string? Problem => _events.SelectMany(step => step.Resources("errors")).Select(error => error.Text("description")).FirstOrDefault(text => text is not null);

    public static Transition Read(ResourceReader json) => new(json);

    // The last event of a step counts, by its time where all have one: their order is not promised. What is completed stays so.
    private string? StatusOf(string name)
    {
        var events = _events.Where(step => ServiceWord.Is(step.Text("name"), name)).ToList();
        var inOrder = events.TrueForAll(step => step.Date("timestamp") is not null) ? events.OrderBy(step => step.Date("timestamp")).ThenBy(step => !ServiceWord.Is(step.Text("status"), Started)).ToList() : events;
        return events.Exists(step => ServiceWord.Is(step.Text("status"), Completed)) ? Completed : inOrder.LastOrDefault()?.Text("status");
    }
}
