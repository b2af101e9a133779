using CspMigration.Sandbox.Catalogue;
using CspMigration.Sandbox.Errors;
using CspMigration.Sandbox.Http;
using CspMigration.Sandbox.State;
using CspMigration.Sandbox.Wire;

namespace CspMigration.Sandbox.Operations;

/// <summary>
/// The PATCH of a subscription, whose body is the whole resource as read with something changed. What a client leaves out
/// stays, except the renewal: without <c>autoRenewEnabled</c> it is switched off.
/// </summary>
internal static class SubscriptionUpdate
{
    public static Answer Patch(Call call)
    {
        var subscription = call.Subscription;
        CheckEtag(call, subscription);
        CheckIdentity(call.Body, subscription);
        switch (subscription.Status)
        {
            case SubscriptionStatus.Deleted:
                throw Refuse.Deleted();
            case SubscriptionStatus.Expired:
            case SubscriptionStatus.Disabled:
                throw Refuse.Ended();
            default:
                var change = SubscriptionChange.Read(call.Body, subscription);
                Check(call, subscription, change);
                Apply(call, subscription, change);
                return Answer.Ok(SubscriptionResource.Of(call.Customer, subscription));
        }
    }

    private static void CheckEtag(Call call, Subscription subscription)
    {
        var expected = call.Request.Header("If-Match")?.Trim('"');
        if (subscription.Commerce == Commerce.Legacy && expected is not (null or "*") && expected != SubscriptionResource.Etag(subscription))
        {
            throw Refuse.StaleEtag();
        }
    }

    private static void CheckIdentity(JsonBody body, Subscription subscription)
    {
        if (body.Text("id") is { } id && !Same.Id(id, subscription.Id))
        {
            throw Refuse.InvalidProperty("id", $"{id} is not the subscription in the path.");
        }
    }

    private static void Check(Call call, Subscription subscription, SubscriptionChange change)
    {
        if (subscription.Status == SubscriptionStatus.Suspended)
        {
            CheckSuspended(change);
        }

        if (change.Status is { } status)
        {
            CheckStatus(call, subscription, status);
        }

        if (change.Quantity is { } quantity)
        {
            CheckQuantity(subscription, quantity);
        }

        if (change.TurnsRenewalOn && subscription.IsTrial)
        {
            throw Refuse.NotAutoRenewable();
        }

        if (change.PartnerId is { } partnerId)
        {
            if (subscription.ParentId != null)
            {
                throw Refuse.PartnerOfRecordChange();
            }

            PartnerIds.Check(partnerId);
        }

        if (change.BillingCycle != null)
        {
            throw Refuse.BillingCycleBelongsToOrder();
        }
    }

    private static void CheckSuspended(SubscriptionChange change)
    {
        if (change.Quantity != null)
        {
            throw Refuse.QuantityOfSuspended();
        }

        if (change.Status == null && change.IsAny)
        {
            throw Refuse.Suspended();
        }
    }

    private static void CheckStatus(Call call, Subscription subscription, SubscriptionStatus status)
    {
        switch (status)
        {
            case SubscriptionStatus.Suspended:
                break;
            case SubscriptionStatus.Active:
                if (subscription.ParentId is { } parentId && call.Account.FindSubscription(parentId) is { IsLive: false })
                {
                    throw Refuse.ParentNotActive(parentId);
                }

                break;
            default:
                throw Refuse.StatusChange(SubscriptionResource.Status(subscription.Status), SubscriptionResource.Status(status));
        }
    }

    private static void CheckQuantity(Subscription subscription, int quantity)
    {
        var offer = OfferCatalogue.Instance.Find(subscription.OfferId);
        var minimum = offer?.MinimumQuantity ?? 1;
        var maximum = offer?.MaximumQuantity ?? Offer.NoMaximum;
        if (quantity < minimum || quantity > maximum)
        {
            throw Refuse.SubscriptionQuantity(minimum, maximum);
        }
    }

    private static void Apply(Call call, Subscription subscription, SubscriptionChange change)
    {
        if (change.Quantity is { } quantity)
        {
            subscription.SetQuantity(quantity, call.Now, call.World.ProvisioningDelay);
        }

        subscription.FriendlyName = change.FriendlyName ?? subscription.FriendlyName;
        subscription.PartnerId = change.PartnerId ?? subscription.PartnerId;
        subscription.AutoRenew = change.AutoRenew;
        if (change.Status is { } status)
        {
            subscription.SetStatus(status, call.Now);
            if (status != SubscriptionStatus.Active)
            {
                var pool = SeatPool.Of(call.Account, subscription.Sku, call.Now);
                call.World.Violations.AfterSuspension(call.Customer, pool, call.Account, subscription);
            }
        }

        subscription.Touch();
    }
}
