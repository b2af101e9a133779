using CspMigration.Contracts;
using CspMigration.Core.Errors;
using CspMigration.PartnerCenter.Errors;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Customers;

/// <summary>A subscription that is neither active nor out of service: the service has not set it up yet, or has a word for it that is not known.</summary>
internal static class UndecidedStatus
{
    /// <summary>Whether a subscription is so.</summary>
    public static bool IsOf(Subscription subscription) => !subscription.IsActive && !subscription.IsOutOfService;

    /// <summary>The error where something depends on what it is.</summary>
    /// <param name="customerId">The customer.</param>
    /// <param name="subscription">The subscription.</param>
    /// <param name="consequence">What cannot be done, as the end of a sentence.</param>
    public static CspMigrationException Refuse(CustomerId customerId, Subscription subscription, string consequence)
    {
        return ServiceWord.Is(subscription.Status, "pending")
            ? ErrorCatalog.ProvisioningPending.Exception(
                $"{subscription.OfferName} ({subscription.Id}) is pending: the service has not set it up yet, so {consequence}.", customerId, subscription.Id)
            : PartnerCenterErrors.UnexpectedAnswer.Exception(
                $"{subscription.OfferName} ({subscription.Id}) is \"{subscription.Status}\", which is neither active nor suspended nor ended.", customerId, subscription.Id);
    }
}
