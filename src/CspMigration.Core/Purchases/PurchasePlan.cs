using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using CspMigration.Contracts;
using CspMigration.Core.Customers;

namespace CspMigration.Core.Purchases;

/// <summary>One target to get, or found already, for one or several sources of a customer, or for none.</summary>
public sealed class PurchasePlan
{
    internal PurchasePlan(Purchase purchase) => Purchase = purchase;

    /// <summary>Whether something has to be sent; else the target is there already.</summary>
    public bool NeedsWrite => !Purchase.IsBought || Purchase.RestoresRenewal || Purchase.AddOns.Count > 0;

    /// <summary>Whether a cart has to be made before its price is known.</summary>
    public bool NeedsCart => Purchase.Method is CartOrder { Cart: null };

    /// <summary>How many purchases it comes to: of the target, unless it is there as it should be, and of each add-on. What is reactivated, enlarged or converted begins to cost and counts.</summary>
    public int PurchaseCount => (Purchase.IsBought ? 0 : 1) + Purchase.AddOns.Count;

    /// <summary>How many seats are bought with it, the units of its add-ons among them.</summary>
    public int SeatCount => OwnSeatCount + Purchase.AddOns.Sum(addOn => addOn.Quantity);

    /// <summary>How many seats of the target itself are bought.</summary>
    internal int OwnSeatCount => Purchase.Method.SeatsBought(Purchase.Quantity);

    /// <summary>The customer's tenant id.</summary>
    public string CustomerId => Purchase.CustomerId.ToString();

    /// <summary>For a prompt: the customer.</summary>
    public string CustomerText => $"{Purchase.CustomerName} ({Purchase.CustomerId})";

    /// <summary>For a prompt: what is done, for what, at what price.</summary>
    public string ActionText =>
        (Purchase.Open is null ? "" : "Finish what an earlier run began: ") + Purchase.Method.Describe(Purchase) + AddOnText() + PriceText() + ReductionText() + (Purchase.IsInPlace ? "" : SourceText() + OverlapText());

    /// <summary>What was decided: what is done, or which subscription makes doing anything needless.</summary>
    public string DecisionText => NeedsWrite || Purchase.Method is AwaitedPurchase ? ActionText
        : Purchase.Outcome == TargetOutcome.Scheduled ? Text("Nothing to do, {0} ({1}) is scheduled to become {2}", Purchase.Existing?.OfferName, Purchase.Existing?.Id, Purchase.Offer.Name)
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
        return confirmed.Purchase.Method is CartOrder { Cart: { } cart } made && Purchase.Method is CartOrder { Cart: null } order
            ? With(Purchase with { Method = order with { Cart = cart, CatalogItemId = made.CatalogItemId } })
            : this;
    }

    /// <summary>Whether another plan does exactly what this one does.</summary>
    internal bool IsSameAs(PurchasePlan other)
    {
        // A cart holds the item it was made for, which the service replaces now and then.
        return Content(Purchase) == Content(other.Purchase)
            && (Purchase.Method is not CartOrder { Cart: not null } order || Purchase.Open is not null || Nullable.Equals(order.CatalogItemId, (other.Purchase.Method as CartOrder)?.CatalogItemId));
    }

    private static string Content(Purchase purchase)
    {
        return string.Join("\n",
        [
            string.Join(" ", purchase.Keys.Select(key => key.ToString().ToUpperInvariant()).OrderBy(key => key, StringComparer.Ordinal)),
            purchase.Method.Identity,
            purchase.Outcome.ToString(),
            purchase.Offer.Id.ToUpperInvariant(),
            Text("{0}", purchase.Quantity),
            Purchase.TermsOf(purchase.TermDuration, purchase.TermEndDate, purchase.BillingCycle),
            purchase.FriendlyName,
            purchase.PartnerIdOnRecord ?? "",
            purchase.Existing?.Id.ToString().ToUpperInvariant() ?? "",
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

    private string ReductionText() => (Purchase.Method as CartOrder)?.ReductionText ?? "";

    private string OverlapText()
    {
        var days = NeedsWrite ? Purchase.Describe(Purchase.Existing, orderId: null, isPlanned: true).Max(target => target.OverlapDays) : 0;
        return days > 0 ? Text("; both are billed for {0} days{1}", days, Purchase.OtherMethods is { } others ? $" ({others} would avoid that)" : "") : "";
    }

    private string SourceText() => Rows.Count == 0 ? "" : $", to replace {string.Join(" and ", Rows.Select(NameOf))}";

    // What does not expire has to be chosen knowingly (docs/rules.md, rule 32).
    private static string NameOf(ExpiringSubscription row) =>
        $"{row.OfferName ?? row.OfferId}{(row.EndOfTerm == EndOfTerm.RenewsIntoRetired ? ", which renews automatically" : "")}";

    private static string Text(string format, params object?[] values) => string.Format(CultureInfo.CurrentCulture, format, values);
}
