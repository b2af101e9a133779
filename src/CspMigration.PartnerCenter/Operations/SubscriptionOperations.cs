using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.PartnerCenter.Http;
using CspMigration.PartnerCenter.Json;
using CspMigration.PartnerCenter.Resources;
using Newtonsoft.Json.Linq;

namespace CspMigration.PartnerCenter.Operations;

/// <summary>A customer's subscriptions (docs/partner-center.md §6).</summary>
internal sealed class SubscriptionOperations
{
    private const int Accepted = 202;

    private readonly ServiceCaller _service;
    private readonly SeenRecords _seen;

    public SubscriptionOperations(ServiceCaller service, SeenRecords seen)
    {
        _service = service;
        _seen = seen;
    }

    /// <summary>All of a customer's. One that comes again, on a page that was read later, is the same one: its seats count once.</summary>
    public async Task<IReadOnlyList<Subscription>> ListAsync(CustomerId customerId, CancellationToken cancellationToken)
    {
        var all = await _service.ListAsync(
            ServiceRoute.Of($"customers/{customerId}/subscriptions"), "a subscription", json => _seen.Record(customerId, Subscription.Read(json)), cancellationToken).ConfigureAwait(false);
        var byId = all.GroupBy(subscription => subscription.Id).ToList();
        return byId.Count == all.Count ? all : [.. byId.Select(same => same.Last())];
    }

    public Task<Subscription> GetAsync(CustomerId customerId, SubscriptionId subscriptionId, CancellationToken cancellationToken)
    {
        return _service.GetAsync(RouteOf(customerId, subscriptionId), "a subscription", Subscription.Read, cancellationToken);
    }

    public Task<ProvisioningStatus> GetProvisioningStatusAsync(CustomerId customerId, SubscriptionId subscriptionId, CancellationToken cancellationToken)
    {
        return _service.GetAsync(
            ServiceRoute.Of($"customers/{customerId}/subscriptions/{subscriptionId}/provisioningstatus"),
            "a provisioning status",
            ProvisioningStatus.Read,
            cancellationToken);
    }

    /// <summary>Suspends, reactivates or deletes.</summary>
    /// <param name="customerId">The customer.</param>
    /// <param name="subscriptionId">The subscription, which is read right before the change.</param>
    /// <param name="status">The service's word.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="check">Fails where what is read forbids the change; null for nothing to check.</param>
    public Task<Subscription> SetStatusAsync(
        CustomerId customerId, SubscriptionId subscriptionId, string status, CancellationToken cancellationToken, Action<Subscription>? check = null)
    {
        return ChangeAsync(customerId, subscriptionId, _ => [new("status", status)], current => ServiceWord.Is(current.Status, status), check, cancellationToken);
    }

    /// <summary>Sets the number of seats.</summary>
    /// <param name="customerId">The customer.</param>
    /// <param name="subscriptionId">The subscription, which is read right before the change.</param>
    /// <param name="quantity">The seats.</param>
    /// <param name="keeper">Keeps what the change may take off the end of the term.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="check">Fails where what is read forbids the change; null for nothing to check.</param>
    public Task<Subscription> SetQuantityAsync(
        CustomerId customerId, SubscriptionId subscriptionId, int quantity, ITermEndKeeper keeper, CancellationToken cancellationToken, Action<Subscription>? check = null)
    {
        return ChangeAsync(customerId, subscriptionId, _ => [new("quantity", quantity)], current => current.Quantity == quantity, check, cancellationToken, keeper: keeper);
    }

    /// <summary>Legacy: has it renew, or not. In new commerce auto-renew alone decides nothing: <see cref="SetTermEndAsync"/>.</summary>
    public Task<Subscription> SetAutoRenewAsync(CustomerId customerId, SubscriptionId subscriptionId, bool autoRenew, CancellationToken cancellationToken)
    {
        return ChangeAsync(customerId, subscriptionId, _ => [new("autoRenewEnabled", autoRenew)], current => current.AutoRenewEnabled == autoRenew, check: null, cancellationToken);
    }

    /// <summary>
    /// New commerce: decides what happens when the term ends (docs/partner-center.md §17). Both members go in one change, because auto-renew off
    /// alone may become a paid extension; where that is refused, one after the other.
    /// </summary>
    /// <returns>The subscription as it is then, read after the change: whether the action is there shows in it.</returns>
    /// <param name="customerId">The customer.</param>
    /// <param name="subscriptionId">The subscription, which is read right before the change.</param>
    /// <param name="wanted">What is to happen.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="check">Fails where what is read forbids the change; null for nothing to check.</param>
    /// <param name="isOneChange">Whether auto-renew must not be changed without the action: a refusal of both is the caller's then.</param>
    /// <exception cref="CspMigrationException">The service refuses auto-renew itself, or cannot be reached. That the action is refused or dropped is no exception.</exception>
    public async Task<Subscription> SetTermEndAsync(
        CustomerId customerId, SubscriptionId subscriptionId, EndOfTermSetting wanted, CancellationToken cancellationToken, Action<Subscription>? check = null, bool isOneChange = false)
    {
        try
        {
            // Accepted with the action left out is an answer as well: what settles is whether it renews.
            _ = await ChangeAsync(
                customerId, subscriptionId, _ => wanted.ToChanges(), wanted.IsOf, check, cancellationToken, current => current.AutoRenewEnabled == wanted.AutoRenew).ConfigureAwait(false);
        }
        catch (CspMigrationException e) when (!isOneChange && wanted.Action is not null && IsRefusal(e))
        {
            _ = await ChangeAsync(
                customerId, subscriptionId, _ => (wanted with { Action = null }).ToChanges(), current => current.AutoRenewEnabled == wanted.AutoRenew, check: null, cancellationToken).ConfigureAwait(false);
            await TryScheduleAsync(customerId, subscriptionId, wanted, cancellationToken).ConfigureAwait(false);
        }

        return await ReadTermEndAsync(customerId, subscriptionId, wanted, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Gives it a name that is made from the one it has.</summary>
    public Task<Subscription> SetFriendlyNameAsync(CustomerId customerId, SubscriptionId subscriptionId, Func<string?, string> nameOf, ITermEndKeeper keeper, CancellationToken cancellationToken)
    {
        return ChangeAsync(
            customerId,
            subscriptionId,
            current => [new("friendlyName", nameOf(current.FriendlyName))],
            current => (current.FriendlyName ?? "") == nameOf(current.FriendlyName),
            check: null,
            cancellationToken,
            keeper: keeper,
            isAnswerEnough: true);
    }

    /// <summary>New commerce: the number of seats it shall have when it renews (docs/partner-center.md §6).</summary>
    /// <param name="customerId">The customer.</param>
    /// <param name="subscriptionId">The subscription, which is read right before the change.</param>
    /// <param name="catalogItemId">What it renews as, as it is on sale now: an availability of the day it was bought is not found any more (400019).</param>
    /// <param name="quantity">The number of seats.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<Subscription> SetQuantityAtRenewalAsync(
        CustomerId customerId, SubscriptionId subscriptionId, CatalogItemId catalogItemId, int quantity, CancellationToken cancellationToken)
    {
        return ChangeAsync(
            customerId,
            subscriptionId,
            current => (EndOfTermSetting.RenewAs(ScheduledAction.RenewTo(catalogItemId, current.TermDuration, current.BillingCycle, quantity)) with { AutoRenew = current.AutoRenewEnabled }).ToChanges(),
            current => current.QuantityAtRenewal == quantity,
            check: null,
            cancellationToken);
    }

    /// <summary>Whether the service offers an upgrade of its own for a legacy subscription.</summary>
    public async Task<bool> HasUpgradeAsync(CustomerId customerId, SubscriptionId subscriptionId, CancellationToken cancellationToken)
    {
        var upgrades = await _service.ListAsync(
            ServiceRoute.Of($"customers/{customerId}/subscriptions/{subscriptionId}/upgrades"), "an upgrade", json => json.Flag("isEligible"), cancellationToken).ConfigureAwait(false);
        return upgrades.Any(isEligible => isEligible);
    }

    /// <summary>Whether the service would migrate a legacy subscription to new commerce itself.</summary>
    public async Task<bool> HasNewCommerceMigrationAsync(CustomerId customerId, SubscriptionId subscriptionId, CancellationToken cancellationToken)
    {
        var question = new JObject { ["currentSubscriptionId"] = subscriptionId.ToString() };
        var request = ServiceRequest.PostRepeatable(ServiceRoute.Of($"customers/{customerId}/migrations/newcommerce/validate"), question);
        var reply = await _service.SendAsync(request, cancellationToken).ConfigureAwait(false);
        return new ResourceReader(reply.Body, "a migration eligibility").Flag("isEligible");
    }

    // The whole resource goes back with the change: it is read right before each attempt, so that nothing older is written.
    private Task<Subscription> ChangeAsync(
        CustomerId customerId,
        SubscriptionId subscriptionId,
        Func<Subscription, IReadOnlyList<KeyValuePair<string, JToken>>> changesOf,
        Func<Subscription, bool> isDone,
        Action<Subscription>? check,
        CancellationToken cancellationToken,
        Func<Subscription, bool>? isSettled = null,
        ITermEndKeeper? keeper = null,
        bool isAnswerEnough = false)
    {
        var hasMetAnother = false;
        EndOfTermSetting? former = null;
        return _service.RepeatAsync(AttemptAsync, cancellationToken);

        async Task<Subscription> AttemptAsync(CancellationToken token)
        {
            while (true)
            {
                var current = await GetAsync(customerId, subscriptionId, token).ConfigureAwait(false);
                former ??= keeper?.LeftBy(customerId, current);
                if (isDone(current))
                {
                    return await KeepTermEndAsync(customerId, current, former, keeper, token).ConfigureAwait(false);
                }

                check?.Invoke(current);
                if (former is null && keeper is not null && current is { Commerce: CommerceKind.NewCommerce, IsActive: true, ScheduledAction: not null })
                {
                    former = TermEndAfter(current, changesOf(current));
                    await keeper.KeepAsync(customerId, subscriptionId, former, token).ConfigureAwait(false);
                }

                try
                {
                    var changed = await PatchAsync(customerId, current, changesOf(current), isSettled ?? isDone, isAnswerEnough, token).ConfigureAwait(false);
                    return await KeepTermEndAsync(customerId, changed, former, keeper, token).ConfigureAwait(false);
                }
                catch (CspMigrationException e) when (!hasMetAnother && (e.StatusCode is 409 or 412 || e.ServiceCode == ServiceCodes.EntityTagStale))
                {
                    hasMetAnother = true;
                }
            }
        }
    }

    // The service drops what is scheduled with a change of seats (docs/partner-center.md §17): it is set again, with the seats there are then.
    private async Task<Subscription> KeepTermEndAsync(
        CustomerId customerId, Subscription changed, EndOfTermSetting? former, ITermEndKeeper? keeper, CancellationToken cancellationToken)
    {
        if (former is null || keeper is null || !changed.IsActive)
        {
            return changed;
        }

        // An answer to a change may show what was sent, not what was kept.
        var current = await GetAsync(customerId, changed.Id, cancellationToken).ConfigureAwait(false);
        current = former.IsOf(current) ? current : await SetTermEndAsync(customerId, changed.Id, former, cancellationToken).ConfigureAwait(false);
        await keeper.ReleaseAsync(customerId, current, former, cancellationToken).ConfigureAwait(false);
        return current;
    }

    private static EndOfTermSetting TermEndAfter(Subscription current, IReadOnlyList<KeyValuePair<string, JToken>> changes)
    {
        var seats = changes.FirstOrDefault(change => change.Key == "quantity").Value;
        return seats is not null && current.TermEnd is { Action: { Quantity: { } next } action } && next == current.Quantity
            ? current.TermEnd with { Action = action.WithQuantity((int)seats) }
            : current.TermEnd;
    }

    private async Task TryScheduleAsync(CustomerId customerId, SubscriptionId subscriptionId, EndOfTermSetting wanted, CancellationToken cancellationToken)
    {
        try
        {
            _ = await ChangeAsync(
                customerId, subscriptionId, _ => wanted.ToChanges(), wanted.IsOf, check: null, cancellationToken, current => current.AutoRenewEnabled == wanted.AutoRenew).ConfigureAwait(false);
        }
        catch (CspMigrationException e) when (IsRefusal(e))
        {
            // What is read afterwards says so.
        }
    }

    // Looked at more than once: the first reading after a change may be older than it.
    private async Task<Subscription> ReadTermEndAsync(CustomerId customerId, SubscriptionId subscriptionId, EndOfTermSetting wanted, CancellationToken cancellationToken)
    {
        const int Looks = 2;
        Subscription? current = null;
        var looks = 0;
        await _service.PollAsync(
            "for the end of the term to show",
            async token =>
            {
                current = await GetAsync(customerId, subscriptionId, token).ConfigureAwait(false);
                return wanted.IsOf(current) || ++looks >= Looks;
            },
            cancellationToken).ConfigureAwait(false);
        return current!;
    }

    /// <summary>Whether a failure is about what was sent. Of the sign-in, of a conflict or of the load it says nothing about that.</summary>
    public static bool IsRefusal(CspMigrationException e) => !e.OutcomeUnknown && e.StatusCode is >= 400 and < 500 and not (401 or 403 or 404 or 408 or 409 or 412 or 429);

    private async Task<Subscription> PatchAsync(
        CustomerId customerId, Subscription subscription, IReadOnlyList<KeyValuePair<string, JToken>> changes, Func<Subscription, bool> isDone, bool isAnswerEnough, CancellationToken cancellationToken)
    {
        var request = ServiceRequest.PatchWhole(RouteOf(customerId, subscription.Id), subscription.With(changes), subscription.EntityTag);
        var reply = await _service.SendAsync(request, cancellationToken).ConfigureAwait(false);
        var answer = reply.Status == Accepted || reply.Body is null ? null : Subscription.Read(new ResourceReader(reply.Body, "a subscription"));

        // An answer that shows it as it was is none that it is changed. A name the service may write in its own way.
        return answer is not null && (isAnswerEnough || isDone(answer)) ? answer : await AwaitAsync(customerId, subscription.Id, isDone, cancellationToken).ConfigureAwait(false);
    }

    // Accepted is not done: the resource shows when it is (docs/partner-center.md §6).
    private async Task<Subscription> AwaitAsync(CustomerId customerId, SubscriptionId subscriptionId, Func<Subscription, bool> isDone, CancellationToken cancellationToken)
    {
        Subscription? current = null;
        await _service.PollAsync(
            "for the change to be carried out",
            async token =>
            {
                current = await GetAsync(customerId, subscriptionId, token).ConfigureAwait(false);
                return isDone(current);
            },
            cancellationToken).ConfigureAwait(false);
        return current!;
    }

    private static ServiceRoute RouteOf(CustomerId customerId, SubscriptionId subscriptionId)
    {
        return ServiceRoute.Of($"customers/{customerId}/subscriptions/{subscriptionId}");
    }
}
