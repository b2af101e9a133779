using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Catalog;
using CspMigration.Core.Customers;
using CspMigration.Core.Errors;
using CspMigration.Core.Journal.Entries;
using CspMigration.Core.Purchases;
using CspMigration.Core.Sessions;
using CspMigration.Core.Wording;
using CspMigration.PartnerCenter.Errors;

namespace CspMigration.Core.Planning;

/// <summary>What is checked of one source: what it is, what it leaves behind, and which target it gets.</summary>
internal sealed class SourceChecks
{
    private readonly MigrationOperation _operation;
    private readonly CustomerView _view;
    private readonly PurchaseOptions _options;
    private readonly SaleFinder _sales;

    public SourceChecks(PlanningContext context, SaleFinder sales)
    {
        _operation = context.Operation;
        _view = context.View;
        _options = context.Options;
        _sales = sales;
    }

    /// <summary>Reads the source, which must be active, unless it has its target already.</summary>
    public async Task<Finding> CheckSourceAsync(MigrationCase source, CancellationToken cancellationToken)
    {
        if (source.Row.Id is not { } subscriptionId)
        {
            return Finding.Warn(
                $"Bought through another channel: {Enumeration.Count(source.Row.Quantity, "unit")} of {source.Name}.",
                Remedies.AwaitCustomer());
        }

        var subscription = await _view.RequireSubscriptionAsync(subscriptionId, cancellationToken).ConfigureAwait(false);
        source.Subscription = subscription;
        var isEnded = _operation.Journal.View.IsEnded(_view.CustomerId, subscriptionId);
        if (!subscription.IsActive)
        {
            var failure = PartnerCenterErrors.NotOurSubscription.Exception(
                $"{subscription.OfferName} ({subscriptionId}) is {subscription.Status}: there is nothing to replace.",
                remedy: Remedies.ResumeOrLeaveOut());
            source.ErrorIfNoTarget ??= isEnded || _operation.Journal.View.IsToBeEnded(_view.CustomerId, subscriptionId) ? failure : throw failure;
        }

        var skuId = _operation.Journal.View.SkuBefore(_view.CustomerId, subscription.Id) ?? await _view.RequireSkuIdOfAsync(subscription, cancellationToken).ConfigureAwait(false);
        var withdrawal = SubscriptionDescription.WithdrawalOf(
            subscription, _operation.Session.Map.Find(subscription.OfferId, skuId), isOnSale: source.Row.EndOfTerm != EndOfTerm.RenewsIntoRetired);
        source.Row = source.Row with { SkuId = skuId.ToString(), EndOfTerm = EndOfTermRules.Of(subscription, withdrawal), RenewalStatus = EndOfTermRules.Describe(subscription, withdrawal) };
        return !subscription.IsActive ? Finding.Pass($"{source.Name} is {subscription.Status}: by the journal {(isEnded ? "its migration is finished" : "it has its target")}.")
            : _operation.Journal.View.ChangeInPlace(_view.CustomerId, subscription.Id) is { } change && InPlaceChange.MayStand(subscription, change) ? Finding.Pass($"{source.Name}, {subscription.Quantity} seats: {source.Row.RenewalStatus}.")
            : source.Row.EndOfTerm == EndOfTerm.RenewsIntoAnother ? Finding.Warn(
                $"{source.Name}, {subscription.Quantity} seats, is scheduled already to become another product: {source.Row.RenewalStatus}. With a purchase the customer pays for both.",
                Remedies.LeaveOutOrEnd(UserCommands.EndWithTerm(_view.CustomerId, subscription.Id)))
            : subscription.AutoRenewEnabled ? Finding.Warn(
                $"{source.Name}, {Enumeration.Count(subscription.Quantity, "seat")}: {source.Row.RenewalStatus}.",
                Remedies.FinishBeforeRenewal())
            : RetentionDates.IsLastDayToReactivate(_operation.Time.GetUtcNow(), subscription.CommitmentEnd) ? Finding.Warn(
                $"{source.Name}, {Enumeration.Count(subscription.Quantity, "seat")}: {source.Row.RenewalStatus}. After it is suspended, no day is left to make it active again.",
                Remedies.CheckBeforeSuspending())
            : Finding.Pass($"{source.Name}, {Enumeration.Count(subscription.Quantity, "seat")}: {source.Row.RenewalStatus}.");
    }

    /// <summary>An add-on is suspended before its base, so one that no one migrates keeps the base active (docs/rules.md, rule 9).</summary>
    public async Task<Finding> CheckAddOnsAsync(MigrationCase source, IReadOnlyList<MigrationCase> cases, CancellationToken cancellationToken)
    {
        var subscriptions = await _view.SubscriptionsAsync(cancellationToken).ConfigureAwait(false);
        var left = subscriptions.Where(other => other.IsActive
            && other.ParentSubscriptionId.Is(source.Row.Id)
            && !cases.Any(with => with.Row.Id.Is(other.Id))).ToList();
        return left.Count == 0
            ? Finding.Pass("No add-on is left behind.")
            : Finding.Warn(
                $"{string.Join(", ", left.Select(addOn => $"{addOn.OfferName} ({addOn.Id})"))} is not migrated with it: the base will not be suspended.",
                AddOnAdvice.For(_view.CustomerId, source.Subscription!, left, _operation.Time.GetUtcNow()),
                ErrorCatalog.AddOnStillActive.Id);
    }

    /// <summary>Chooses the target (docs/rules.md, rules 2, 3, 4 and 18).</summary>
    public async Task<Finding> CheckTargetAsync(MigrationCase source, CancellationToken cancellationToken)
    {
        var map = _operation.Session.Map;
        source.Mapping = map.Find(source.Row.CatalogItem, source.SkuId)
            ?? map.Find(source.Row.CatalogItem, partNumber: (await _view.SkuAsync(source.SkuId, cancellationToken).ConfigureAwait(false))?.PartNumber);
        if (source.Mapping is not null)
        {
            source.Row = source.Row with { Targets = source.Mapping.Targets };
        }

        var isConversion = source.Subscription?.IsTrial == true
            || _operation.Journal.View.Purchase(_view.CustomerId, source.Key) is { Method: JournalMethod.Conversion };
        if (isConversion && _options.Target is null && source.Mapping is null)
        {
            // A trial's own conversion says what it becomes (docs/rules.md, rule 8).
            return Finding.Pass("A trial: the service names what it can be converted to.");
        }

        // What an earlier run has changed in place is of the target's product by now, which no map replaces.
        if (_options.Target is null && source.Mapping is null && _operation.Journal.View.ChangeInPlace(_view.CustomerId, source.Key) is { } change)
        {
            source.Target = new SkuTarget { Name = change.OfferName ?? change.OfferId?.ToString() ?? source.Key.ToString(), SkuId = change.SkuId?.ToString() };
            return Finding.Pass($"{source.Target.Name}, which it becomes in place.");
        }

        if (_options.Target is { } wanted)
        {
            source.Target = TargetChooser.Find(map, source.Mapping, wanted)
                ?? await _sales.FindTargetAsync(wanted, cancellationToken).ConfigureAwait(false);
            return CheckAskedFor(source.Target, source.Mapping);
        }

        if (source.Mapping is null && source.Row.Commerce == CommerceKind.OtherChannel
            && await _sales.FindSameProductAsync(source.SkuId, source.Name, cancellationToken).ConfigureAwait(false) is { } same)
        {
            source.Target = same;
            source.Row = source.Row with { Targets = [same] };
            return Finding.Pass($"{same.Name}, the same product: no license is reassigned.");
        }

        if (source.Mapping is null)
        {
            source.Row = source.Row with { Targets = [] };
            source.IsUnmapped = true;
            return new UnmappedSource(source.Row).ToFinding();
        }

        if (source.Mapping.NoTargetReason is { } reason)
        {
            throw new UnmappedSource(source.Row).Refuse(source.Mapping, reason);
        }

        source.Target = source.Mapping.Targets[0];
        return Finding.Pass($"{source.Target.Name}, the map's default for {source.Mapping.Source}.");
    }

    private static Finding CheckAskedFor(SkuTarget target, SkuMapping? mapping)
    {
        var known = mapping?.Targets ?? [];
        return known.Count == 0 || known.Any(other => Names.AreSame(other.Name, target.Name))
            ? Finding.Pass($"{target.Name}, as asked for.")
            : Finding.Warn(
                $"{target.Name}, as asked for. The map names others for {mapping!.Source}: {Enumeration.OfSome(known.Select(other => other.Name))}.",
                Remedies.CheckTargetFits());
    }
}
