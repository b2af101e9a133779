using CspMigration.Contracts;

namespace CspMigration.Core.Migration;

/// <summary>The subscription to suspend.</summary>
public sealed class SuspensionRequest
{
    /// <summary>The customer.</summary>
    public string CustomerId { get; set; } = "";

    /// <summary>The customer's name, where known.</summary>
    public string? CustomerName { get; set; }

    /// <summary>The subscription.</summary>
    public string SubscriptionId { get; set; } = "";

    /// <summary>Whether the steps before were only planned: they then count as done.</summary>
    public bool IsPlanned { get; set; }

    /// <summary>Whether the step before says that nobody depends on it any more; null where there was no such step.</summary>
    public bool? LicensesMoved { get; set; }

    /// <summary>From the step before.</summary>
    public static SuspensionRequest From(LicenseMove move)
    {
        return new SuspensionRequest
        {
            CustomerId = move.CustomerId,
            CustomerName = move.CustomerName,
            SubscriptionId = move.SourceSubscriptionId ?? "",
            IsPlanned = move.IsPlanned,
            LicensesMoved = move.IsComplete,
        };
    }
}
