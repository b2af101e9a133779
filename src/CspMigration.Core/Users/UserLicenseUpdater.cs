using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Journal.Entries;
using CspMigration.Core.Sessions;
using CspMigration.Core.Wording;

namespace CspMigration.Core.Users;

/// <summary>Sends the license updates of users, as many in one call as the service takes, and knows how each ended.</summary>
internal sealed class UserLicenseUpdater
{
    private readonly MigrationOperation _operation;
    private readonly CustomerId _customerId;
    private readonly ILicenseService _service;
    private readonly string? _usageLocation;
    private readonly RefusalTally _tally = new();

    /// <param name="operation">Whose work it is.</param>
    /// <param name="customerId">The customer.</param>
    /// <param name="service">The service for the customer's licenses.</param>
    /// <param name="usageLocation">What users without a usage location get; null for none.</param>
    public UserLicenseUpdater(MigrationOperation operation, CustomerId customerId, ILicenseService service, string? usageLocation)
    {
        _operation = operation;
        _customerId = customerId;
        _service = service;
        _usageLocation = usageLocation;
    }

    /// <summary>Moves the licenses of up to <see cref="ILicenseService.BatchSize"/> users, each in one update.</summary>
    /// <returns>
    /// In their order, how each ended, and why and what to do where it did not. <see cref="UserMoveOutcome.Skipped"/>: the user no longer holds
    /// what was to be cleared.
    /// </returns>
    /// <exception cref="CspMigrationException">The service refuses the customer as a whole, or cannot be reached.</exception>
    public async Task<IReadOnlyList<(UserMoveOutcome Outcome, string? Reason)>> UpdateAsync(IReadOnlyList<LicenseUpdate> updates, CancellationToken cancellationToken)
    {
        var items = updates.Select(update => new Item(update)).ToList();
        await ReadAgainAsync(items.FindAll(IsStale), cancellationToken).ConfigureAwait(false);
        await SetUsageLocationsAsync(Open(), cancellationToken).ConfigureAwait(false);
        var sent = Open();
        await Task.WhenAll(sent.Select(item => JournalAsync(Intend(item), cancellationToken))).ConfigureAwait(false);
        await SendAsync(sent, cancellationToken).ConfigureAwait(false);
        await SettleAsync(items, cancellationToken).ConfigureAwait(false);
        return items.ConvertAll(item => item.Result!.Value);

        List<Item> Open() => items.FindAll(item => item is { Result: null, Error: null });
    }

    /// <summary>Writes down why an update is not sent: it is known that the service would refuse it.</summary>
    public Task RecordAsync(LicenseUpdate update, UserMoveOutcome outcome, string? reason, CancellationToken cancellationToken)
    {
        var item = new Item(update);
        item.Settle(outcome, reason);
        return JournalAsync(Settle(item) with { Error = LicenseMoveRecord.WithoutName(reason, update.Holder.User) }, cancellationToken);
    }

    private bool IsStale(Item item) => item.Update.Holder.ReadAt is not { } readAt || _operation.Time.GetElapsedTime(readAt) > _service.Fresh;

    // Reading many users, or waiting for others of them, takes long; another administrator may have changed these meanwhile.
    private async Task ReadAgainAsync(List<Item> items, CancellationToken cancellationToken)
    {
        await ForEachReadingAsync(items, (item, reading) =>
        {
            if (reading.Error is { } error)
            {
                item.Error = error;
            }
            else if (reading.Holder is not { } holder)
            {
                item.Result = LicenseRefusal.OfDeletedUser();
            }
            else
            {
                item.Refresh(holder);
            }
        }, cancellationToken).ConfigureAwait(false);
    }

    // One call a user: hardly any lack one.
    private Task SetUsageLocationsAsync(List<Item> items, CancellationToken cancellationToken)
    {
        return _usageLocation is not { } location ? Task.CompletedTask
            : Task.WhenAll(items.Where(item => item.Update.Holder.User.UsageLocation is null).Select(async item =>
            {
                try
                {
                    await _service.SetUsageLocationAsync(item.Update.Holder.User, location, cancellationToken).ConfigureAwait(false);
                }
                catch (CspMigrationException e)
                {
                    item.Error = e;
                }
            }));
    }

    // After a lost answer the users are read, and only those who were not moved are sent again, under the same request id: a swap that is repeated is refused.
    private async Task SendAsync(List<Item> items, CancellationToken cancellationToken)
    {
        var retry = _operation.Session.Retry;
        var startedAt = _operation.Time.GetTimestamp();
        var open = items;
        for (var failures = 1; open.Count > 0; failures++)
        {
            var errors = await _service.UpdateAsync([.. open.Select(item => item.Update)], [.. open.Select(item => item.RequestId)], cancellationToken).ConfigureAwait(false);
            foreach (var (item, error) in open.Zip(errors, (item, error) => (item, error)))
            {
                item.Error = error;
                item.IsDone = error is null;
            }

            open = open.FindAll(item => item.Error is { OutcomeUnknown: true });
            if (open.Count == 0)
            {
                return;
            }

            await ForEachReadingAsync(open, (item, reading) =>
            {
                if (reading.IsDeleted)
                {
                    (item.Error, item.Result) = (null, LicenseRefusal.OfDeletedUser());
                }
                else if (reading.Holder is { } holder && item.IsMadeIn(holder))
                {
                    (item.Error, item.IsDone) = (null, true);
                }
            }, cancellationToken).ConfigureAwait(false);
            if (open.RemoveAll(item => item.Error is null) is var found and > 0)
            {
                _operation.Observer.Verbose($"The answer to {Enumeration.Count(found, "license update")} was lost, but {(found == 1 ? "it was" : "they were")} done.");
            }

            var delay = retry.BackOff(failures);
            if (open.Count == 0 || _operation.Time.GetElapsedTime(startedAt) + delay > retry.Budget)
            {
                return;
            }

            _operation.Observer.Verbose($"The answer to {Enumeration.Count(open.Count, "license update")} was lost, and {(open.Count == 1 ? "it was" : "they were")} not done: sent again.");
            _operation.Observer.Waiting("the license update not answered", delay);
            await _operation.Time.Delay(delay, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task ForEachReadingAsync(List<Item> items, Action<Item, UserReading> take, CancellationToken cancellationToken)
    {
        if (items.Count == 0)
        {
            return;
        }

        var readings = await _service.ReadAsync([.. items.Select(item => item.Update.Holder.User)], cancellationToken).ConfigureAwait(false);
        foreach (var (item, reading) in items.Zip(readings, (item, reading) => (item, reading)))
        {
            take(item, reading);
        }
    }

    // Writes down every end that is known, before what ends the whole customer is thrown.
    private async Task SettleAsync(List<Item> items, CancellationToken cancellationToken)
    {
        var refused = items.FindAll(item => item.Error is { } error && RefusalTally.IsOfUser(error));

        // Another administrator may have moved the user meanwhile: then there was nothing left to do. Where the user cannot be read either, the refusal stands.
        await ForEachReadingAsync(refused.FindAll(item => item.Error!.StatusCode is not (403 or 404)), (item, reading) => item.Now = reading.Holder, cancellationToken).ConfigureAwait(false);
        CspMigrationException? ofCustomer = null;
        foreach (var item in items.Where(item => item.Result is null))
        {
            if (item.IsDone)
            {
                _tally.Succeed();
                item.Settle(UserMoveOutcome.Moved, reason: null);
            }
            else if (item.Error is { OutcomeUnknown: true } unknown)
            {
                // What is not known stays open in the journal.
                item.Result = (UserMoveOutcome.Failed, unknown.ProblemAndAction);
            }
            else if (refused.Contains(item))
            {
                item.SettleRefusal();
                ofCustomer ??= item.Error!.StatusCode == 403 && _tally.IsOfCustomer() ? item.Error : null;
            }
            else
            {
                ofCustomer ??= item.Error;
            }
        }

        await Task.WhenAll(items.Where(item => item.IsSettled).Select(item => JournalAsync(Settle(item), cancellationToken))).ConfigureAwait(false);
        if (ofCustomer is not null)
        {
            throw ofCustomer;
        }
    }

    private LicenseIntended Intend(Item item)
    {
        var update = item.Update;
        return new LicenseIntended
        {
            At = _operation.Time.GetUtcNow(),
            CustomerId = _customerId,
            Sources = update.Sources,
            RequestId = item.RequestId,
            UserId = update.Holder.User.Id,
            Direction = update.IsBack ? MoveDirection.Back : null,
            FromSkuIds = update.Remove,
            ToSkuIds = [.. update.Assign.Select(sku => sku.Key)],
            SwitchedOffPlans = update.SwitchedOff.Count == 0 ? null : update.SwitchedOff,
            SwitchedOffPlansBySku = update.SwitchedOffBySku?.Values.Any(plans => plans.Count > 0) == true ? update.SwitchedOffBySku : null,
        };
    }

    // What was refused is told with the reason, and whether it was made all the same.
    private LicenseSettled Settle(Item item)
    {
        var (outcome, reason) = item.Result!.Value;
        var settled = LicenseSettled.Of(Intend(item), _operation.Time.GetUtcNow(), outcome);
        return item.Error is not { } error ? settled
            : settled with { Done = outcome == UserMoveOutcome.AlreadyMoved, Reason = error.ServiceCode ?? error.ErrorId, Error = LicenseMoveRecord.WithoutName(reason, item.Update.Holder.User) };
    }

    private Task JournalAsync(LicenseEntry entry, CancellationToken cancellationToken) => _operation.Journal.AppendAsync(entry, cancellationToken);

    // One user's update on its way.
    private sealed class Item
    {
        public Item(LicenseUpdate update) => Update = update;

        public LicenseUpdate Update { get; private set; }

        public Guid RequestId { get; } = Guid.NewGuid();

        /// <summary>Why it was not done, or is not known to have been.</summary>
        public CspMigrationException? Error { get; set; }

        /// <summary>Whether it was done.</summary>
        public bool IsDone { get; set; }

        /// <summary>The user as read after a refusal.</summary>
        public LicenseHolder? Now { get; set; }

        public (UserMoveOutcome Outcome, string? Reason)? Result { get; set; }

        /// <summary>Whether the journal is told how it ended.</summary>
        public bool IsSettled { get; private set; }

        public bool IsMadeIn(LicenseHolder holder) => Update.Assign.All(sku => Update.IsAssigned(holder, sku.Key)) && !Update.Remove.Any(holder.HoldsDirectly);

        /// <summary>Takes the user as they are now: what is held and in service need not be set, and what is not held cannot be cleared.</summary>
        public void Refresh(LicenseHolder holder)
        {
            var current = Update with
            {
                Holder = holder,
                Assign = [.. Update.Assign.Where(sku => Update.IsDue(holder, sku.Key) && !(Update.IsAssigned(holder, sku.Key) && holder.IsInService(sku.Key)))],
                Remove = [.. Update.Remove.Where(holder.HoldsDirectly)],
            };
            var groups = Update.Remove.SelectMany(skuId => holder.GroupsOf(skuId) ?? []).Distinct().ToList();

            // Without the direct license the user still has that of the group. On the way back the group is exchanged after its members.
            if (Update.Remove.Count > 0 && groups.Count > 0 && (current.Remove.Count == 0 || !Update.IsBack))
            {
                Result = LicenseRefusal.OfGroup(groups);
            }
            else if (Update.Remove.Count > 0 && current.Remove.Count == 0)
            {
                Result = Update.Assign.All(sku => Update.IsAssigned(holder, sku.Key)) ? (UserMoveOutcome.AlreadyMoved, null) : (UserMoveOutcome.Skipped, "The user no longer holds the license.");
            }

            Update = current;
        }

        public void Settle(UserMoveOutcome outcome, string? reason)
        {
            Result = (outcome, reason);
            IsSettled = true;
        }

        public void SettleRefusal()
        {
            var (outcome, reason) = Now is { } holder && IsMadeIn(holder) ? (UserMoveOutcome.AlreadyMoved, null) : LicenseRefusal.Read(Error!);
            Settle(outcome, reason);
        }
    }
}
