using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Changes;
using CspMigration.Core.Customers;
using CspMigration.Core.Errors;
using CspMigration.Core.Journal.Entries;
using CspMigration.Core.Sessions;
using CspMigration.Core.Wording;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Suspension;

/// <summary>
/// The last step: ends the source once no user depends on it (docs/rules.md, rules 10, 13, 14, 15). Legacy is suspended,
/// which stops its billing; new commerce is canceled at the end of its term, because suspending it saves nothing (rule 25).
/// </summary>
public sealed class SuspensionStep
{
    private readonly MigrationOperation _operation;
    private readonly EndingSelector _endings;
    private readonly EndingGuard _guard;

    internal SuspensionStep(MigrationOperation operation)
    {
        _operation = operation;
        _endings = new EndingSelector(operation);
        _guard = new EndingGuard(operation);
    }

    /// <summary>Ends a source, once no user depends on it and it is confirmed.</summary>
    /// <param name="request">The source.</param>
    /// <param name="options">How it is to end.</param>
    /// <param name="confirmer">Answers for the user.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The result, or the planned one; null where it was declined.</returns>
    /// <exception cref="CspMigrationException">It must not be ended, or not so; <c>PlanChanged</c>.</exception>
    public async Task<SuspendedSubscription?> RunAsync(
        SuspensionRequest request, SuspensionOptions options, IConfirmer confirmer, CancellationToken cancellationToken)
    {
        SuspendedSubscription? ended = null;
        request.IsPlanOnly |= confirmer.IsPlanOnly;
        await new ChangeRunner(_operation, confirmer).RunAsync(request.Customer, PlanChangeAsync, cancellationToken).ConfigureAwait(false);
        return ended;

        async Task<PlannedChange?> PlanChangeAsync(CancellationToken token)
        {
            var plan = await PlanAsync(request, options, token).ConfigureAwait(false);
            if (plan.Warning is { } warning)
            {
                _operation.Observer.Warning(warning);
            }

            return new EndingChange(this, plan, options, suspended => ended = suspended);
        }
    }

    /// <summary>Reads and checks; sends nothing.</summary>
    /// <exception cref="CspMigrationException">It must not be ended, or not so.</exception>
    internal async Task<SuspensionPlan> PlanAsync(SuspensionRequest request, SuspensionOptions options, CancellationToken cancellationToken)
    {
        var plan = await RecordFailureAsync(request, () => DecideAsync(request, options, cancellationToken), cancellationToken).ConfigureAwait(false);
        _operation.Observer.Verbose($"{request.CustomerName}, {plan.Planned.OfferName ?? request.SubscriptionId}: {plan.Planned.Outcome}: {plan.Planned.Reason}");
        return plan;
    }

    private async Task<SuspensionPlan> DecideAsync(SuspensionRequest request, SuspensionOptions options, CancellationToken cancellationToken)
    {
        var view = new CustomerView(_operation, request.Customer);

        // After a move the holders are counted in all likelihood: their number is read while the subscription is.
        var ahead = request is { LicensesMoved: true, IsPlanned: false, Id: { } id } && options.Reason == SuspensionReason.Migrated
            ? Task.WhenAll(view.ReadSeatsAheadAsync(cancellationToken), view.ReadCurrentAheadAsync(id, cancellationToken))
            : Task.CompletedTask;
        try
        {
            return await DecideAsync(view, request, options, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await ahead.ConfigureAwait(false);
        }
    }

    private async Task<SuspensionPlan> DecideAsync(CustomerView view, SuspensionRequest request, SuspensionOptions options, CancellationToken cancellationToken)
    {
        request.CustomerName ??= (await view.CustomerAsync(cancellationToken).ConfigureAwait(false)).CompanyName;
        if (request.Id is not { } subscriptionId)
        {
            return Untouched(request, subscription: null, SuspensionOutcome.LeftToOtherChannel, "Bought through another channel: the customer cancels it there, near its end.");
        }

        var subscription = await view.RequireCurrentAsync(subscriptionId, cancellationToken).ConfigureAwait(false);
        if (await IsItsOwnTargetAsync(request, subscription, cancellationToken).ConfigureAwait(false))
        {
            return Untouched(request, subscription, SuspensionOutcome.Kept, KeptReason(request.Customer, subscription));
        }

        if (!subscription.IsActive)
        {
            return await DecideInactiveAsync(view, subscription, request, options, cancellationToken).ConfigureAwait(false);
        }

        var ending = _endings.Select(subscription, request, options);
        var (outcome, change, reason) = ending;
        var holders = options.Reason == SuspensionReason.Migrated
            ? await _guard.CheckHoldersAsync(view, subscription, request, cancellationToken).ConfigureAwait(false)
            : await _guard.TryCountHoldersAsync(view, subscription, request, cancellationToken).ConfigureAwait(false);

        if (change is SuspensionChange.Suspend or SuspensionChange.Delete or SuspensionChange.EndWithTerm)
        {
            await _guard.CheckAddOnsAsync(view, subscription, request, cancellationToken).ConfigureAwait(false);
        }

        string?[] warnings =
        [
            _endings.WarningOf(subscription, ending)?.ToString(),
            change == SuspensionChange.None ? null : await UnfinishedTargetWarningAsync(view, subscription, cancellationToken).ConfigureAwait(false),
        ];
        DateTimeOffset? suspendedOn = change == SuspensionChange.Suspend ? _operation.Time.GetUtcNow() : null;
        var isPlanned = request.IsPlanned || change != SuspensionChange.None;
        return new SuspensionPlan(request, subscription, change, Describe(request, subscription, outcome, suspendedOn, reason, isPlanned), holders)
        {
            OtherReason = OtherReason(options),
            Warning = warnings.Any(warning => warning is not null) ? $"{subscription.OfferName} of {request.CustomerName}: {string.Join(" ", warnings.OfType<string>())}" : null,
        };
    }

    // Out of service it leaves its users without a license just the same.
    private async Task<SuspensionPlan> DecideInactiveAsync(
        CustomerView view, Subscription subscription, SuspensionRequest request, SuspensionOptions options, CancellationToken cancellationToken)
    {
        var end = UtcDay.Of(subscription.CommitmentEnd);
        var (outcome, reason) = subscription.Status.ToUpperInvariant() switch
        {
            "SUSPENDED" => (SuspensionOutcome.AlreadySuspended, options.Reason.ToString()),
            "EXPIRED" or "DISABLED" => (SuspensionOutcome.AlreadyEnded, end is null ? "Its term has ended." : $"Its term ended on {end}."),
            "DELETED" => (SuspensionOutcome.AlreadyEnded, "It was deleted."),
            _ => throw UndecidedStatus.Refuse(view.CustomerId, subscription, "it cannot be suspended"),
        };
        if (options.Reason == SuspensionReason.Migrated)
        {
            _ = await _guard.CheckHoldersAsync(view, subscription, request, cancellationToken).ConfigureAwait(false);
        }

        return Untouched(request, subscription, outcome, reason, OtherReason(options));
    }

    /// <summary>Carries a plan out.</summary>
    /// <returns>The result; null where another administrator has just decided otherwise, so that it has to be planned again.</returns>
    internal Task<SuspendedSubscription?> ExecuteAsync(SuspensionPlan plan, CancellationToken cancellationToken)
    {
        return RecordFailureAsync(plan.Request, () => EndAsync(plan, cancellationToken), cancellationToken);
    }

    private async Task<T> RecordFailureAsync<T>(SuspensionRequest request, Func<Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (CspMigrationException e) when (!request.IsPlanOnly && !request.IsPlanned)
        {
            await new FailureRecorder(_operation).RecordAsync(request.Customer, SourceKey.FromOrNull(request.SubscriptionId ?? request.SkuId), e, cancellationToken).ConfigureAwait(false);
            throw;
        }
    }

    private async Task<SuspendedSubscription?> EndAsync(SuspensionPlan plan, CancellationToken cancellationToken)
    {
        var planned = plan.Planned;
        if (plan.Subscription is not { } subscription || planned.Outcome is SuspensionOutcome.AlreadySuspended or SuspensionOutcome.AlreadyEnded or SuspensionOutcome.Kept)
        {
            await RecordEndAsync(plan, cancellationToken).ConfigureAwait(false);
            return planned with { IsPlanned = plan.Request.IsPlanned };
        }

        var customerId = plan.Request.Customer;
        var intended = Intend(plan);
        await _operation.Journal.AppendAsync(intended, cancellationToken).ConfigureAwait(false);
        var changedOn = _operation.Time.GetUtcNow();
        Subscription changed;
        try
        {
            changed = await SendAsync(customerId, subscription, plan.Change, cancellationToken).ConfigureAwait(false);
        }
        catch (CspMigrationException e) when (e.ErrorId == ErrorCatalog.PlanChanged.Id)
        {
            _operation.Observer.Verbose($"{e.Problem} It is planned again.");
            await _operation.Journal.AppendAsync(intended.Done(_operation.Time.GetUtcNow()) with { Done = false }, cancellationToken).ConfigureAwait(false);
            return null;
        }

        // The service may have refused the cancellation, or dropped it: auto-renew alone is off then.
        var isRefused = plan.Change == SuspensionChange.EndWithTerm && !EndOfTermSetting.Cancel.IsOf(changed);
        var (outcome, reason) = isRefused ? (SuspensionOutcome.AutoRenewOff, EndOfTermRules.ExtensionWarning(changed).ToString()) : (planned.Outcome, planned.Reason);
        if (isRefused)
        {
            _operation.Observer.Warning($"{subscription.OfferName} of {plan.Request.CustomerName}: {reason}");
        }

        await _operation.Journal.AppendAsync(intended.Done(_operation.Time.GetUtcNow()) with { Status = JournalStatuses.Of(outcome) }, cancellationToken).ConfigureAwait(false);
        return Describe(plan.Request, changed, outcome, plan.Change == SuspensionChange.Suspend ? changedOn : null, reason, isPlanned: false);
    }

    private Task<Subscription> SendAsync(CustomerId customerId, Subscription subscription, SuspensionChange change, CancellationToken cancellationToken)
    {
        var subscriptions = _operation.Client.Subscriptions;
        return change switch
        {
            SuspensionChange.Suspend => subscriptions.SetStatusAsync(customerId, subscription.Id, "suspended", cancellationToken),
            SuspensionChange.Delete => subscriptions.SetStatusAsync(customerId, subscription.Id, "deleted", cancellationToken),
            SuspensionChange.AutoRenewOff => subscriptions.SetAutoRenewAsync(customerId, subscription.Id, false, cancellationToken),
            SuspensionChange.EndWithTerm => subscriptions.SetTermEndAsync(
                customerId, subscription.Id, EndOfTermSetting.Cancel, cancellationToken, EndOfTermRules.IsStill(customerId, subscription, EndOfTermSetting.Cancel)),
            _ => Task.FromResult(subscription),
        };
    }

    // Another administrator ended it, or a run that was cut short before it could write that down: its migration is finished all the same.
    private Task RecordEndAsync(SuspensionPlan plan, CancellationToken cancellationToken)
    {
        var isNews = !plan.Request.IsPlanned
            && plan is { OtherReason: null, Planned: { Outcome: SuspensionOutcome.AlreadySuspended or SuspensionOutcome.AlreadyEnded }, Subscription: { } subscription }
            && _operation.Journal.View.IsToBeEnded(plan.Request.Customer, subscription.Id);
        return isNews || IsKeptNow(plan) ? _operation.Journal.AppendAsync(Intend(plan).Done(_operation.Time.GetUtcNow()), cancellationToken) : Task.CompletedTask;
    }

    // What was bought is given back by an undo, which knows what else belongs to it.
    private async Task<string?> UnfinishedTargetWarningAsync(CustomerView view, Subscription subscription, CancellationToken cancellationToken)
    {
        var sources = _operation.Journal.View.UnfinishedSources(view.CustomerId, subscription.Id);
        if (sources.Count == 0)
        {
            return null;
        }

        var subscriptions = await view.SubscriptionsAsync(cancellationToken).ConfigureAwait(false);
        var names = sources.Select(source => subscriptions.FirstOrDefault(other => source.Is(other.Id)) is { } known ? $"{known.OfferName} ({source})" : source.ToString());
        return $"It replaces {string.Join(" and ", names)} in a migration that is not finished. "
            + Remedies.RollBackInstead(UserCommands.RollBack(view.CustomerId, sources[0].ToSubscriptionId()));
    }

    // A transition that has failed since, and a schedule that someone has taken off, leave a source like any other.
    private async Task<bool> IsItsOwnTargetAsync(SuspensionRequest request, Subscription subscription, CancellationToken cancellationToken)
    {
        return _operation.Journal.View.ChangeInPlace(request.Customer, subscription.Id) is { } change
            ? (request.IsPlanned && request.IsItsOwnTarget) || await InPlaceChange.IsStandingAsync(_operation, request.Customer, subscription, change, cancellationToken).ConfigureAwait(false)
            : request.IsItsOwnTarget || _operation.Journal.View.Purchase(request.Customer, subscription.Id) is { Method: JournalMethod.Conversion };
    }

    private string KeptReason(CustomerId customerId, Subscription subscription)
    {
        return _operation.Journal.View.ChangeInPlace(customerId, subscription.Id) is { } change && !InPlaceChange.HasBecome(subscription, change)
            ? change.Method == JournalMethod.Renewal
                ? $"It becomes {change.OfferName} after {UtcDay.Of(subscription.CommitmentEnd)}."
                : $"It is becoming {change.OfferName}: source and target are one subscription."
            : "Source and target are one subscription.";
    }

    // What was changed in place is over once it is the target, and no user is left behind.
    private bool IsKeptNow(SuspensionPlan plan)
    {
        return plan is { Planned.Outcome: SuspensionOutcome.Kept, Request: { IsPlanned: false, LicensesMoved: true }, Subscription: { } subscription }
            && _operation.Journal.View.ChangeInPlace(plan.Request.Customer, subscription.Id) is { } change
            && InPlaceChange.HasBecome(subscription, change)
            && !_operation.Journal.View.IsKept(plan.Request.Customer, subscription.Id);
    }

    private StatusIntended Intend(SuspensionPlan plan)
    {
        return new StatusIntended
        {
            At = _operation.Time.GetUtcNow(),
            CustomerId = plan.Request.Customer,
            SubscriptionId = plan.Request.Id,
            Status = JournalStatuses.Of(plan.Planned.Outcome),
            Change = plan.Change,
            OtherReason = plan.OtherReason,
            TermEndBefore = plan.Change == SuspensionChange.EndWithTerm ? TermEndRecord.Of(plan.Subscription!.TermEnd) : null,
        };
    }

    private static SuspensionReason? OtherReason(SuspensionOptions options) => options.Reason == SuspensionReason.Migrated ? null : options.Reason;

    private SuspensionPlan Untouched(
        SuspensionRequest request, Subscription? subscription, SuspensionOutcome outcome, string reason, SuspensionReason? otherReason = null)
    {
        var suspendedOn = outcome == SuspensionOutcome.AlreadySuspended ? _operation.Journal.View.SuspendedOn(request.Customer, subscription!.Id) : null;
        return new SuspensionPlan(
            request, subscription, SuspensionChange.None, Describe(request, subscription, outcome, suspendedOn, reason, request.IsPlanned), holders: 0)
        {
            OtherReason = otherReason,
        };
    }

    private SuspendedSubscription Describe(
        SuspensionRequest request, Subscription? subscription, SuspensionOutcome outcome, DateTimeOffset? suspendedOn, string? reason, bool isPlanned)
    {
        var ended = new SuspendedSubscription
        {
            PartnerTenantId = _operation.PartnerTenantId,
            CustomerId = request.CustomerId,
            CustomerName = request.CustomerName,
            SubscriptionId = subscription?.Id.ToString(),
            OfferName = subscription?.OfferName ?? request.OfferName,
            Status = isPlanned && outcome == SuspensionOutcome.Suspended ? "suspended"
                : isPlanned && outcome == SuspensionOutcome.Cancelled ? "deleted"
                : subscription?.Status ?? "",
            Outcome = outcome,
            IsPlanned = isPlanned,
            Reason = reason,
        };
        return RetentionDates.AddTo(ended, suspendedOn, subscription?.CommitmentEnd);
    }
}
