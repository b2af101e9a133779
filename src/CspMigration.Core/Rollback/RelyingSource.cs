using CspMigration.Core.Journal.Entries;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Rollback;

/// <summary>Another source whose users rely on a target, because its migration is not rolled back.</summary>
/// <param name="Id">Its id; the digits of a mark where no subscription of the customer has such an id.</param>
/// <param name="Subscription">The source as the customer's list has it; null where it is not there.</param>
/// <param name="HasUsersOnTarget">Whether its users hold the target itself, rather than an add-on to it.</param>
internal sealed record RelyingSource(SourceKey Id, Subscription? Subscription, bool HasUsersOnTarget)
{
    /// <summary>What to call it in a message.</summary>
    public string Name => Subscription is { OfferName: { } name } ? $"{name} ({Id})" : Id.ToString();
}
