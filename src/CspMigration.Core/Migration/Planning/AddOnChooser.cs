using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Catalog;
using CspMigration.Core.Errors;
using CspMigration.Core.Migration.Purchasing;
using CspMigration.Core.PartnerCenter.Resources;
using CspMigration.Core.Wording;

namespace CspMigration.Core.Migration.Planning;

/// <summary>Brings add-ons and their bases together (design rule 9).</summary>
internal sealed class AddOnChooser
{
    private readonly PlanningContext _context;
    private readonly CustomerView _view;
    private readonly SaleFinder _sales;

    public AddOnChooser(PlanningContext context, SaleFinder sales)
    {
        _context = context;
        _view = context.View;
        _sales = sales;
    }

    /// <summary>The active base an add-on goes with, unless its base is bought with it.</summary>
    /// <exception cref="CspMigrationException"><c>PrerequisiteMissing</c>.</exception>
    public async Task<Purchase> FindParentAsync(Purchase purchase, IReadOnlyCollection<Purchase> others, CancellationToken cancellationToken)
    {
        var offer = purchase.Offer;
        if (!offer.IsAddOn || offer.Prerequisites.Count == 0 || purchase.Way is not (PurchaseWay.Order or PurchaseWay.Cart))
        {
            return purchase;
        }

        var subscriptions = await _view.SubscriptionsAsync(cancellationToken).ConfigureAwait(false);
        var parent = subscriptions.FirstOrDefault(subscription => subscription.IsActive && offer.Prerequisites.Any(needed => CatalogIds.AreSame(needed, subscription.OfferId)));
        if (parent is null && !others.Any(other => offer.Prerequisites.Contains(other.Offer.Id, StringComparer.OrdinalIgnoreCase)))
        {
            throw ErrorCatalog.PrerequisiteMissing.Exception(
                $"{offer.Name} is an add-on, and {_context.CustomerName} has no active subscription of its base offers: {Enumeration.OfSome(offer.Prerequisites.Select(NameOf))}.");
        }

        // Where the base is bought just before, its order is looked up then.
        return purchase with { Way = purchase.Way == PurchaseWay.Order ? PurchaseWay.AddOnOrder : purchase.Way, Parent = parent };
    }

    // The catalogue that the add-on was found in has most of its bases too.
    private string NameOf(string catalogId)
    {
        var name = _context.Operation.Session.Offers.Seen.FirstOrDefault(seen => CustomerView.Same(seen.Id, catalogId))?.Name;
        return name is null ? catalogId : $"{name} ({catalogId})";
    }

    /// <summary>The add-ons asked for, less those the base has already.</summary>
    public async Task<Purchase> ChooseAsync(Purchase purchase, CancellationToken cancellationToken)
    {
        var missing = new List<Sale>();
        foreach (var wanted in _context.Options.AddOns)
        {
            var addOn = await _sales.FindAddOnAsync(purchase.Offer, wanted, cancellationToken).ConfigureAwait(false);
            var isThere = purchase.Existing is { } existing && await IsThereAsync(addOn, existing, cancellationToken).ConfigureAwait(false);
            if (!isThere)
            {
                missing.Add(addOn);
            }
        }

        return purchase with { AddOns = missing };
    }

    // By its name, else by the journal.
    private async Task<bool> IsThereAsync(Sale addOn, Subscription parent, CancellationToken cancellationToken)
    {
        var name = PurchaseMark.AppendWith(addOn.Offer.Name ?? addOn.Offer.Id, parent.Id);
        var written = _context.Operation.Journal.View.NewPurchases(_view.CustomerId, name);
        return (await _view.SubscriptionsAsync(cancellationToken).ConfigureAwait(false)).Any(other => other.IsActive
            && (CustomerView.Same(other.FriendlyName, name) || written.Any(entry => CustomerView.Same(entry.SubscriptionId, other.Id))));
    }
}
