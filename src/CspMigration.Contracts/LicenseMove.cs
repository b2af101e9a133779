using System.Collections.Generic;

namespace CspMigration.Contracts;

/// <summary>The licenses of one source subscription on their way to its target.</summary>
public sealed record LicenseMove
{
    internal LicenseMove()
    {
    }

    /// <summary>The partner whose customer this is.</summary>
    public string PartnerTenantId { get; internal init; } = "";

    /// <summary>The customer's tenant id.</summary>
    public string CustomerId { get; internal init; } = "";

    /// <summary>The customer's company name.</summary>
    public string? CustomerName { get; internal init; }

    /// <summary>The subscription the licenses leave; null for units of another channel.</summary>
    public string? SourceSubscriptionId { get; internal init; }

    /// <summary>The subscription the licenses go to; null in a plan that has yet to buy it.</summary>
    public string? TargetSubscriptionId { get; internal init; }

    /// <summary>The directory SKU the licenses leave.</summary>
    public string? SourceSkuId { get; internal init; }

    /// <summary>The sources of that SKU whose users are moved together: which of the users is whose cannot be told.</summary>
    internal IReadOnlyList<string> SourcesOfSku { get; init; } = [];

    /// <summary>The directory SKU the licenses go to.</summary>
    public string? TargetSkuId { get; internal init; }

    /// <summary>Users moved by this run; in a plan, users who will be moved.</summary>
    public int Moved { get; internal init; }

    /// <summary>Of the users read, those who were already moved. Reading ends with the last holder of the old license, so there may be more.</summary>
    public int AlreadyMoved { get; internal init; }

    /// <summary>Users left where they are on purpose.</summary>
    public int Skipped { get; internal init; }

    /// <summary>Users who could not be moved; <see cref="Users"/> tells why and what to do.</summary>
    public int Failed { get; internal init; }

    /// <summary>
    /// Users who still depend on the source subscription. Of a journal, those that it lists as not moved; null where it lists none and the
    /// source is not ended: only the service knows whether there are others.
    /// </summary>
    public int? Remaining { get; internal init; }

    /// <summary>True when no user depends on the source subscription, so that it may be suspended.</summary>
    public bool IsComplete { get; internal init; }

    /// <summary>True where nothing has been sent: later steps then plan only.</summary>
    public bool IsPlanned { get; internal init; }

    /// <summary>Each user who held the old license, and of the others read those who already had the new one.</summary>
    public IReadOnlyList<UserLicenseMove> Users { get; internal init => field = ReadableList<UserLicenseMove>.Of(value); } = ReadableList<UserLicenseMove>.Empty;

    /// <summary>The target; null where the move was started from ids alone and it could not be read.</summary>
    public TargetSubscription? Target { get; internal init; }

    /// <summary>How far it is.</summary>
    public override string ToString() => $"{Target?.Source?.OfferName ?? SourceSubscriptionId} of {CustomerName ?? CustomerId}: {Moved + AlreadyMoved} moved, {(Remaining is { } remaining ? $"{remaining} remaining" : "remaining users unknown")}";
}
