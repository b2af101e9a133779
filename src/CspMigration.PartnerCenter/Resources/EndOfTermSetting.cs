using System.Collections.Generic;
using Newtonsoft.Json.Linq;

namespace CspMigration.PartnerCenter.Resources;

/// <summary>What a subscription is to do when its term ends: both members that decide it, which belong together (docs/partner-center.md §17).</summary>
/// <param name="AutoRenew">Whether it renews.</param>
/// <param name="Action">What is scheduled; null for nothing.</param>
internal sealed record EndOfTermSetting(bool AutoRenew, ScheduledAction? Action)
{
    /// <summary>It renews as it is.</summary>
    public static EndOfTermSetting Renew { get; } = new(AutoRenew: true, Action: null);

    /// <summary>It ends for good.</summary>
    public static EndOfTermSetting Cancel { get; } = new(AutoRenew: false, ScheduledAction.Cancel);

    /// <summary>It goes on month by month at a surcharge.</summary>
    public static EndOfTermSetting Extend { get; } = new(AutoRenew: false, ScheduledAction.Extension);

    /// <summary>It renews as something else.</summary>
    public static EndOfTermSetting RenewAs(ScheduledAction next) => new(AutoRenew: true, next);

    /// <summary>The members of a subscription that say so.</summary>
    public IReadOnlyList<KeyValuePair<string, JToken>> ToChanges()
    {
        // Where both forms are sent the newer one counts, and the older has the former decision.
        return
        [
            new("autoRenewEnabled", AutoRenew),
            new(ScheduledAction.Member, Action?.ToJson() ?? []),
            new(ScheduledAction.OlderMember, JValue.CreateNull()),
        ];
    }

    /// <summary>Whether a subscription is set so.</summary>
    public bool IsOf(Subscription subscription) => IsSameAs(subscription.TermEnd);

    /// <summary>Whether another means the same.</summary>
    public bool IsSameAs(EndOfTermSetting other)
    {
        return AutoRenew == other.AutoRenew && (Action is null ? other.Action is null : Action.IsSameAs(other.Action));
    }
}
