using System.Collections.Generic;
using System.Globalization;
using CspMigration.Core.Journal.Entries;
using CspMigration.Core.Wording;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Customers;

/// <summary>What is done with one subscription that a migration got, when it is rolled back: the target, its add-ons, its base.</summary>
internal sealed record TargetRollback
{
    public required Subscription Target { get; init; }

    public required RollbackAction Return { get; init; }

    /// <summary>The number of seats it had before it was given more; null for others.</summary>
    public int? FormerQuantity { get; init; }

    /// <summary>The sources it was given seats for, which its name no longer mentions then.</summary>
    public IReadOnlyList<SourceKey> SeatSources { get; init; } = [];

    /// <summary>The rolled-back sources whose migration it is still known by; empty where that is the one being rolled back.</summary>
    public IReadOnlyList<SourceKey> OfSources { get; init; } = [];

    /// <summary>What the user should know before; null where there is nothing.</summary>
    public string? Warning { get; init; }

    public bool NeedsWrite => Return != RollbackAction.LeftAlone;

    /// <summary>Whether it is out of service afterwards, or will be when its term ends.</summary>
    public bool Ends => Return is RollbackAction.Suspended or RollbackAction.Deleted or RollbackAction.AutoRenewOff or RollbackAction.EndsWithTerm;

    /// <summary>For a prompt: what is done; null where nothing is.</summary>
    public string? Text
    {
        get
        {
            var target = $"{Target.OfferName} ({Target.Id})";
            return Return switch
            {
                RollbackAction.Suspended => $"suspend {target}",
                RollbackAction.Deleted => $"cancel and delete {target}",
                RollbackAction.AutoRenewOff => $"turn auto-renew off for {target}",
                RollbackAction.EndsWithTerm => $"cancel {target} at the end of its term",
                RollbackAction.Resized => string.Format(CultureInfo.CurrentCulture, "reduce {0} to {1}", target, Enumeration.Count(FormerQuantity ?? 0, "seat")),
                RollbackAction.ResizedAtRenewal => string.Format(CultureInfo.CurrentCulture, "reduce {0} to {1} when it renews", target, Enumeration.Count(FormerQuantity ?? 0, "seat")),
                _ => null,
            };
        }
    }

    /// <summary>Nothing is done.</summary>
    public static TargetRollback LeaveAlone(Subscription target, string? warning = null) => new() { Target = target, Return = RollbackAction.LeftAlone, Warning = warning };
}
