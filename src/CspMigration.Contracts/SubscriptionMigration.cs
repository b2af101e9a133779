using System;

namespace CspMigration.Contracts;

/// <summary>The migration of one source subscription, as far as it has come.</summary>
public sealed record SubscriptionMigration
{
    internal SubscriptionMigration()
    {
    }

    /// <summary>The partner whose customer this is.</summary>
    public string PartnerTenantId { get; internal init; } = "";

    /// <summary>The customer's tenant id.</summary>
    public string CustomerId { get; internal init; } = "";

    /// <summary>The customer's company name.</summary>
    public string? CustomerName { get; internal init; }

    /// <summary>The source subscription's id; null for units of another channel.</summary>
    public string? SourceSubscriptionId { get; internal init; }

    /// <summary>The target's id, as soon as there is one.</summary>
    public string? TargetSubscriptionId { get; internal init; }

    /// <summary>How far it has come.</summary>
    public MigrationState State { get; internal init; }

    /// <summary>The first step's time, UTC.</summary>
    public DateTimeOffset? StartedOn { get; internal init; }

    /// <summary>The last step's time, UTC; null while it is not finished.</summary>
    public DateTimeOffset? FinishedOn { get; internal init; }

    /// <summary>The id of the error that stopped it; null where none did.</summary>
    public string? ErrorId { get; internal init; }

    /// <summary>The message of the error that stopped it.</summary>
    public string? Error { get; internal init; }

    /// <summary>True where nothing has been sent.</summary>
    public bool IsPlanned { get; internal init; }

    /// <summary>The source as it was found.</summary>
    public ExpiringSubscription? Source { get; internal init; }

    /// <summary>The target, as soon as it is bought or found; after an undo as it is now, its remark saying what was done with it.</summary>
    public TargetSubscription? Target { get; internal init; }

    /// <summary>The license move, as soon as it has ended.</summary>
    public LicenseMove? LicenseMove { get; internal init; }

    /// <summary>The last step's result, as soon as there is one; after an undo that of the target, null where it goes on.</summary>
    public SuspendedSubscription? Suspension { get; internal init; }

    /// <summary>The target that the source has now; null where it has none, or was rolled back.</summary>
    internal TargetSubscription? CurrentTarget => State == MigrationState.RolledBack ? null : Target;

    /// <summary>What was done with the source in the last step; null where nothing was, or it was rolled back.</summary>
    internal SuspendedSubscription? SourceEnding => State == MigrationState.RolledBack ? null : Suspension;

    /// <summary>Whether the target is there by the journal: what stopped the migration then came later.</summary>
    internal bool HasTarget { get; init; }

    /// <summary>Whether a purchase was begun whose outcome the journal does not know.</summary>
    internal bool IsPurchaseInDoubt { get; init; }

    /// <summary>What to do about the error, as data; null where there is none, or an early journal has only its message.</summary>
    internal Remedy? Remedy { get; init; }

    /// <summary>The service's own words in the error; null where it has none.</summary>
    internal string? ServiceWords { get; init; }

    /// <summary>The same migration with what stopped it.</summary>
    internal SubscriptionMigration StoppedBy(CspMigrationException error)
    {
        return this with { ErrorId = error.ErrorId, Error = error.ProblemAndAction, Remedy = error.Remedy, ServiceWords = error.ServiceDescription };
    }

    /// <summary>The same migration without an error.</summary>
    internal SubscriptionMigration WithoutError() => this with { ErrorId = null, Error = null, Remedy = null, ServiceWords = null };

    /// <summary>Whether the service did not take the source's cancellation at the end of its term, by the journal: auto-renew off is all there can be.</summary>
    internal bool IsCancellationRefused { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Source?.OfferName ?? SourceSubscriptionId} of {CustomerName ?? CustomerId}: {State}";
}
