using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Errors;
using CspMigration.Core.Journal;
using CspMigration.Core.PartnerCenter.Resources;
using CspMigration.Core.Sessions;

namespace CspMigration.Core.Migration;

/// <summary>The last step: suspends the old subscription once nobody depends on it.</summary>
public sealed class SuspensionStep
{
    private const string Suspended = "suspended";

    private readonly MigrationOperation _operation;

    internal SuspensionStep(MigrationOperation operation) => _operation = operation;

    /// <summary>Reads and checks; sends nothing.</summary>
    /// <exception cref="CspMigrationException">It must not be suspended.</exception>
    public async Task<SuspensionPlan> PlanAsync(SuspensionRequest request, SuspensionOptions options, CancellationToken cancellationToken)
    {
        var view = new CustomerView(_operation, request.CustomerId);
        var subscription = await view.RequireSubscriptionAsync(request.SubscriptionId, cancellationToken).ConfigureAwait(false);
        request.CustomerName ??= (await view.CustomerAsync(cancellationToken).ConfigureAwait(false)).CompanyName;
        if (!subscription.IsActive)
        {
            return new SuspensionPlan(request, subscription, Describe(request, subscription, SuspensionOutcome.AlreadySuspended, suspendedOn: null, isPlanned: request.IsPlanned));
        }

        await CheckAddOnsAsync(view, subscription, request, cancellationToken).ConfigureAwait(false);
        if (options.Reason == SuspensionReason.Migrated)
        {
            await CheckHoldersAsync(view, subscription, request, cancellationToken).ConfigureAwait(false);
        }

        return new SuspensionPlan(request, subscription, Describe(request, subscription, SuspensionOutcome.Suspended, _operation.Time.GetUtcNow(), isPlanned: true));
    }

    /// <summary>Carries a plan out.</summary>
    public async Task<SuspendedSubscription> ExecuteAsync(SuspensionPlan plan, CancellationToken cancellationToken)
    {
        if (!plan.NeedsWrite)
        {
            return plan.Planned;
        }

        await JournalAsync(JournalEntryKind.StatusIntended, plan, done: null, cancellationToken).ConfigureAwait(false);
        var suspendedOn = _operation.Time.GetUtcNow();
        var subscription = await _operation.Client.Subscriptions.SetStatusAsync(
            plan.Request.CustomerId, plan.Subscription, Suspended, cancellationToken).ConfigureAwait(false);
        await JournalAsync(JournalEntryKind.StatusSettled, plan, done: true, cancellationToken).ConfigureAwait(false);
        return Describe(plan.Request, subscription, SuspensionOutcome.Suspended, suspendedOn, isPlanned: false);
    }

    private static async Task CheckAddOnsAsync(CustomerView view, Subscription subscription, SuspensionRequest request, CancellationToken cancellationToken)
    {
        if (request.IsPlanned)
        {
            return;
        }

        var subscriptions = await view.SubscriptionsAsync(cancellationToken).ConfigureAwait(false);
        var active = subscriptions.Where(other => other.IsActive && CustomerView.Same(other.ParentSubscriptionId, subscription.Id)).ToList();
        if (active.Count > 0)
        {
            throw ErrorCatalog.AddOnStillActive.Exception(
                $"{subscription.OfferName} still carries {string.Join(", ", active.Select(addOn => $"{addOn.OfferName} ({addOn.Id})"))}.",
                request.CustomerId,
                subscription.Id);
        }
    }

    private static async Task CheckHoldersAsync(CustomerView view, Subscription subscription, SuspensionRequest request, CancellationToken cancellationToken)
    {
        if (request.LicensesMoved == false)
        {
            throw HoldersRemain(subscription, request, "Users still depend on");
        }

        if (request.IsPlanned)
        {
            return;
        }

        var skuId = await view.SkuIdOfAsync(subscription.Id, cancellationToken).ConfigureAwait(false);
        if (skuId is null)
        {
            return;
        }

        var skus = await view.SkusAsync(cancellationToken).ConfigureAwait(false);
        var users = LicensePool.Of(skus, skuId).UsersToMove(subscription.Quantity);
        if (users > 0)
        {
            throw HoldersRemain(subscription, request, users == 1 ? "1 user still depends on" : $"{users} users still depend on");
        }
    }

    private static CspMigrationException HoldersRemain(Subscription subscription, SuspensionRequest request, string who)
    {
        return ErrorCatalog.HoldersRemain.Exception($"{who} {subscription.OfferName} ({subscription.Id}) of {request.CustomerName}.", request.CustomerId, subscription.Id);
    }

    private Task JournalAsync(JournalEntryKind kind, SuspensionPlan plan, bool? done, CancellationToken cancellationToken)
    {
        return _operation.Journal.AppendAsync(
            new JournalEntry
            {
                Kind = kind,
                At = _operation.Time.GetUtcNow(),
                CustomerId = plan.Request.CustomerId,
                SubscriptionId = plan.Subscription.Id,
                Status = Suspended,
                Done = done,
            },
            cancellationToken);
    }

    private SuspendedSubscription Describe(
        SuspensionRequest request, Subscription subscription, SuspensionOutcome outcome, DateTimeOffset? suspendedOn, bool isPlanned)
    {
        DateTimeOffset? deadline = suspendedOn is { } since ? RetentionDates.ReactivateBefore(since, subscription.CommitmentEnd) : null;
        return new SuspendedSubscription
        {
            PartnerTenantId = _operation.PartnerTenantId,
            CustomerId = request.CustomerId,
            CustomerName = request.CustomerName,
            SubscriptionId = subscription.Id,
            OfferName = subscription.OfferName,
            Status = outcome == SuspensionOutcome.Suspended ? Suspended : subscription.Status,
            Outcome = outcome,
            IsPlanned = isPlanned,
            SuspendedOn = suspendedOn,
            ReactivateBefore = deadline,
            DataDeletedFrom = deadline,
            DataDeletedBy = suspendedOn is { } day ? RetentionDates.DataDeletedBy(day) : null,
            Reason = SuspensionReason.Migrated.ToString(),
        };
    }
}
