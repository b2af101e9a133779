using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using CspMigration.Contracts;
using CspMigration.Core.Customers;
using CspMigration.Core.Wording;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Rollback;

/// <summary>What has to be done to take one migration back.</summary>
public sealed class UndoPlan
{
    internal UndoPlan()
    {
    }

    /// <summary>What a run would give, with nothing sent.</summary>
    public SubscriptionMigration Planned { get; internal init; } = null!;

    /// <summary>Whether something has to be sent.</summary>
    public bool NeedsWrite => Reactivates || TermEndBefore is not null || Licenses.Updates.Count > 0 || Licenses.Groups.Any(group => !group.IsMade) || Rollbacks.Any(rollback => rollback.NeedsWrite);

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

            if (TermEndBefore is { } before)
            {
                steps.Add($"{EndOfTermRules.Verb(before)} {Source?.OfferName} ({Source?.Id})");
            }

            if (Licenses.Updates.Count > 0)
            {
                steps.Add(string.Format(CultureInfo.CurrentCulture, "move {0} back", Enumeration.Count(Licenses.Updates.Count, "user")));
            }

            steps.AddRange(Licenses.Groups.Where(group => !group.IsMade).Select(group => $"switch the license of the group {group.Group.Name} back for its {Enumeration.Count(group.Update.Members.Count, "member")}"));
            steps.AddRange(Rollbacks.Select(rollback => rollback.Text).OfType<string>());
            return $"Roll the migration back: {string.Join(", ", steps)}";
        }
    }

    internal CustomerId CustomerId => Planned.Customer!.Value;

    /// <summary>The source, as the request names it.</summary>
    internal SubscriptionId Key { get; init; }

    internal Subscription? Source { get; init; }

    internal Subscription? Target => Main?.Target;

    internal bool Reactivates { get; init; }

    /// <summary>What the source did at the end of its term before the migration, where that is to be restored; null else.</summary>
    internal EndOfTermSetting? TermEndBefore { get; init; }

    internal LicenseReturn Licenses { get; init; } = LicenseReturn.None;

    /// <summary>What is done with the target; null where it is not there.</summary>
    internal TargetRollback? Main { get; init; }

    /// <summary>The same, and what else was got for the source, in the order in which it goes.</summary>
    internal IReadOnlyList<TargetRollback> Rollbacks { get; init; } = [];

    /// <summary>What was done to get the target.</summary>
    internal TargetOutcome Outcome { get; init; }
}
