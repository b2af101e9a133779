using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Changes;
using CspMigration.Core.Customers;
using CspMigration.Core.Sessions;
using CspMigration.Core.Threading;
using CspMigration.Core.Users;
using CspMigration.Core.Wording;

namespace CspMigration.Core.Licenses;

/// <summary>
/// The second step: per user, clears the old license and sets the new one in one update. Users who have it already
/// are left alone, so that the step can be run again.
/// </summary>
public sealed class LicenseMoveStep
{
    private readonly MigrationOperation _operation;

    internal LicenseMoveStep(MigrationOperation operation) => _operation = operation;

    /// <summary>For ids alone: reads the target they name as it is now.</summary>
    /// <param name="customerId">The customer.</param>
    /// <param name="sourceSubscriptionId">The subscription the licenses leave.</param>
    /// <param name="targetSubscriptionId">The subscription they go to; empty only in a plan that has yet to buy it.</param>
    /// <param name="isPlanned">Whether the record they come from was planned.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<TargetSubscription> ReadTargetAsync(
        string customerId, string sourceSubscriptionId, string? targetSubscriptionId, bool isPlanned, CancellationToken cancellationToken)
    {
        var view = new CustomerView(_operation, CustomerId.From(customerId));
        var customer = await view.CustomerAsync(cancellationToken).ConfigureAwait(false);
        var subscriptions = await view.SubscriptionsAsync(cancellationToken).ConfigureAwait(false);
        var source = await view.RequireSubscriptionAsync(SubscriptionId.FromOrNull(sourceSubscriptionId), cancellationToken).ConfigureAwait(false);
        var sourceSkuId = await view.SkuIdOfAsync(source.Id, cancellationToken).ConfigureAwait(false);
        var row = _operation.Describe(customer, source, subscriptions) with { SkuId = sourceSkuId?.ToString() };
        var planned = new TargetSubscription
        {
            PartnerTenantId = _operation.PartnerTenantId,
            CustomerId = customer.Id.ToString(),
            CustomerName = customer.CompanyName,
            SourceSubscriptionId = source.Id.ToString(),
            SourceSkuId = sourceSkuId?.ToString(),
            Status = "planned",
            Outcome = TargetOutcome.Purchased,
            IsPlanned = isPlanned,
            LicenseMoveNeeded = true,
            Source = row,
        };
        if (isPlanned && string.IsNullOrWhiteSpace(targetSubscriptionId))
        {
            return planned;
        }

        var target = await view.RequireSubscriptionAsync(SubscriptionId.FromOrNull(targetSubscriptionId), cancellationToken).ConfigureAwait(false);
        var targetSkuId = await view.SkuIdOfAsync(target.Id, cancellationToken).ConfigureAwait(false);
        return planned with
        {
            TargetSubscriptionId = target.Id.ToString(),
            OfferId = target.OfferId?.ToString(),
            OfferName = target.OfferName,
            SkuId = targetSkuId?.ToString(),
            Quantity = target.Quantity,
            BillingCycle = target.BillingCycle,
            TermDuration = target.TermDuration,
            Status = target.Status,
            OrderId = target.OrderId?.ToString(),
            PartnerIdOnRecord = target.PartnerId,
            Outcome = PurchaseMark.NamesTargetOf(target.FriendlyName, source.Id) ? TargetOutcome.Resumed : TargetOutcome.Reused,
            LicenseMoveNeeded = !sourceSkuId.Is(targetSkuId),
            Commerce = target.Commerce,
        };
    }

    /// <summary>
    /// Has the move to a target confirmed; how many users it moves is counted later, when its seats are there. Each group whose license is
    /// exchanged for it is confirmed on its own, with its number of members.
    /// </summary>
    /// <param name="target">What the first step gave.</param>
    /// <param name="options">How.</param>
    /// <param name="earlier">What was confirmed before: a group that is exchanged for several sources of one SKU is confirmed once.</param>
    /// <param name="confirmer">Answers for the user.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What <see cref="MoveAsync"/> takes; null where it was declined.</returns>
    public async Task<LicenseMoveRequest?> ConfirmAsync(
        TargetSubscription target, LicenseMoveOptions options, IReadOnlyCollection<LicenseMoveRequest> earlier, IConfirmer confirmer, CancellationToken cancellationToken)
    {
        // A plan shows the move when its users have been counted.
        var planOnly = target.IsPlanned || confirmer.IsPlanOnly;
        if (!planOnly)
        {
            var answer = await new ChangeRunner(_operation, confirmer).ConfirmAsync(LicenseMoveChange.Of(target), cancellationToken).ConfigureAwait(false);
            if (answer == ConfirmationAnswer.Declined)
            {
                return null;
            }

            planOnly = answer == ConfirmationAnswer.PlanOnly;
        }

        var reader = earlier.FirstOrDefault()?.GroupReader ?? new GroupsToSwitch();
        return new LicenseMoveRequest(target, planOnly) { Groups = await ConfirmGroupsAsync(target, options, earlier, reader, confirmer, cancellationToken).ConfigureAwait(false), GroupReader = reader };
    }

    /// <summary>Moves the licenses for many targets: customers side by side, each handed out when its users are done.</summary>
    /// <param name="requests">What the first step gave, confirmed.</param>
    /// <param name="options">How.</param>
    /// <param name="moved">Gets each result, from any thread; the customer's part has ended when it has taken it.</param>
    /// <param name="failed">Gets each failure with the target it concerns; the others go on. One whose users were moved, but a group of them could not be, has a result as well.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public Task MoveAsync(
        IReadOnlyList<LicenseMoveRequest> requests,
        LicenseMoveOptions options,
        Func<LicenseMove, Task> moved,
        Action<TargetSubscription, CspMigrationException> failed,
        CancellationToken cancellationToken)
    {
        // Nothing moves for what was bought without a source.
        var customers = requests
            .Where(request => request.Target.SourceSkuId is not null || request.Target.SourceSubscriptionId is not null)
            .GroupBy(request => request.Target.Customer);
        var progress = new LicenseMoveProgress(_operation);
        return Concurrently.ForEachAsync(
            customers,
            options.CustomersAtOnce,
            async (customer, token) =>
            {
                foreach (var part in customer.GroupBy(request => request.IsPlanOnly))
                {
                    try
                    {
                        await MoveCustomerAsync([.. part], options, progress, ReportAsync, failed, token).ConfigureAwait(false);
                    }
                    catch (CspMigrationException e)
                    {
                        await FailAsync([.. part.Select(request => request.Target)], e, part.Key, failed, token).ConfigureAwait(false);
                    }
                }
            },
            cancellationToken);

        async Task ReportAsync(IReadOnlyList<LicenseMove> moves)
        {
            foreach (var move in moves)
            {
                await moved(move).ConfigureAwait(false);
            }
        }
    }

    // The targets of one customer, which are all moved or all planned.
    private async Task MoveCustomerAsync(
        IReadOnlyList<LicenseMoveRequest> requests,
        LicenseMoveOptions options,
        LicenseMoveProgress progress,
        Func<IReadOnlyList<LicenseMove>, Task> reportAsync,
        Action<TargetSubscription, CspMigrationException> failed,
        CancellationToken cancellationToken)
    {
        var isPlanOnly = requests[0].IsPlanOnly;
        var view = new CustomerView(_operation, requests[0].Target.Customer);
        var (ready, waiting) = await new InPlaceMoves(_operation, view, options.ProvisioningTimeout, isPlanOnly).SplitAsync(requests.Select(request => request.Target).ToList(), cancellationToken).ConfigureAwait(false);
        await reportAsync(waiting).ConfigureAwait(false);
        if (ready.Count == 0)
        {
            return;
        }

        var groups = requests.Where(request => request.Target.SourceSku is not null)
            .SelectMany(request => request.Groups, (request, group) => (Key: (group.Key, request.Target.SourceSku!.Value), Members: group.Value))
            .GroupBy(group => group.Key, group => group.Members).ToDictionary(group => group.Key, group => group.Max());
        var move = new CustomerLicenseMove(_operation, view, options, progress, ready, groups, isPlanOnly);
        await move.ReadAsync(cancellationToken).ConfigureAwait(false);
        if (isPlanOnly)
        {
            await reportAsync(await move.RunAsync(cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        }
        else
        {
            var change = new LicenseMoveChange(ready[0], move, reportAsync);
            await new ChangeRunner(_operation, UnattendedConfirmer.Confirming).RunConfirmedAsync(change, cancellationToken).ConfigureAwait(false);
        }

        foreach (var problem in move.Problems)
        {
            var target = ready.FirstOrDefault(other => other.SourceId.Is(SubscriptionId.FromOrNull(problem.SubscriptionId))) ?? ready[0];
            await FailAsync([target], problem, isPlanOnly, failed, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task FailAsync(
        IReadOnlyList<TargetSubscription> targets, CspMigrationException error, bool isPlanOnly, Action<TargetSubscription, CspMigrationException> failed, CancellationToken cancellationToken)
    {
        foreach (var target in targets)
        {
            failed(target, error);
        }

        if (!isPlanOnly)
        {
            var notes = new FailureRecorder(_operation);
            await Task.WhenAll(targets.Select(target => notes.RecordAsync(target.Customer, SourceEntry.KeyOf(target), error, cancellationToken))).ConfigureAwait(false);
        }
    }

    private async Task<IReadOnlyDictionary<GroupId, int>> ConfirmGroupsAsync(
        TargetSubscription target, LicenseMoveOptions options, IReadOnlyCollection<LicenseMoveRequest> earlier, GroupsToSwitch reader, IConfirmer confirmer, CancellationToken cancellationToken)
    {
        var confirmed = new Dictionary<GroupId, int>();
        if (options.GroupLicense != GroupLicenseChoice.Switch || options.Users.Count > 0 || target is not { LicenseMoveNeeded: true, SourceSku: { } skuId })
        {
            return confirmed;
        }

        foreach (var (group, members) in await reader.ReadAsync(_operation, target.Customer, [skuId], cancellationToken).ConfigureAwait(false))
        {
            var request = new ConfirmationRequest
            {
                Action = $"Switch the license of the group {group.Name} ({group.Id}), {Enumeration.Count(members, "member")}, from {target.Source?.OfferName ?? target.SourceSubscriptionId} to {target.OfferName ?? "the target"}",
                Customer = $"{target.CustomerName} ({target.CustomerId})",
                IsPlanned = target.IsPlanned,
                HasHighImpact = true,
            };
            if (IsConfirmed(group.Id, members) || await confirmer.ConfirmAsync(request, cancellationToken).ConfigureAwait(false) != ConfirmationAnswer.Declined)
            {
                confirmed[group.Id] = members;
            }
        }

        return confirmed;

        bool IsConfirmed(GroupId groupId, int members) => earlier.Any(other => other.Target.Customer.Is(target.Customer)
            && skuId.Is(other.Target.SourceSku) && other.Groups.TryGetValue(groupId, out var known) && known >= members);
    }
}
