using CspMigration.Contracts;

namespace CspMigration.Core.Rollback;

/// <summary>The migration to take back.</summary>
public sealed class UndoRequest
{
    /// <summary>The customer.</summary>
    public string CustomerId { get; set; } = "";

    /// <summary>The same as an id.</summary>
    internal CustomerId Customer => Id<IdKind.Customer>.From(CustomerId);

    /// <summary>The source subscription.</summary>
    public string? SourceSubscriptionId { get; set; }

    /// <summary>The target, where the record names it.</summary>
    public string? TargetSubscriptionId { get; set; }

    /// <summary>The same as ids; null where the record does not name them.</summary>
    internal SubscriptionId? SourceId => SubscriptionId.FromOrNull(SourceSubscriptionId);

    internal SubscriptionId? TargetId => SubscriptionId.FromOrNull(TargetSubscriptionId);

    /// <summary>What was done to get the target, where the record says so.</summary>
    public TargetOutcome? Outcome { get; set; }

    /// <summary>The moves to take back, where the record has them.</summary>
    public LicenseMove? Move { get; set; }

    /// <summary>Whether the record is of a plan: then there is nothing to take back.</summary>
    public bool IsPlanned { get; set; }

    /// <summary>Whether the record says that the migration has been rolled back.</summary>
    public bool IsRolledBack { get; set; }

    /// <summary>Whether the record says that the migration stopped before anything was bought.</summary>
    public bool IsUnbought { get; set; }

    /// <summary>What to call it in a message: the offer and the customer, as far as the record knows them.</summary>
    public string Name { get; set; } = "";

    /// <summary>Whose licenses were moved from the customer's sources, by the journal; null until it has been read.</summary>
    internal MovedUsersIndex? Moved { get; set; }

    /// <summary>From a license move.</summary>
    public static UndoRequest From(LicenseMove move)
    {
        return new UndoRequest
        {
            CustomerId = move.CustomerId,
            SourceSubscriptionId = move.SourceSubscriptionId,
            TargetSubscriptionId = move.TargetSubscriptionId,
            Outcome = move.Target?.Outcome,
            Move = move,
            IsPlanned = move.IsPlanned,
        };
    }

    /// <summary>From a migration.</summary>
    public static UndoRequest From(SubscriptionMigration migration)
    {
        return new UndoRequest
        {
            CustomerId = migration.CustomerId,
            SourceSubscriptionId = migration.SourceSubscriptionId,
            TargetSubscriptionId = migration.TargetSubscriptionId,
            Outcome = migration.Target?.Outcome,
            Move = migration.LicenseMove,
            IsPlanned = migration.IsPlanned,
            IsRolledBack = migration.State == MigrationState.RolledBack,
            IsUnbought = migration is { State: MigrationState.Blocked or MigrationState.Failed, TargetSubscriptionId: null, HasTarget: false, IsPurchaseInDoubt: false },
            Name = $"{migration.Source?.OfferName ?? migration.SourceSubscriptionId} of {migration.CustomerName ?? migration.CustomerId}",
        };
    }
}
