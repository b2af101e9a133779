using System.Collections.Generic;

namespace CspMigration.Contracts;

/// <summary>Whether a source subscription can be migrated now, check by check.</summary>
public sealed record MigrationReadiness
{
    internal MigrationReadiness()
    {
    }

    /// <summary>The partner whose customer this is.</summary>
    public string PartnerTenantId { get; internal init; } = "";

    /// <summary>The customer's tenant id.</summary>
    public string CustomerId { get; internal init; } = "";

    /// <summary>The customer's company name.</summary>
    public string? CustomerName { get; internal init; }

    /// <summary>The source subscription's id; null for units of another channel.</summary>
    public string? SubscriptionId { get; internal init; }

    /// <summary>The source offer's name.</summary>
    public string? OfferName { get; internal init; }

    /// <summary>The worst of the checks; what only the run can tell does not count.</summary>
    public ReadinessVerdict Verdict { get; internal init; }

    /// <summary>True where the migration is finished already: a run changes nothing, and the check "Old subscription" says since which target.</summary>
    public bool IsMigrated { get; internal init; }

    /// <summary>The id of the error a run would give, now or in a later step; null where it would give none that can be foreseen.</summary>
    public string? ErrorId { get; internal init; }

    /// <summary>The name of the target that would be bought; null where none can be chosen.</summary>
    public string? Target { get; internal init; }

    /// <summary>The seats that would be bought; null where no target can be chosen.</summary>
    public int? Quantity { get; internal init; }

    /// <summary>The checks, in the order they are made.</summary>
    public IReadOnlyList<ReadinessCheck> Checks { get; internal init => field = ReadableList<ReadinessCheck>.Of(value); } = ReadableList<ReadinessCheck>.Empty;

    /// <summary>What each method would cost, and until when it could be reduced or taken back; empty where a target is there already or was begun.</summary>
    public IReadOnlyList<MethodPreview> Methods { get; internal init => field = ReadableList<MethodPreview>.Of(value); } = ReadableList<MethodPreview>.Empty;

    /// <inheritdoc/>
    public override string ToString() => $"{OfferName ?? SubscriptionId} of {CustomerName ?? CustomerId}: {Verdict}";
}
