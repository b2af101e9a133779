using System.Collections.Generic;
using System.Globalization;
using CspMigration.Contracts;
using CspMigration.Core.Migration.Licenses;
using CspMigration.Core.PartnerCenter.Resources;

namespace CspMigration.Core.Migration.Undo;

/// <summary>What has to be done to take one migration back.</summary>
public sealed class UndoPlan
{
    internal UndoPlan()
    {
    }

    /// <summary>What a run would give, with nothing sent.</summary>
    public SubscriptionMigration Planned { get; internal init; } = null!;

    /// <summary>Whether something has to be sent.</summary>
    public bool NeedsWrite => Reactivates || RestoresAutoRenew || Updates.Count > 0 || Return != TargetReturn.LeftAlone;

    /// <summary>What the user should know before; null where there is nothing.</summary>
    public string? Warning { get; internal init; }

    /// <summary>For a prompt: the customer.</summary>
    public string CustomerText => $"{Planned.CustomerName} ({Planned.CustomerId})";

    /// <summary>For a prompt: what is done.</summary>
    public string ActionText
    {
        get
        {
            var steps = new List<string>();
            if (Reactivates)
            {
                steps.Add($"make {Source?.OfferName} ({Source?.Id}) active again");
            }

            if (RestoresAutoRenew)
            {
                steps.Add($"turn auto-renew on for {Source?.OfferName} ({Source?.Id})");
            }

            if (Updates.Count > 0)
            {
                steps.Add(string.Format(CultureInfo.CurrentCulture, "move {0} users back", Updates.Count));
            }

            var target = $"{Target?.OfferName} ({Target?.Id})";
            switch (Return)
            {
                case TargetReturn.Suspended:
                    steps.Add($"suspend {target}");
                    break;
                case TargetReturn.Deleted:
                    steps.Add($"cancel and delete {target}");
                    break;
                case TargetReturn.AutoRenewOff:
                    steps.Add($"turn auto-renew off for {target}");
                    break;
                case TargetReturn.Resized:
                    steps.Add(string.Format(CultureInfo.CurrentCulture, "reduce {0} to {1} seats", target, FormerQuantity));
                    break;
                case TargetReturn.ResizedAtRenewal:
                    steps.Add(string.Format(CultureInfo.CurrentCulture, "reduce {0} to {1} seats when it renews", target, FormerQuantity));
                    break;
            }

            return $"Take the migration back: {string.Join(", ", steps)}";
        }
    }

    internal string CustomerId => Planned.CustomerId;

    /// <summary>What journal and marks know the source by.</summary>
    internal string Key { get; init; } = "";

    internal Subscription? Source { get; init; }

    internal Subscription? Target { get; init; }

    internal bool Reactivates { get; init; }

    internal bool RestoresAutoRenew { get; init; }

    internal IReadOnlyList<LicenseUpdate> Updates { get; init; } = [];

    internal TargetReturn Return { get; init; }

    /// <summary>What was done to get the successor.</summary>
    internal TargetOutcome Outcome { get; init; }

    internal int? FormerQuantity { get; init; }
}
