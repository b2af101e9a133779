using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Customers;
using CspMigration.Core.Errors;
using CspMigration.Core.Purchases;
using CspMigration.Core.Sessions;
using CspMigration.Core.Wording;
using CspMigration.PartnerCenter.Errors;

namespace CspMigration.Core.Planning;

/// <summary>
/// Turns an approved row into exactly the purchase it names, or refuses it: <c>PlanStale</c> where the source is not as it
/// was when the plan was made, or where the checks would by now lead to something else.
/// </summary>
internal sealed class ApprovedPlanner
{
    private readonly MigrationOperation _operation;

    public ApprovedPlanner(MigrationOperation operation) => _operation = operation;

    /// <summary>Decides for the approved rows of one customer.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="view">The customer; null where the rows name none.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<PurchasePlanning> PlanAsync(IReadOnlyList<PlannedRow> rows, CustomerView? view, CancellationToken cancellationToken)
    {
        var plans = new List<PurchasePlan>();
        var failures = new List<KeyValuePair<ExpiringSubscription, CspMigrationException>>();

        // Rows that were one purchase are one purchase again: the first has it, the others are covered by it.
        foreach (var group in Group(rows))
        {
            var cases = new List<MigrationCase>();
            try
            {
                foreach (var row in group)
                {
                    cases.Add(await ReadPlacedAsync(view, row, cancellationToken).ConfigureAwait(false));
                }

                plans.AddRange(await PlanGroupAsync(view!, group, cases, cancellationToken).ConfigureAwait(false));
            }
            catch (CspMigrationException e)
            {
                failures.AddRange(group.Select(row => new KeyValuePair<ExpiringSubscription, CspMigrationException>(
                    cases.Find(source => source.Row.Id.Is(row.SourceId))?.Row ?? Unread(row),
                    e.About(row.CustomerId, row.SourceSubscriptionId))));
            }
        }

        return new PurchasePlanning { Plans = plans, Failures = failures };
    }

    private static IEnumerable<List<PlannedRow>> Group(IReadOnlyList<PlannedRow> rows)
    {
        return rows
            .GroupBy(row => $"{row.OfferId}/{row.Quantity}/{row.BillingCycle}/{row.TermDuration}/{row.PartnerIdOnRecord}", StringComparer.OrdinalIgnoreCase)
            .SelectMany(same => same.Any(row => row.Outcome == nameof(TargetOutcome.Covered))
                ? [[.. same]]
                : same.Select(row => new List<PlannedRow> { row }));
    }

    private async Task<MigrationCase> ReadPlacedAsync(CustomerView? view, PlannedRow row, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadSourceAsync(view, row, cancellationToken).ConfigureAwait(false);
        }
        catch (CspMigrationException e)
        {
            throw e.In(row.Place);
        }
    }

    private async Task<MigrationCase> ReadSourceAsync(CustomerView? view, PlannedRow row, CancellationToken cancellationToken)
    {
        if (row is { CustomerId: not null, OfferId: not null, SourceSubscriptionId: null, HasSource: false })
        {
            throw ErrorCatalog.PlanStale.Exception(
                "It is a purchase without a source, which a plan cannot hold.", remedy: Remedies.BuyWithoutPlan());
        }

        var lacking = Lacking(row).ToList();
        if (lacking.Count > 0)
        {
            throw ErrorCatalog.PlanStale.Exception($"It lacks its {string.Join(", its ", lacking)}.", remedy: Remedies.MakePlan());
        }

        // A row that has a customer has a view of it.
        var subscription = await view!.RequireSubscriptionAsync(row.SourceId, cancellationToken).ConfigureAwait(false);
        var differences = new List<string>();
        Compare("quantity", row.SourceQuantity, subscription.Quantity);
        Compare("status", row.SourceStatus?.ToLowerInvariant(), subscription.Status.ToLowerInvariant());
        Compare("auto-renew", row.SourceAutoRenewEnabled, subscription.AutoRenewEnabled);
        Compare("what happens at the end of the term", row.SourceEndOfTerm ?? $"{EndOfTermRules.Of(subscription)}", $"{EndOfTermRules.Of(subscription)}");
        Compare("end of term", UtcDay.Of(row.SourceCommitmentEndDate), UtcDay.Of(subscription.CommitmentEnd));
        var stale = differences.Count == 0 ? null : ErrorCatalog.PlanStale.Exception(
            $"The source has changed since the plan was made: {string.Join(", ", differences)}.", view.CustomerId, subscription.Id);

        // A plan that has been carried out to its end has changed the source itself, also where that could not be written down any more.
        var journal = _operation.Journal.View;
        var isCarriedOut = journal.IsEnded(view.CustomerId, subscription.Id)
            || (!subscription.IsActive && journal.IsToBeEnded(view.CustomerId, subscription.Id))
            || journal.ChangeInPlace(view.CustomerId, subscription.Id) is not null;
        if (stale is not null && !isCarriedOut)
        {
            throw stale;
        }

        var customer = await view.CustomerAsync(cancellationToken).ConfigureAwait(false);
        var source = _operation.Describe(customer, subscription, await view.SubscriptionsAsync(cancellationToken).ConfigureAwait(false));
        return new MigrationCase(source) { ErrorIfNoTarget = stale };

        void Compare<T>(string what, T planned, T now)
        {
            if (!EqualityComparer<T>.Default.Equals(planned, now))
            {
                differences.Add($"{what} was {planned}, is {now}");
            }
        }
    }

    private static IEnumerable<string> Lacking(PlannedRow row)
    {
        (string Name, bool IsThere)[] members =
        [
            ("customer", row.CustomerId is not null),
            ("source", row.HasSource && row.SourceSubscriptionId is not null),
            ("offer", row.OfferId is not null),
            ("quantity", row.Quantity is not null),
            ("number of units of each add-on (AddOnQuantities)", row.AddOns.Count == row.AddOnQuantities.Count && row.AddOnQuantities.All(quantity => quantity is >= 1 and <= AddOnChoice.Most)),
        ];
        return members.Where(member => !member.IsThere).Select(member => member.Name);
    }

    private async Task<IReadOnlyList<PurchasePlan>> PlanGroupAsync(
        CustomerView view, List<PlannedRow> rows, List<MigrationCase> cases, CancellationToken cancellationToken)
    {
        var row = rows.Find(candidate => candidate.Outcome != nameof(TargetOutcome.Covered)) ?? rows[0];
        var approved = Enum.TryParse<TargetOutcome>(row.Outcome, out var outcome) && outcome != TargetOutcome.Covered ? outcome : TargetOutcome.Purchased;
        var options = new PurchaseOptions
        {
            Target = row.Commerce == nameof(CommerceKind.NewCommerce) ? row.CatalogItem?.WithoutAvailability.ToString() : row.OfferId,
            Quantity = row.Quantity,
            BillingCycle = row.BillingCycle,
            Term = row.TermDuration,
            TermEndDate = row.TermEndDate,
            FriendlyName = row.FriendlyName is { } name ? PurchaseMark.WithoutSources(name) : null,
            AddOns = [.. row.AddOns.Zip(row.AddOnQuantities, (id, quantity) => new AddOnChoice(id, quantity))],
            PartnerIdOnRecord = row.PartnerIdOnRecord,
            Commerce = row.Commerce == nameof(CommerceKind.NewCommerce) ? CommerceChoice.New : CommerceChoice.Legacy,
            Method = row.Method switch
            {
                null or nameof(MigrationMethod.Purchase) => MigrationMethod.Purchase,
                nameof(MigrationMethod.Transition) => MigrationMethod.Transition,
                nameof(MigrationMethod.Renewal) => MigrationMethod.Renewal,
                var other => throw ErrorCatalog.PlanStale.Exception($"It names the method {other}, which does not exist.", view.CustomerId, row.SourceId, Remedies.MakePlan()).In(row.Place),
            },
            ApprovedOutcome = approved,
            ApprovedPlace = row.Place,
        };
        var purchases = await new PurchasePlanner(_operation, view, options).PlanAsync(cases, cancellationToken).ConfigureAwait(false);
        if (cases.FindIndex(source => source.Failure is not null) is >= 0 and var index)
        {
            // What was on sale when the plan was made and is not now makes the plan stale.
            var failure = cases[index].Failure!;
            throw (failure.ErrorId == PartnerCenterErrors.TargetNotOnSale.Id ? ErrorCatalog.PlanStale.Exception(failure.Problem, inner: failure) : failure).In(rows[index].Place);
        }

        foreach (var purchase in purchases.Where(purchase => !IsAsApproved(purchase, row, approved)))
        {
            throw ErrorCatalog.PlanStale.Exception(
                $"It was approved as {approved} with {Enumeration.Count(row.Quantity ?? 0, "seat")}; by now it would be {purchase.Outcome} with {Enumeration.Count(purchase.Quantity, "seat")} of {purchase.Offer.Name}.").In(row.Place);
        }

        foreach (var (addOn, wanted) in purchases.SelectMany(purchase => purchase.AddOns)
            .SelectMany(addOn => options.AddOns.Where(wanted => addOn.Offer.CatalogItem.IsIdenticalTo(CatalogItemId.FromOrNull(wanted.Name)) && addOn.Quantity != wanted.Quantity), (addOn, wanted) => (addOn, wanted)))
        {
            throw ErrorCatalog.PlanStale.Exception(
                $"It was approved with {Enumeration.Count(wanted.Quantity ?? 0, "unit")} of {addOn.Name}; an earlier run has begun to order {addOn.Quantity}.").In(row.Place);
        }

        return [.. purchases.Select(purchase => new PurchasePlan(purchase)
        {
            View = view,
            Approved = rows.FindAll(approvedRow => approvedRow.SourceId is { } source && purchase.Keys.Contains(source)),
        })];
    }

    // What the plan bought already is there, or needs only to be made active again.
    private static bool IsAsApproved(Purchase purchase, PlannedRow row, TargetOutcome approved)
    {
        return purchase.Outcome == TargetOutcome.Resumed
            || (purchase.Outcome == TargetOutcome.Reactivated && approved != TargetOutcome.Reactivated)
            || (purchase.Outcome == approved && purchase.Quantity == row.Quantity && purchase.Offer.CatalogItem.IsSameAs(row.CatalogItem));
    }

    private ExpiringSubscription Unread(PlannedRow row)
    {
        return new ExpiringSubscription
        {
            PartnerTenantId = row.PartnerTenantId ?? _operation.PartnerTenantId,
            CustomerId = row.CustomerId ?? "",
            SubscriptionId = row.SourceSubscriptionId,
        };
    }
}
