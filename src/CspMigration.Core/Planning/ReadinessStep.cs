using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Customers;
using CspMigration.Core.Purchases;
using CspMigration.Core.Sessions;
using CspMigration.Core.Wording;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Planning;

/// <summary>
/// Shows whether sources can be migrated now: the planner's own checks, one line each, with more that no one needs for
/// buying: which users will be left behind, what only the run can tell, and whether the service offers a way of its own.
/// </summary>
public sealed class ReadinessStep
{
    private readonly MigrationOperation _operation;

    private readonly Func<Subscription, EndingWarning?> _foreseeEnding;

    internal ReadinessStep(MigrationOperation operation, Func<Subscription, EndingWarning?> foreseeEnding)
    {
        _operation = operation;
        _foreseeEnding = foreseeEnding;
    }

    /// <summary>Checks; sends nothing.</summary>
    /// <param name="rows">The rows of one customer.</param>
    /// <param name="options">What would be asked for.</param>
    /// <param name="groupLicense">What would be done about licenses that users have from a group.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyList<MigrationReadiness>> CheckAsync(
        IReadOnlyList<ExpiringSubscription> rows, PurchaseOptions options, GroupLicenseChoice groupLicense, CancellationToken cancellationToken)
    {
        var view = new CustomerView(_operation, rows[0].Customer);
        var cases = MigrationCase.Of(rows);
        var planner = new PurchasePlanner(_operation, view, options);
        var purchases = await planner.PlanAsync(cases, cancellationToken).ConfigureAwait(false);
        foreach (var purchase in purchases)
        {
            await new RunOnlyChecks(planner.Context).RecordAsync(purchase, cancellationToken).ConfigureAwait(false);
        }

        foreach (var source in cases.Where(source => source.IsOpen))
        {
            var purchase = purchases.FirstOrDefault(candidate => candidate.Cases.Contains(source));
            await new UserChecks(_operation, view, groupLicense).RecordAsync(source, purchase, cancellationToken).ConfigureAwait(false);
            source.Record(ReadinessRule.Ending, CheckEnding(source, purchase));
            RecordMethods(source, purchase);
            source.Record(ReadinessRule.Alternative, await FindAlternativeAsync(view, source, cancellationToken).ConfigureAwait(false));
        }

        return [.. cases.Select(source => Describe(source, purchases.FirstOrDefault(candidate => candidate.Cases.Contains(source))))];
    }

    // What the last step warns of, and where there is no such step any more, that there is none.
    private Finding CheckEnding(MigrationCase source, Purchase? purchase)
    {
        if (source.Subscription is not { } subscription || purchase?.Method is TrialConversion || subscription.Id.Is(purchase?.Existing?.Id))
        {
            return Finding.NotApplicable(source.Subscription is null ? "The customer ends it where it was bought." : "Source and target are one subscription.");
        }

        if (IsMigrated(source, purchase))
        {
            var target = purchase!.Existing!;
            var end = UtcDay.Of(subscription.CommitmentEnd);
            return Finding.Pass($"Already migrated to {target.OfferName} ({target.Id}): {source.Name} "
                + (subscription.IsActive ? $"expires on {end}, and nothing is left to do." : $"is {subscription.Status}, and nothing is left to do."));
        }

        return _foreseeEnding(subscription) is { } warning
            ? Finding.Warn(warning.Problem, warning.Remedy)
            : Finding.Pass(subscription.Commerce == CommerceKind.NewCommerce
                ? $"It is canceled at the end of its term, on {UtcDay.Of(subscription.CommitmentEnd)}, once no user depends on it."
                : "It is suspended once no user depends on it, which ends its billing.");
    }

    // Where the target is gone, a purchase would be made again.
    private bool IsMigrated(MigrationCase source, Purchase? purchase)
    {
        return source is { IsOpen: true, Subscription: { } subscription }
            && purchase is { IsBought: true, Existing: not null }
            && SubscriptionDescription.IsEnded(_operation, source.Row.Customer, subscription);
    }

    // What is there already, or is begun, has its method.
    private void RecordMethods(MigrationCase source, Purchase? purchase)
    {
        if (source.InPlace is not { } methods || source.Subscription is not { Commerce: CommerceKind.NewCommerce } subscription)
        {
            return;
        }

        var end = UtcDay.Of(subscription.CommitmentEnd);
        var previews = MethodPreviews.Of(source, purchase, _operation.Time.GetUtcNow());
        var ofPurchase = previews.First(preview => preview.Method == MigrationMethod.Purchase);
        source.Record(ReadinessRule.MethodPurchase, Finding.Pass((ofPurchase.OverlapDays > 0
            ? string.Format(CultureInfo.CurrentCulture, "Possible. Source and target are both billed for {0} days, until {1}.", ofPurchase.OverlapDays, end)
            : $"Possible. Source and target are both billed until {end}.") + WindowText(ofPurchase)));
        source.Record(ReadinessRule.MethodTransition, methods.Transition is { } transition
            ? Finding.Pass($"Possible at once, prorated, without billing twice; {(transition.MovesLicenses ? "the service moves the licenses" : "the users are moved by the module")}. It cannot be undone.{WindowText(previews.First(preview => preview.Method == MigrationMethod.Transition))}")
            : Finding.NotApplicable($"Not possible: {methods.WhyNoTransition}"));
        source.Record(ReadinessRule.MethodRenewal, methods.Renewal is null
            ? Finding.NotApplicable($"Not possible: {methods.WhyNoRenewal}")
            : Finding.Pass($"Possible: it renews as {source.Target!.Name} after {end}, without billing twice. It can be undone until then.{WindowText(previews.First(preview => preview.Method == MigrationMethod.Renewal))}"));
    }

    private static string WindowText(MethodPreview preview)
    {
        return preview.Reduction == preview.Cancellation
            ? preview.ReducibleUntil is null ? " Until when it can be reduced or canceled is not known." : $" It can be reduced or canceled {preview.Reduction}."
            : $" Seats can be reduced {preview.Reduction}; it can be canceled {preview.Cancellation}.";
    }

    private async Task<Finding> FindAlternativeAsync(CustomerView view, MigrationCase source, CancellationToken cancellationToken)
    {
        if (source.Subscription is not { } subscription)
        {
            return Finding.NotApplicable("Not ours.");
        }

        var found = new List<string>();
        await CheckAsync("an upgrade", CommerceKind.Legacy, service => service.HasUpgradeAsync).ConfigureAwait(false);
        await CheckAsync("a migration to new commerce", CommerceKind.Legacy, service => service.HasNewCommerceMigrationAsync).ConfigureAwait(false);
        return found.Count == 0
            ? Finding.Pass("The service offers no migration method of its own.")
            : Finding.Pass($"The service offers {string.Join(" and ", found)} of its own; this module does not use it.");

        async Task CheckAsync(
            string name,
            CommerceKind commerce,
            Func<PartnerCenter.Operations.SubscriptionOperations, Func<CustomerId, SubscriptionId, CancellationToken, Task<bool>>> question)
        {
            if (subscription.Commerce != commerce)
            {
                return;
            }

            try
            {
                if (await question(_operation.Client.Subscriptions)(view.CustomerId, subscription.Id, cancellationToken).ConfigureAwait(false))
                {
                    found.Add(name);
                }
            }
            catch (CspMigrationException e)
            {
                // Nothing depends on the answer.
                _operation.Observer.Verbose($"Whether the service offers {name} for {source.Name} could not be read: {e.Problem}");
            }
        }
    }

    private MigrationReadiness Describe(MigrationCase source, Purchase? purchase)
    {
        var checks = source.AllChecks();
        return new MigrationReadiness
        {
            PartnerTenantId = _operation.PartnerTenantId,
            CustomerId = source.Row.CustomerId,
            CustomerName = source.Row.CustomerName,
            SubscriptionId = source.Row.SubscriptionId,
            OfferName = source.Row.OfferName,
            Verdict = !source.IsOpen ? ReadinessVerdict.Blocked
                : checks.Any(check => check.Result == ReadinessResult.Warn) ? ReadinessVerdict.Warning
                : ReadinessVerdict.Ready,
            ErrorId = checks.Where(check => check.ErrorId is not null && check.Result != ReadinessResult.Unknown)
                .OrderBy(check => check.Result == ReadinessResult.Fail ? 0 : 1).FirstOrDefault()?.ErrorId,
            Target = purchase?.Offer.Name ?? source.Target?.Name,
            Quantity = purchase?.Quantity,
            IsMigrated = IsMigrated(source, purchase),
            Methods = source.IsOpen ? MethodPreviews.Of(source, purchase, _operation.Time.GetUtcNow()) : [],
            Checks = checks,
        };
    }
}
