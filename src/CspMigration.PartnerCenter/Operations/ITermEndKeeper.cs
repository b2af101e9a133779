using System.Threading;
using System.Threading.Tasks;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.PartnerCenter.Operations;

/// <summary>
/// Remembers, across the death of the process, what a change of something else may take off the end of a subscription's term
/// (docs/partner-center.md §17), until it is there again.
/// </summary>
internal interface ITermEndKeeper
{
    /// <summary>What an earlier change that was cut short has left to be set again; null for nothing.</summary>
    EndOfTermSetting? LeftBy(CustomerId customerId, Subscription current);

    /// <summary>Called before the change is sent.</summary>
    Task KeepAsync(CustomerId customerId, SubscriptionId subscriptionId, EndOfTermSetting setting, CancellationToken cancellationToken);

    /// <summary>Called once it is there again, or the service has not taken it.</summary>
    Task ReleaseAsync(CustomerId customerId, Subscription current, EndOfTermSetting setting, CancellationToken cancellationToken);
}
