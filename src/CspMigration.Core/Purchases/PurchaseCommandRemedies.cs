using System.Collections.Generic;
using System.Linq;
using CspMigration.Contracts;
using CspMigration.Core.Errors;

namespace CspMigration.Core.Purchases;

/// <summary>A purchase made in another way, for its customer and sources alone: what a user would run in its place.</summary>
internal sealed class PurchaseCommandRemedies
{
    private readonly CustomerId _customerId;
    private readonly IReadOnlyList<MigrationCase> _cases;
    private readonly PurchaseOptions _options;

    /// <param name="customerId">The customer.</param>
    /// <param name="cases">The sources it is for; none for a purchase without one.</param>
    /// <param name="options">What was asked for besides.</param>
    public PurchaseCommandRemedies(CustomerId customerId, IReadOnlyList<MigrationCase> cases, PurchaseOptions options)
    {
        _customerId = customerId;
        _cases = cases;
        _options = options;
    }

    /// <summary>With another reseller of record.</summary>
    public Remedy OnRecord(string reseller)
    {
        return FirstOf([new(_options with { PartnerIdOnRecord = reseller }, new PurchaseOptions { PartnerIdOnRecord = reseller })]);
    }

    /// <summary>With another number of seats.</summary>
    public Remedy With(int seats)
    {
        return FirstOf([new(_options with { Quantity = seats, RightSize = false }, new PurchaseOptions { Quantity = seats })]);
    }

    /// <summary>With another number of units of an add-on.</summary>
    /// <param name="addOn">The add-on as it was asked for.</param>
    /// <param name="units">The number.</param>
    public Remedy With(AddOnChoice addOn, int units)
    {
        var changed = addOn with { Quantity = units };
        return FirstOf([new(_options with { AddOns = [.. _options.AddOns.Select(other => other == addOn ? changed : other)] }, new PurchaseOptions { AddOns = [changed] })]);
    }

    /// <summary>With the first of some targets; the others are named behind it.</summary>
    public Remedy Toward(IEnumerable<string> targets)
    {
        return FirstOf([.. targets.Select(target => new PurchaseAlternative(_options with { Target = target }, new PurchaseOptions { Target = target }))]);
    }

    /// <summary>With the first of some terms and billing cycles, the others named behind it.</summary>
    /// <param name="sold">What the offer is sold for.</param>
    /// <param name="isLegacy">Whether it is a legacy offer: new commerce may have other terms.</param>
    public Remedy Billed(IEnumerable<(string Term, string Cycle)> sold, bool isLegacy)
    {
        var ways = sold.Select(pair => new PurchaseAlternative(
            _options with { Term = pair.Term, BillingCycle = pair.Cycle }, new PurchaseOptions { Term = pair.Term, BillingCycle = pair.Cycle }));
        return FirstOf([.. ways, .. isLegacy ? [NewCommerce] : Enumerable.Empty<PurchaseAlternative>()]);
    }

    /// <summary>Through new commerce.</summary>
    public Remedy ThroughNewCommerce() => FirstOf([NewCommerce]);

    private PurchaseAlternative NewCommerce => new(_options with { Commerce = CommerceChoice.New }, new PurchaseOptions { Commerce = CommerceChoice.New });

    private Remedy FirstOf(IReadOnlyList<PurchaseAlternative> ways)
    {
        var ids = _cases.Select(source => source.Row.SubscriptionId).ToList();
        var purchase = PurchaseCommands.Purchase(new PurchaseAlternatives(_customerId.ToString(), [.. ids.OfType<string>()], ids.Contains(null), _options.IsApproved, ways));
        return _options.IsApproved ? Remedies.MakePlanAgain(purchase) : purchase;
    }
}
