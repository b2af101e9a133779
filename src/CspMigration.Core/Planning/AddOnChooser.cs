using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Customers;
using CspMigration.Core.Errors;
using CspMigration.Core.Purchases;
using CspMigration.Core.Wording;
using CspMigration.PartnerCenter.Errors;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Planning;

/// <summary>Brings add-ons and their bases together (docs/rules.md, rule 9).</summary>
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
        if (!offer.IsAddOn || offer.Prerequisites.Count == 0 || purchase.Method is not (LegacyOrder or CartOrder))
        {
            return purchase;
        }

        var subscriptions = await _view.SubscriptionsAsync(cancellationToken).ConfigureAwait(false);
        var now = _context.Operation.Time.GetUtcNow();
        var parent = AddOnBases.Of(subscriptions, purchase, now).FirstOrDefault();
        var isBaseBought = others.Any(other => offer.PrerequisiteItems.Any(needed => needed.IsIdenticalTo(other.Offer.CatalogItem)));
        if (parent is null && !isBaseBought)
        {
            throw PartnerCenterErrors.PrerequisiteMissing.Exception(
                $"{offer.Name} is an add-on, and {_context.CustomerName} has no active subscription of its base offers: {Enumeration.OfSome(offer.PrerequisiteItems.Select(NameOf))}.");
        }

        // Where the base is bought just before, its order is looked up then: it outlasts one that is about to end.
        parent = parent is not null && isBaseBought && !purchase.IsOutlastedBy(parent, now) ? null : parent;
        return purchase with { Method = purchase.Method is CartOrder order ? order with { Parent = parent } : new AddOnOrder { Parent = parent } };
    }

    // The catalog that the add-on was found in has most of its bases too.
    private string NameOf(CatalogItemId itemId)
    {
        var name = _context.Operation.Session.Offers.Seen.FirstOrDefault(seen => itemId.IsIdenticalTo(CatalogItemId.FromOrNull(seen.Id)))?.Name;
        return name is null ? itemId.ToString() : $"{name} ({itemId})";
    }

    /// <summary>The add-ons asked for, less those the base has already, or gets with another source.</summary>
    /// <param name="purchase">The base.</param>
    /// <param name="others">What is decided already for other sources of the customer.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="CspMigrationException"><c>NoTarget</c>; <c>PrerequisiteMissing</c>: it is sold for other bases; <c>QuantityOutOfRange</c>.</exception>
    public async Task<Purchase> ChooseAsync(Purchase purchase, IReadOnlyCollection<Purchase> others, CancellationToken cancellationToken)
    {
        var chosen = new List<(AddOnChoice Choice, AddOnPurchase AddOn)>();
        foreach (var choice in _context.Options.AddOns)
        {
            var sale = await _sales.FindAddOnAsync(purchase, choice, cancellationToken).ConfigureAwait(false);
            if (chosen.Find(other => other.AddOn.Offer.CatalogItem.IsIdenticalTo(sale.Offer.CatalogItem)) is { Choice: { } same })
            {
                purchase = same.Quantity == choice.Quantity ? purchase : throw PartnerCenterErrors.QuantityOutOfRange.Exception(
                    $"{sale.Offer.Name} is asked for twice, as {same} and as {choice}.", remedy: Remedies.NameAddOnOnce());
            }
            else if (await FindAsync(sale, purchase, cancellationToken).ConfigureAwait(false) is { } existing)
            {
                purchase = purchase.Differing(DifferenceOf(existing, choice));
            }
            else if (!others.Any(other => IsBoughtWith(other, sale, purchase)))
            {
                chosen.Add((choice, await CountAsync(sale, choice, purchase, cancellationToken).ConfigureAwait(false)));
            }
        }

        var addOns = chosen.ConvertAll(one => one.AddOn);
        var unknown = chosen.FindAll(one => one.AddOn.Basis == AddOnQuantityBasis.Unknown);
        return unknown.Count == 0 ? purchase with { AddOns = addOns } : purchase with
        {
            AddOns = addOns,
            Options = purchase.Options with
            {
                AddOns = [.. purchase.Options.AddOns.Select(choice => choice with { Assumed = unknown.Find(one => one.Choice == choice).AddOn?.Quantity ?? choice.Assumed })],
            },
            Remark = $"{purchase.Remark} Whether each user needs {string.Join(" and ", unknown.Select(one => one.AddOn.Name))} shows only once the customer has it.".TrimStart(),
        };
    }

    // What is there stays, whatever is asked for now.
    private string? DifferenceOf(Subscription existing, AddOnChoice choice)
    {
        return choice.Quantity is not { } asked || asked == existing.Quantity ? null
            : $"The add-on {existing.OfferName} ({existing.Id}) is there already, with {Enumeration.Count(existing.Quantity, "unit")}, not {asked}: "
                + Remedies.ChangeSeats(UserCommands.SetSeats(_view.CustomerId, existing.Id, asked));
    }

    private static bool IsBoughtWith(Purchase other, Sale sale, Purchase purchase)
    {
        return purchase.Existing is { } existing
            && existing.Id.Is(other.Existing?.Id)
            && other.AddOns.Any(addOn => addOn.Offer.CatalogItem.IsIdenticalTo(sale.Offer.CatalogItem));
    }

    private async Task<AddOnPurchase> CountAsync(Sale sale, AddOnChoice choice, Purchase purchase, CancellationToken cancellationToken)
    {
        if (purchase.Existing is { } existing
            && _context.Operation.Journal.View.OpenNewPurchases(_view.CustomerId, NameOf(sale, existing))
                .FirstOrDefault(open => sale.Offer.CatalogItem.IsSameAs(open.Intent.OfferId)) is { Intent.Quantity: { } begun })
        {
            return new AddOnPurchase(sale, begun, AddOnQuantityBasis.Begun);
        }

        var (quantity, basis) = choice.Quantity is { } asked ? (asked, AddOnQuantityBasis.Asked)
            : choice.Assumed is { } assumed ? (assumed, AddOnQuantityBasis.Unknown)
            : await IsForUsersAsync(sale.Offer, cancellationToken).ConfigureAwait(false) switch
            {
                true => (purchase.Quantity, AddOnQuantityBasis.Seats),
                false => (Math.Max(1, sale.Offer.MinimumQuantity), AddOnQuantityBasis.Tenant),
                null => (Math.Max(1, sale.Offer.MinimumQuantity), AddOnQuantityBasis.Unknown),
            };
        QuantityLimits.Check(sale.Offer, choice, quantity, new PurchaseCommandRemedies(_view.CustomerId, purchase.Cases, _context.Options));
        return new AddOnPurchase(sale, quantity, basis);
    }

    // The catalog counts storage in licenses too: only the customer's own units tell (docs/partner-center.md §12).
    private async Task<bool?> IsForUsersAsync(TargetOffer offer, CancellationToken cancellationToken)
    {
        if (offer.Sku is not { } skuId || !await _context.Operation.Session.CanAskForLicensesAsync(_context.Operation.Observer, cancellationToken).ConfigureAwait(false))
        {
            return null;
        }

        try
        {
            return (await _view.SkuAsync(skuId, cancellationToken).ConfigureAwait(false))?.IsForUsers;
        }
        catch (CspMigrationException e) when (e.ErrorId == PartnerCenterErrors.NoDelegatedRights.Id || e.ErrorId == PartnerCenterErrors.Unauthorized.Id)
        {
            _context.Operation.Observer.Verbose($"Whether {offer.Name} is licensed by user cannot be read: {e.Problem}");
            return null;
        }
    }

    private static string NameOf(Sale addOn, Subscription parent) => PurchaseMark.AppendWith(addOn.Offer.Name ?? addOn.Offer.Id, parent.Id);

    // By its name, else by the journal.
    private async Task<Subscription?> FindAsync(Sale addOn, Purchase purchase, CancellationToken cancellationToken)
    {
        if (purchase.Existing is not { } parent)
        {
            return null;
        }

        var name = NameOf(addOn, parent);
        var written = _context.Operation.Journal.View.NewPurchases(_view.CustomerId, name);
        return (await _view.SubscriptionsAsync(cancellationToken).ConfigureAwait(false)).FirstOrDefault(other => !other.IsOutOfService
            && (Names.AreSame(other.FriendlyName, name) || written.Any(entry => entry.SubscriptionId.Is(other.Id))));
    }
}
