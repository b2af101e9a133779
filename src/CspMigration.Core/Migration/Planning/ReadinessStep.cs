using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Errors;
using CspMigration.Core.Migration.Licenses;
using CspMigration.Core.Sessions;

namespace CspMigration.Core.Migration.Planning;

/// <summary>
/// Shows whether sources can be migrated now: the planner's own checks, one line each, with two more that nobody needs
/// for buying: which users will be left behind, and whether the service offers a way of its own.
/// </summary>
public sealed class ReadinessStep
{
    private const int UsersAtOnce = 32;

    private readonly MigrationOperation _operation;

    internal ReadinessStep(MigrationOperation operation) => _operation = operation;

    /// <summary>Checks; sends nothing.</summary>
    /// <param name="rows">The rows of one customer.</param>
    /// <param name="options">What would be asked for.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyList<MigrationReadiness>> CheckAsync(
        IReadOnlyList<ExpiringSubscription> rows, PurchaseOptions options, CancellationToken cancellationToken)
    {
        var view = new CustomerView(_operation, rows[0].CustomerId);
        var cases = MigrationCase.Of(rows);
        var purchases = await new PurchasePlanner(_operation, view, options).PlanAsync(cases, cancellationToken).ConfigureAwait(false);
        foreach (var source in cases.Where(source => source.IsOpen))
        {
            var purchase = purchases.FirstOrDefault(candidate => candidate.Cases.Contains(source));
            source.Note(ReadinessRule.Users, await CheckUsersAsync(view, source, purchase, cancellationToken).ConfigureAwait(false));
            source.Note(ReadinessRule.Alternative, await FindAlternativeAsync(view, source, cancellationToken).ConfigureAwait(false));
        }

        return [.. cases.Select(source => Describe(source, purchases.FirstOrDefault(candidate => candidate.Cases.Contains(source))))];
    }

    private async Task<Finding> CheckUsersAsync(CustomerView view, MigrationCase source, Purchase? purchase, CancellationToken cancellationToken)
    {
        if (purchase is null || purchase.Way == PurchaseWay.Conversion || CustomerView.Same(source.SkuId, purchase.Offer.SkuId))
        {
            return Finding.NotApplicable("No user's licence has to change.");
        }

        var skus = await view.SkusAsync(cancellationToken).ConfigureAwait(false);
        var expected = new Dictionary<string, int> { [source.SkuId] = LicensePool.Of(skus, source.SkuId).Consumed };
        var users = await new HolderSearch(_operation, UsersAtOnce).FindAsync(view.CustomerId, expected, cancellationToken).ConfigureAwait(false);
        var holders = users.Where(user => user.Holds(source.SkuId)).ToList();
        var withoutLocation = holders.Where(holder => holder.User.UsageLocation is null).Select(holder => holder.User.UserPrincipalName ?? holder.User.Id).ToList();
        if (withoutLocation.Count > 0)
        {
            return Finding.Warn(
                $"No usage location: {string.Join(", ", withoutLocation)}. They will not be moved, and the old subscription will stay active.",
                "Give them one with Move-UserLicense -UsageLocation.",
                ErrorCatalog.HoldersRemain.Id);
        }

        var toMove = await CustomerFacts.UsersToMoveAsync(view, source.SkuId, purchase.Keys, cancellationToken).ConfigureAwait(false);
        var added = purchase.Way is PurchaseWay.Order or PurchaseWay.AddOnOrder or PurchaseWay.Cart ? purchase.Quantity
            : purchase.Way == PurchaseWay.Resize ? purchase.Quantity - purchase.Existing!.Quantity
            : purchase.Way == PurchaseWay.Reactivation ? purchase.Quantity
            : 0;
        var free = LicensePool.Of(skus, purchase.Offer.SkuId ?? "").Balance + added;
        return toMove > free && purchase.Outcome != TargetOutcome.Resumed
            ? Finding.Warn(
                $"{toMove} users are to be moved, and {Math.Max(0, free)} seats will be free: the others stay, and the old subscription stays active.",
                ErrorCatalog.TooFewSeats.RecommendedAction,
                ErrorCatalog.HoldersRemain.Id)
            : Finding.Pass($"{holders.Count} users hold it.");
    }

    private async Task<Finding> FindAlternativeAsync(CustomerView view, MigrationCase source, CancellationToken cancellationToken)
    {
        if (source.Subscription is not { } subscription)
        {
            return Finding.NotApplicable("Not ours.");
        }

        var found = new List<string>();
        await AskAsync("an upgrade", CommerceKind.Legacy, service => service.HasUpgradeAsync).ConfigureAwait(false);
        await AskAsync("a migration to new commerce", CommerceKind.Legacy, service => service.HasNewCommerceMigrationAsync).ConfigureAwait(false);
        await AskAsync("a transition", CommerceKind.NewCommerce, service => service.HasTransitionAsync).ConfigureAwait(false);
        return found.Count == 0
            ? Finding.Pass("The service offers no way of its own.")
            : Finding.Pass($"The service offers {string.Join(" and ", found)} of its own; this module does not use it.");

        async Task AskAsync(
            string name,
            CommerceKind commerce,
            Func<PartnerCenter.Operations.SubscriptionOperations, Func<string, string, CancellationToken, Task<bool>>> question)
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
            ErrorId = checks.FirstOrDefault(check => check.ErrorId is not null)?.ErrorId,
            Target = purchase?.Offer.Name ?? source.Target?.Name,
            Quantity = purchase?.Quantity,
            Checks = checks,
        };
    }
}
