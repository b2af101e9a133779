using CspMigration.Sandbox.Errors;
using CspMigration.Sandbox.Http;
using CspMigration.Sandbox.Operations.Requests;
using CspMigration.Sandbox.Operations.Transitions;
using CspMigration.Sandbox.Routing;
using CspMigration.Sandbox.Spelling;
using CspMigration.Sandbox.State;
using CspMigration.Sandbox.Wire;

namespace CspMigration.Sandbox.Operations.Subscriptions;

/// <summary>
/// The PATCH of a subscription. Its body is the whole resource with some members changed. Omitted members stay, except that
/// a body without <c>autoRenewEnabled</c> switches it off and one without a schedule removes it.
/// </summary>
internal static class SubscriptionUpdate
{
    public static Answer Patch(Call call)
    {
        var subscription = call.Subscription;
        CheckEtag(call, subscription);
        CheckIdentity(call.Body, subscription);
        call.RequireUnendedSubscription();
        if (Transition.IsUnderWay(call.Account, subscription))
        {
            throw Refusals.PendingOperation();
        }

        var change = SubscriptionChange.Read(call.Body, subscription);
        Check(call, subscription, change);
        var scheduled = subscription.Commerce == Commerce.New ? ScheduledActionReader.Read(call, subscription, change) : null;
        var before = subscription.Scheduled;
        Apply(call, subscription, change, scheduled);
        call.World.Observer?.AfterChange(call.Customer, call.Account, subscription, before, asked: change.ChangesRenewal || scheduled is not null || call.DropsSchedules);
        var resource = SubscriptionResource.Of(call.Customer, subscription, call.Now);
        return call.World.AnswersAccepted
            ? Answer.Accepted(resource, "/v1" + SubscriptionResource.Path(call.Customer, subscription))
            : Answer.Ok(resource);
    }

    private static void CheckEtag(Call call, Subscription subscription)
    {
        if (subscription.Commerce == Commerce.Legacy)
        {
            call.CheckEtag(SubscriptionResource.Etag(subscription));
        }
    }

    private static void CheckIdentity(JsonBody body, Subscription subscription)
    {
        if (body.Text("id") is { } id && !AnyCase.AreEqual(id, subscription.Id))
        {
            throw Refusals.InvalidProperty("id", $"{id} is not the subscription in the path.");
        }
    }

    private static void Check(Call call, Subscription subscription, SubscriptionChange change)
    {
        if (subscription.Status == SubscriptionStatus.Suspended)
        {
            CheckSuspended(change);
        }

        if (subscription.IsExtended)
        {
            NewCommerceUpdate.CheckExtended(change);
        }

        if (change.Status is { } status)
        {
            CheckNewStatus(call, subscription, status);
        }

        if (change.Quantity is { } quantity)
        {
            CheckQuantity(call, subscription, quantity);
        }

        if (change.TurnsRenewalOn && subscription is { IsTrial: true, Commerce: Commerce.Legacy })
        {
            throw Refusals.NotAutoRenewable();
        }

        if (change.PartnerId is { } partnerId)
        {
            if (subscription.ParentId != null)
            {
                throw Refusals.PartnerOfRecordChange();
            }

            PartnerIds.Check(partnerId);
        }

        if (change.BillingCycle != null)
        {
            throw Refusals.BillingCycleBelongsToOrder();
        }
    }

    private static void CheckSuspended(SubscriptionChange change)
    {
        if (change.Quantity != null)
        {
            throw Refusals.QuantityOfSuspended();
        }

        if (change.Status == null && change.IsAny)
        {
            throw Refusals.Suspended();
        }
    }

    private static void CheckNewStatus(Call call, Subscription subscription, SubscriptionStatus status)
    {
        switch (status)
        {
            case SubscriptionStatus.Suspended:
                return;
            case SubscriptionStatus.Active:
                if (subscription.ParentId is { } parentId && call.Account.FindSubscription(parentId) is { IsLive: false })
                {
                    throw Refusals.ParentNotActive(parentId);
                }

                return;
            case SubscriptionStatus.Deleted when subscription.Commerce == Commerce.New:
                NewCommerceUpdate.CheckCancellation(call, subscription);
                return;
            default:
                throw Refusals.StatusChange(SubscriptionResource.Status(subscription.Status), SubscriptionResource.Status(status));
        }
    }

    private static void CheckQuantity(Call call, Subscription subscription, int quantity)
    {
        var (minimum, maximum) = SubscriptionLimits.Of(subscription);
        if (quantity < minimum || quantity > maximum)
        {
            throw Refusals.SubscriptionQuantity(minimum, maximum);
        }

        if (subscription.Commerce == Commerce.New)
        {
            NewCommerceUpdate.CheckDecrease(call, subscription, quantity);
        }
    }

    private static void Apply(Call call, Subscription subscription, SubscriptionChange change, ScheduledAction? scheduled)
    {
        if (change.Quantity is { } quantity)
        {
            subscription.SetQuantity(quantity, call.Now, call.World.ProvisioningDelay);
        }

        subscription.FriendlyName = change.FriendlyName ?? subscription.FriendlyName;
        subscription.PartnerId = change.PartnerId ?? subscription.PartnerId;
        subscription.SetRenewal(change.AutoRenew, scheduled, call.Now);
        if (change.Status is { } status)
        {
            subscription.SetStatus(status, call.Now);
            if (status != SubscriptionStatus.Active)
            {
                call.World.Observer?.AfterSuspension(call.Customer, call.Account, subscription, call.Now);
            }
        }

        subscription.IncrementVersion();
    }
}
