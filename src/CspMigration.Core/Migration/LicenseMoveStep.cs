using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Errors;
using CspMigration.Core.Journal;
using CspMigration.Core.PartnerCenter.Resources;
using CspMigration.Core.Sessions;
using CspMigration.Core.Threading;

namespace CspMigration.Core.Migration;

/// <summary>
/// The second step: per user, clears the old licence and sets the new one in one update. Users who have it already
/// are left alone, so that the step can be run again.
/// </summary>
public sealed class LicenseMoveStep
{
    private readonly MigrationOperation _operation;

    internal LicenseMoveStep(MigrationOperation operation) => _operation = operation;

    /// <summary>For ids alone: reads the target they name as it is now.</summary>
    /// <param name="customerId">The customer.</param>
    /// <param name="sourceSubscriptionId">The subscription the licences leave.</param>
    /// <param name="targetSubscriptionId">The subscription they go to; empty only in a plan that has yet to buy it.</param>
    /// <param name="isPlanned">Whether the record they come from was planned.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<TargetSubscription> ReadTargetAsync(
        string customerId, string sourceSubscriptionId, string? targetSubscriptionId, bool isPlanned, CancellationToken cancellationToken)
    {
        var view = new CustomerView(_operation, customerId);
        var customer = await view.CustomerAsync(cancellationToken).ConfigureAwait(false);
        var subscriptions = await view.SubscriptionsAsync(cancellationToken).ConfigureAwait(false);
        var source = await view.RequireSubscriptionAsync(sourceSubscriptionId, cancellationToken).ConfigureAwait(false);
        var sourceSkuId = await view.SkuIdOfAsync(source.Id, cancellationToken).ConfigureAwait(false);
        var row = _operation.Describe(customer, source, subscriptions) with { SkuId = sourceSkuId };
        var planned = new TargetSubscription
        {
            PartnerTenantId = _operation.PartnerTenantId,
            CustomerId = customer.Id,
            CustomerName = customer.CompanyName,
            SourceSubscriptionId = source.Id,
            SourceSkuId = sourceSkuId,
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

        var target = await view.RequireSubscriptionAsync(targetSubscriptionId ?? "", cancellationToken).ConfigureAwait(false);
        var targetSkuId = await view.SkuIdOfAsync(target.Id, cancellationToken).ConfigureAwait(false);
        return planned with
        {
            TargetSubscriptionId = target.Id,
            OfferId = target.OfferId,
            OfferName = target.OfferName,
            SkuId = targetSkuId,
            Quantity = target.Quantity,
            BillingCycle = target.BillingCycle,
            TermDuration = target.TermDuration,
            Status = target.Status,
            OrderId = target.OrderId,
            PartnerIdOnRecord = target.PartnerId,
            Outcome = PurchaseMark.Names(target.FriendlyName, source.Id) ? TargetOutcome.Resumed : TargetOutcome.Reused,
            LicenseMoveNeeded = !CustomerView.Same(sourceSkuId, targetSkuId),
            Commerce = target.Commerce,
        };
    }

    /// <summary>Moves the licences for many targets: customers side by side, each handed out when its users are done.</summary>
    /// <param name="requests">What the first step gave.</param>
    /// <param name="options">How.</param>
    /// <param name="moved">Gets each result, from any thread.</param>
    /// <param name="failed">Gets each failure with the target it concerns; the others go on.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public Task MoveAsync(
        IReadOnlyList<LicenseMoveRequest> requests,
        LicenseMoveOptions options,
        Action<LicenseMove> moved,
        Action<TargetSubscription, CspMigrationException> failed,
        CancellationToken cancellationToken)
    {
        var customers = requests.GroupBy(request => request.Target.CustomerId, StringComparer.OrdinalIgnoreCase);
        return Concurrently.ForEachAsync(
            customers,
            options.CustomersAtOnce,
            async (customer, token) =>
            {
                var view = new CustomerView(_operation, customer.Key);
                // Sources of one directory SKU draw on one pool: they are moved as one.
                foreach (var pool in customer.GroupBy(request => request.Target.SourceSkuId ?? "", StringComparer.OrdinalIgnoreCase))
                {
                    var members = pool.Select(request => request.Target).ToList();
                    var planOnly = pool.Any(request => request.PlanOnly);
                    try
                    {
                        foreach (var move in await MovePoolAsync(view, members, planOnly, options, token).ConfigureAwait(false))
                        {
                            moved(move);
                        }
                    }
                    catch (CspMigrationException e)
                    {
                        members.ForEach(target => failed(target, e));
                    }
                }
            },
            cancellationToken);
    }

    private async Task<IReadOnlyList<LicenseMove>> MovePoolAsync(
        CustomerView view, List<TargetSubscription> targets, bool isPlanned, LicenseMoveOptions options, CancellationToken cancellationToken)
    {
        var moving = targets.Where(target => target.LicenseMoveNeeded).ToList();
        if (moving.Count == 0)
        {
            return [.. targets.Select(target => Result(target, [], remaining: 0, isPlanned))];
        }

        var sourceSkuId = moving[0].SourceSkuId
            ?? throw ErrorCatalog.UnexpectedAnswer.Exception("The source's directory SKU is not known.", view.CustomerId, moving[0].SourceSubscriptionId);
        if (!isPlanned)
        {
            foreach (var subscriptionId in moving.Select(target => target.TargetSubscriptionId).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase))
            {
                await new SeatWaiter(_operation).WaitAsync(view, subscriptionId, options.ProvisioningTimeout, cancellationToken).ConfigureAwait(false);
            }
        }

        var skus = await view.SkusAsync(cancellationToken).ConfigureAwait(false);
        var pool = LicensePool.Of(skus, sourceSkuId);
        var seatsGoing = await SeatsGoingAsync(view, targets, cancellationToken).ConfigureAwait(false);
        var holders = pool.Consumed == 0
            ? new HolderSearch([], [])
            : await FindHoldersAsync(view, sourceSkuId, moving[0].SkuId, pool.Consumed, options, cancellationToken).ConfigureAwait(false);
        var work = Select(holders, pool.UnitsStaying(seatsGoing), options);
        var results = await MoveUsersAsync(view, work, moving, sourceSkuId, skus, isPlanned, options, cancellationToken).ConfigureAwait(false);
        if (!isPlanned)
        {
            view.Changed();
        }

        var notMoved = holders.Sources.Count - results.Count(user => user.Outcome == UserMoveOutcome.Moved);
        var remaining = Math.Max(0, notMoved - pool.UnitsStaying(seatsGoing));
        var users = results.Concat(holders.Done.Select(holder => new UserLicenseMove
        {
            UserId = holder.User.Id,
            UserPrincipalName = holder.User.UserPrincipalName,
            Outcome = UserMoveOutcome.AlreadyMoved,
        })).OrderBy(user => user.UserPrincipalName, StringComparer.OrdinalIgnoreCase).ToList();

        // The users of a pool cannot be told apart by source: the first of its rows lists them all.
        return [.. targets.Select(target => Result(target, target == moving[0] ? users : [], remaining, isPlanned))];
    }

    private static async Task<int> SeatsGoingAsync(CustomerView view, List<TargetSubscription> targets, CancellationToken cancellationToken)
    {
        var subscriptions = await view.SubscriptionsAsync(cancellationToken).ConfigureAwait(false);
        return subscriptions
            .Where(subscription => subscription.IsActive && targets.Exists(target => CustomerView.Same(target.SourceSubscriptionId, subscription.Id)))
            .Sum(subscription => subscription.Quantity);
    }

    // Reads users' licences until as many holders are found as the service counts: the rest need not be read.
    private async Task<HolderSearch> FindHoldersAsync(
        CustomerView view, string sourceSkuId, string? targetSkuId, int expected, LicenseMoveOptions options, CancellationToken cancellationToken)
    {
        var holders = new ConcurrentBag<LicenseHolder>();
        var done = new ConcurrentBag<LicenseHolder>();
        var read = 0;
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            await foreach (var page in _operation.Client.Users.PagesAsync(view.CustomerId, enough.Token).ConfigureAwait(false))
            {
                await Concurrently.ForEachAsync(page.Where(user => !user.IsDeleted), options.UsersAtOnce, ReadAsync, enough.Token).ConfigureAwait(false);
                if (holders.Count >= expected)
                {
                    break;
                }
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // All holders are found; the readings still under way were ended.
        }

        return new HolderSearch(ByName(holders), ByName(done));

        async Task ReadAsync(User user, CancellationToken token)
        {
            var holder = new LicenseHolder(user, await _operation.Client.Users.ListLicensesAsync(view.CustomerId, user.Id, token).ConfigureAwait(false));
            _operation.Observer.Progress("Reading licences", Interlocked.Increment(ref read), total: null);
            if (holder.Holds(sourceSkuId))
            {
                holders.Add(holder);
                if (holders.Count >= expected)
                {
#pragma warning disable CA1849 // CancelAsync is not in netstandard2.0.
                    enough.Cancel();
#pragma warning restore CA1849
                }
            }
            else if (targetSkuId is not null && holder.Holds(targetSkuId))
            {
                done.Add(holder);
            }
        }
    }

    private static List<LicenseHolder> ByName(IEnumerable<LicenseHolder> holders)
    {
        return [.. holders.OrderBy(holder => holder.User.UserPrincipalName, StringComparer.OrdinalIgnoreCase)];
    }

    private static List<(LicenseHolder Holder, bool Move)> Select(HolderSearch holders, int unitsStaying, LicenseMoveOptions options)
    {
        var wanted = options.Users.Select(name => new Wildcard(name)).ToList();
        var toMove = Math.Max(0, holders.Sources.Count - unitsStaying);
        var work = new List<(LicenseHolder, bool)>();
        foreach (var holder in holders.Sources)
        {
            var chosen = wanted.Count == 0 || wanted.Exists(name => name.MatchesAny([holder.User.UserPrincipalName, holder.User.Id]));
            var move = chosen && toMove > 0;
            toMove -= move ? 1 : 0;
            work.Add((holder, move));
        }

        return work;
    }

    private async Task<IReadOnlyList<UserLicenseMove>> MoveUsersAsync(
        CustomerView view,
        List<(LicenseHolder Holder, bool Move)> work,
        List<TargetSubscription> targets,
        string sourceSkuId,
        IReadOnlyList<SubscribedSku> skus,
        bool isPlanned,
        LicenseMoveOptions options,
        CancellationToken cancellationToken)
    {
        var target = targets[0];
        if (target.SkuId is null && !isPlanned)
        {
            throw ErrorCatalog.UnexpectedAnswer.Exception("The target's directory SKU is not known.", view.CustomerId, target.TargetSubscriptionId);
        }

        // Which service plans a SKU has is known only when the tenant has it: a plan for the first purchase cannot tell.
        var targetSku = skus.FirstOrDefault(sku => CustomerView.Same(sku.SkuId, target.SkuId));
        var results = new ConcurrentBag<UserLicenseMove>();
        var total = work.Count(item => item.Move);
        var done = 0;
        await Concurrently.ForEachAsync(
            work,
            options.UsersAtOnce,
            async (item, token) =>
            {
                var transfer = isPlanned && targetSku is null
                    ? PlanTransfer.Unknown
                    : PlanTransfer.From(item.Holder.LicenseOf(sourceSkuId)!, targetSku?.ServicePlans ?? []);
                var (outcome, reason) = !item.Move ? (UserMoveOutcome.Skipped, "Left on the old licence: not asked for, or the remaining units suffice.")
                    : isPlanned ? (UserMoveOutcome.Moved, null)
                    : await MoveUserAsync(view, item.Holder, target, sourceSkuId, target.SkuId!, transfer, token).ConfigureAwait(false);
                results.Add(new UserLicenseMove
                {
                    UserId = item.Holder.User.Id,
                    UserPrincipalName = item.Holder.User.UserPrincipalName,
                    Outcome = outcome,
                    Reason = reason,
                    ExcludedPlans = outcome == UserMoveOutcome.Moved ? transfer.Excluded : [],
                    LostPlans = outcome == UserMoveOutcome.Moved ? transfer.Lost : [],
                });
                if (item.Move)
                {
                    _operation.Observer.Progress($"Moving licences of {target.CustomerName}", Interlocked.Increment(ref done), total);
                }
            },
            cancellationToken).ConfigureAwait(false);
        return [.. results];
    }

    private async Task<(UserMoveOutcome Outcome, string? Reason)> MoveUserAsync(
        CustomerView view,
        LicenseHolder holder,
        TargetSubscription target,
        string sourceSkuId,
        string targetSkuId,
        PlanTransfer transfer,
        CancellationToken cancellationToken)
    {
        var requestId = Guid.NewGuid();
        await JournalAsync(JournalEntryKind.LicenseIntended, done: null, reason: null).ConfigureAwait(false);
        var startedAt = _operation.Time.GetTimestamp();
        for (var failures = 1; ; failures++)
        {
            try
            {
                await _operation.Client.Users.UpdateLicensesAsync(
                    view.CustomerId, holder.User.Id, targetSkuId, transfer.Excluded, sourceSkuId, requestId, cancellationToken).ConfigureAwait(false);
                break;
            }
            catch (CspMigrationException e) when (e.OutcomeUnknown)
            {
                if (await IsMovedAsync(view, holder.User, sourceSkuId, targetSkuId, cancellationToken).ConfigureAwait(false))
                {
                    break;
                }

                var delay = _operation.Session.Retry.BackOff(failures);
                if (_operation.Time.GetElapsedTime(startedAt) + delay > _operation.Session.Retry.Budget)
                {
                    return (UserMoveOutcome.Failed, e.Message);
                }

                await _operation.Time.Delay(delay, cancellationToken).ConfigureAwait(false);
            }
            catch (CspMigrationException e) when (e.StatusCode is 400 or 404 or 409)
            {
                await JournalAsync(JournalEntryKind.LicenseSettled, done: false, e.ServiceCode ?? e.ErrorId).ConfigureAwait(false);
                return LicenseRefusal.Read(e);
            }
        }

        await JournalAsync(JournalEntryKind.LicenseSettled, done: true, reason: null).ConfigureAwait(false);
        return (UserMoveOutcome.Moved, null);

        Task JournalAsync(JournalEntryKind kind, bool? done, string? reason)
        {
            return _operation.Journal.AppendAsync(
                new JournalEntry
                {
                    Kind = kind,
                    At = _operation.Time.GetUtcNow(),
                    CustomerId = view.CustomerId,
                    Sources = target.SourceSubscriptionId is { } source ? [source] : null,
                    SubscriptionId = target.TargetSubscriptionId,
                    RequestId = requestId,
                    UserId = holder.User.Id,
                    FromSkuId = sourceSkuId,
                    ToSkuId = targetSkuId,
                    SwitchedOffPlans = transfer.SwitchedOff.Count == 0 ? null : transfer.SwitchedOff,
                    Done = done,
                    Reason = reason,
                },
                cancellationToken);
        }
    }

    private async Task<bool> IsMovedAsync(CustomerView view, User user, string sourceSkuId, string targetSkuId, CancellationToken cancellationToken)
    {
        var now = new LicenseHolder(user, await _operation.Client.Users.ListLicensesAsync(view.CustomerId, user.Id, cancellationToken).ConfigureAwait(false));
        return now.Holds(targetSkuId) && !now.Holds(sourceSkuId);
    }

    private LicenseMove Result(TargetSubscription target, IReadOnlyList<UserLicenseMove> users, int remaining, bool isPlanned)
    {
        return new LicenseMove
        {
            PartnerTenantId = _operation.PartnerTenantId,
            CustomerId = target.CustomerId,
            CustomerName = target.CustomerName,
            SourceSubscriptionId = target.SourceSubscriptionId,
            TargetSubscriptionId = target.TargetSubscriptionId,
            SourceSkuId = target.SourceSkuId,
            TargetSkuId = target.SkuId,
            Moved = users.Count(user => user.Outcome == UserMoveOutcome.Moved),
            AlreadyMoved = users.Count(user => user.Outcome == UserMoveOutcome.AlreadyMoved),
            Skipped = users.Count(user => user.Outcome == UserMoveOutcome.Skipped),
            Failed = users.Count(user => user.Outcome is not (UserMoveOutcome.Moved or UserMoveOutcome.AlreadyMoved or UserMoveOutcome.Skipped)),
            Remaining = remaining,
            IsComplete = remaining == 0,
            IsPlanned = isPlanned,
            Users = users,
            Target = target,
        };
    }

    private sealed class HolderSearch
    {
        public HolderSearch(IReadOnlyList<LicenseHolder> sources, IReadOnlyList<LicenseHolder> done)
        {
            Sources = sources;
            Done = done;
        }

        /// <summary>Users with the old licence, by name.</summary>
        public IReadOnlyList<LicenseHolder> Sources { get; }

        /// <summary>Users seen with the new licence and not the old.</summary>
        public IReadOnlyList<LicenseHolder> Done { get; }
    }
}
