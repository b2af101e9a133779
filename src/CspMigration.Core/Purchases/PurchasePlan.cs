using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using CspMigration.Contracts;
using CspMigration.Core.Customers;
using CspMigration.Core.Journal;
using CspMigration.Core.Wording;

namespace CspMigration.Core.Purchases;

/// <summary>One successor to get, or found already, for one or several sources of a customer, or for none.</summary>
public sealed class PurchasePlan
{
    internal PurchasePlan(Purchase purchase) => Purchase = purchase;

    /// <summary>Whether something has to be sent; else the successor is there already.</summary>
    public bool NeedsWrite => !Purchase.IsBought || Purchase.RestoresRenewal || Purchase.AddOns.Count > 0;

    /// <summary>Whether a cart has to be made before its price is known.</summary>
    public bool NeedsCart => Purchase is { Way: PurchaseWay.Cart, Cart: null };

    /// <summary>How many purchases it comes to: of the successor, unless it is there as it should be, and of each add-on. What is reactivated, enlarged or converted begins to cost and counts.</summary>
    public int PurchaseCount => (Purchase.IsBought ? 0 : 1) + Purchase.AddOns.Count;

    /// <summary>How many seats are bought with it, the units of its add-ons among them.</summary>
    public int SeatCount => OwnSeatCount + Purchase.AddOns.Sum(addOn => addOn.Quantity);

    /// <summary>How many seats of the successor itself are bought.</summary>
    internal int OwnSeatCount => Purchase.Way switch
    {
        PurchaseWay.None or PurchaseWay.Awaited => 0,
        PurchaseWay.Resize => Purchase.Quantity - (Purchase.Existing?.Quantity ?? 0),
        _ => Purchase.Quantity,
    };

    /// <summary>The customer's tenant id.</summary>
    public string CustomerId => Purchase.CustomerId;

    /// <summary>For a prompt: the customer.</summary>
    public string CustomerText => $"{Purchase.CustomerName} ({Purchase.CustomerId})";

    /// <summary>For a prompt: what is done, for what, at what price.</summary>
    public string ActionText
    {
        get
        {
            var existing = Purchase.Existing;
            var action = Purchase.Way switch
            {
                PurchaseWay.Reactivation => Text("Reactivate {0} ({1}) with {2} seats", Purchase.Offer.Name, existing?.Id, Purchase.Quantity),
                PurchaseWay.Resize => Text("Raise {0} ({1}) from {2} to {3} seats", existing?.OfferName, existing?.Id, existing?.Quantity, Purchase.Quantity),
                PurchaseWay.Conversion => Text(
                    "Convert the trial {0} to {1}, {2} seats, {3}",
                    existing?.OfferName, Purchase.Offer.Name, Purchase.Quantity, Purchase.TermText),
                PurchaseWay.Transition => Text(
                    "Transition {0} ({1}), {2} seats, to {3} at once, {4}, which cannot be undone", existing?.OfferName, existing?.Id, Purchase.Quantity, Purchase.Offer.Name, Purchase.TermText),
                PurchaseWay.Renewal => Text(
                    "Have {0} ({1}) renew as {2} with {3} seats after {4}, {5}", existing?.OfferName, existing?.Id, Purchase.Offer.Name, Purchase.Quantity, UtcDay.Of(existing?.CommitmentEnd), Purchase.TermText),
                PurchaseWay.Awaited => Text("Wait for the {0} seats of {1} that are bought", Purchase.Quantity, Purchase.Offer.Name),
                PurchaseWay.None when Purchase.RestoresRenewal => Text("Have {0} ({1}) renew again, which an undo had ended", existing?.OfferName, existing?.Id),
                PurchaseWay.None => Text("Add to {0} ({1})", existing?.OfferName, existing?.Id),
                _ => Text("Buy {0} seats of {1}, {2}", Purchase.Quantity, Purchase.Offer.Name, Purchase.TermText),
            };
            return (Purchase.Open is null ? "" : "Finish what an earlier run began: ") + action + AddOnText() + PriceText() + ReductionText() + (Purchase.IsInPlace ? "" : SourceText() + OverlapText());
        }
    }

    /// <summary>What was decided: what is done, or which subscription makes doing anything needless.</summary>
    public string DecisionText => NeedsWrite || Purchase.Way == PurchaseWay.Awaited ? ActionText : Purchase.Outcome == TargetOutcome.Scheduled ? Text("Nothing to do, {0} ({1}) is scheduled to become {2}", Purchase.Existing?.OfferName, Purchase.Existing?.Id, Purchase.Offer.Name)
        : Text("Nothing to buy, {0} ({1}) is there", Purchase.Existing?.OfferName, Purchase.Existing?.Id) + (Purchase.IsInPlace ? "" : SourceText());

    /// <summary>The rows it serves.</summary>
    public IReadOnlyList<ExpiringSubscription> Rows => [.. Purchase.Cases.Select(source => source.Row)];

    internal Purchase Purchase { get; }

    /// <summary>The customer as it was read, so that planning again reads only what changes; null where nothing was kept.</summary>
    internal CustomerView? View { get; init; }

    /// <summary>The approved rows it was made for; empty without an approved plan.</summary>
    internal IReadOnlyList<PlannedRow> Approved { get; init; } = [];

    /// <summary>One planned object a source: what a run would give, with nothing sent.</summary>
    public IReadOnlyList<TargetSubscription> ToPlanned() => Purchase.Describe(Purchase.Existing, orderId: null, isPlanned: true);

    /// <summary>The same plan with more known of its purchase.</summary>
    internal PurchasePlan With(Purchase purchase) => new(purchase) { View = View, Approved = Approved };

    /// <summary>The same plan with the cart that was made, and confirmed, for an earlier one.</summary>
    internal PurchasePlan WithCartOf(PurchasePlan confirmed)
    {
        return confirmed.Purchase.Cart is { } cart && Purchase.Cart is null ? With(Purchase with { Cart = cart, CatalogItemId = confirmed.Purchase.CatalogItemId }) : this;
    }

    /// <summary>Whether another plan does exactly what this one does.</summary>
    internal bool IsSameAs(PurchasePlan other)
    {
        // A cart holds the item it was made for, which the service replaces now and then.
        return Content(Purchase) == Content(other.Purchase)
            && (Purchase.Cart is null || Purchase.Open is not null || Purchase.CatalogItemId == other.Purchase.CatalogItemId);
    }

    private static string Content(Purchase purchase)
    {
        var seats = purchase.Way == PurchaseWay.Resize ? purchase.Existing?.Quantity : null;
        return string.Join("\n",
        [
            string.Join(" ", purchase.Keys.Select(key => key.ToUpperInvariant()).OrderBy(key => key, StringComparer.Ordinal)),
            purchase.Way == PurchaseWay.AddOnOrder ? nameof(PurchaseWay.Order) : purchase.Way.ToString(),
            purchase.Outcome.ToString(),
            purchase.Offer.Id.ToUpperInvariant(),
            Text("{0} {1}", purchase.Quantity, seats),
            Purchase.TermsOf(purchase.TermDuration, purchase.TermEndDate, purchase.BillingCycle),
            purchase.FriendlyName,
            purchase.PartnerIdOnRecord ?? "",
            purchase.Existing?.Id.ToUpperInvariant() ?? "",
            purchase.Open?.Intent.RequestId?.ToString() ?? "",
            purchase.RestoresRenewal.ToString(),
            .. purchase.AddOns.Select(addOn => Text("{0} {1}", addOn.Offer.Id, addOn.Quantity)),
        ]);
    }

    private string PriceText()
    {
        return Purchase.Cart?.LineItems.FirstOrDefault() is { Price: { } price } line ? Text(", for {0:N2} {1}", price, line.CurrencyCode) : "";
    }

    private string AddOnText() => Purchase.AddOns.Count == 0 ? "" : $" with {Purchase.AddOnText}";

    private string ReductionText()
    {
        return Purchase.Way == PurchaseWay.Cart && Purchase.ReducibleUntil is { } day
            ? $", to be reduced or cancelled until {UtcDay.Of(day)} only"
            : "";
    }

    private string OverlapText()
    {
        var days = NeedsWrite ? Purchase.Describe(Purchase.Existing, orderId: null, isPlanned: true).Max(target => target.OverlapDays) : 0;
        return days > 0 ? Text("; both are billed for {0} days{1}", days, Purchase.OtherMethods is { } others ? $" ({others} would avoid that)" : "") : "";
    }

    private string SourceText() => Rows.Count == 0 ? "" : $", to succeed {string.Join(" and ", Rows.Select(row => row.OfferName ?? row.OfferId))}";

    private static string Text(string format, params object?[] values) => string.Format(CultureInfo.CurrentCulture, format, values);
}
