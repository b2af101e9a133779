using System.Globalization;
using CspMigration.Contracts;
using CspMigration.Core.Journal.Entries;
using CspMigration.Core.Wording;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Suspension;

/// <summary>What is to be done with one source.</summary>
public sealed class SuspensionPlan
{
    internal SuspensionPlan(SuspensionRequest request, Subscription? subscription, SuspensionChange change, SuspendedSubscription planned, int? holders)
    {
        Request = request;
        Subscription = subscription;
        Change = change;
        Planned = planned;
        Holders = holders;
    }

    /// <summary>What a run would give, with nothing sent.</summary>
    public SuspendedSubscription Planned { get; }

    /// <summary>Whether something has to be sent.</summary>
    public bool NeedsWrite => Change != SuspensionChange.None;

    /// <summary>Whether it is active no more afterwards.</summary>
    internal bool Ends => Change is SuspensionChange.Suspend or SuspensionChange.Delete;

    /// <summary>What the user should know before; null where there is nothing.</summary>
    public string? Warning { get; internal init; }

    /// <summary>For a prompt: the customer.</summary>
    public string CustomerText => $"{Planned.CustomerName} ({Planned.CustomerId})";

    /// <summary>For a prompt: what is done, and to how many users.</summary>
    public string ActionText
    {
        get
        {
            var verb = Change switch
            {
                SuspensionChange.Delete => "Cancel and delete",
                SuspensionChange.AutoRenewOff => "Turn auto-renew off for",
                SuspensionChange.EndWithTerm => $"Cancel at the end of its term ({UtcDay.Of(Subscription?.CommitmentEnd)})",
                _ => "Suspend",
            };
            var holders = Holders == 0 || Change is SuspensionChange.AutoRenewOff or SuspensionChange.EndWithTerm ? ""
                : Holders is null ? ", whose users cannot be counted"
                : string.Format(CultureInfo.CurrentCulture, ", which {0}", Enumeration.Count(Holders.Value, "user", "still holds", "still hold"));
            return string.Format(
                CultureInfo.CurrentCulture, "{0} {1} ({2}), {3}{4}", verb, Planned.OfferName, Planned.SubscriptionId, Enumeration.Count(Subscription?.Quantity ?? 0, "seat"), holders);
        }
    }

    internal SuspensionRequest Request { get; }

    internal Subscription? Subscription { get; }

    internal SuspensionChange Change { get; }

    /// <summary>Why, where not because of a migration; null else.</summary>
    internal SuspensionReason? OtherReason { get; init; }

    /// <summary>Users who would be left without a license; null where they cannot be counted.</summary>
    internal int? Holders { get; }
}
