using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Catalogue;
using CspMigration.Sandbox.State;

namespace CspMigration.Sandbox.Scenarios;

/// <summary>Fills a customer's account with what a scenario says it has.</summary>
internal sealed class AccountBuilder
{
    /// <summary>What expires does so after as many days.</summary>
    public const int DaysToExpiry = 30;

    private const int DaysToRenewal = 200;

    private readonly Customer _customer;
    private readonly ScenarioContext _context;

    public AccountBuilder(Customer customer, ScenarioContext context)
    {
        _customer = customer;
        _context = context;
        var lacksAgreement = customer.Terms.LacksAgreement || context.Name.IsMissing(CommonOptions.Agreement);
        Account = new Account { AgreementOn = lacksAgreement ? null : context.StartedOn.AddYears(-1) };
    }

    public Account Account { get; }

    /// <summary>A subscription that runs out in thirty days.</summary>
    public Subscription Expiring(string offerId, int seats, Subscription? parent = null) =>
        Add(offerId, seats, DaysToExpiry, autoRenew: false, parent);

    /// <summary>A subscription that renews, and not soon.</summary>
    public Subscription Renewing(string offerId, int seats, Subscription? parent = null) =>
        Add(offerId, seats, DaysToRenewal, autoRenew: true, parent);

    /// <summary>Users with a usage location and no licence yet.</summary>
    public IReadOnlyList<User> Users(int count, string? usageLocation = "US") =>
        Enumerable.Range(0, count).Select(_ => AddUser(usageLocation)).ToList();

    public void Assign(User user, Subscription subscription, params string[] disabledPlans)
    {
        var sku = subscription.Sku;
        var plans = sku.Plans.Where(plan => disabledPlans.Contains(plan.Name, StringComparer.Ordinal)).Select(plan => plan.Id);
        Account.SetLicenses(user, [.. user.Licenses, new License(sku, plans, inheritedFromGroup: false)]);
    }

    private User AddUser(string? usageLocation)
    {
        var number = Account.Users.Count;
        var (first, last) = People.Name(number);
        var user = new User
        {
            Id = NextId("user"),
            UserPrincipalName = $"{People.Alias(number)}@{_customer.Domain}",
            FirstName = first,
            LastName = last,
            UsageLocation = usageLocation,
        };
        Account.Add(user);
        return user;
    }

    private Subscription Add(string offerId, int seats, int daysLeft, bool autoRenew, Subscription? parent)
    {
        var offer = OfferCatalogue.Instance.Get(offerId);
        var lastDay = TermCalendar.Day(_context.StartedOn).AddDays(daysLeft);
        var createdOn = lastDay.AddYears(-1).AddDays(1).AddHours(9);
        var order = parent == null ? OpenOrder(createdOn) : Account.FindOrder(parent.OrderId)!;
        var subscription = new Subscription
        {
            Id = NextId("subscription").ToUpperInvariant(),
            OfferId = offer.Id,
            OfferName = offer.Name,
            Sku = offer.Sku,
            OrderId = order.Id,
            ParentId = parent?.Id,
            FriendlyName = offer.Name,
            BillingCycle = order.BillingCycle,
            IsAddOn = offer.IsAddOn,
            AutoRenew = autoRenew,
            CreatedOn = createdOn,
        };
        subscription.Begin(seats, createdOn, lastDay, TimeSpan.Zero);
        Account.Add(subscription);
        order.Lines.Add(new OrderLine
        {
            Number = order.Lines.Count,
            Subscription = subscription,
            OfferId = offer.Id,
            FriendlyName = offer.Name,
            Quantity = seats,
            FulfilledFrom = createdOn,
        });
        return subscription;
    }

    private Order OpenOrder(DateTimeOffset createdOn)
    {
        var order = new Order { Id = NextId("order"), BillingCycle = "monthly", CreatedOn = createdOn, ListedFrom = createdOn };
        Account.Add(order);
        return order;
    }

    private string NextId(string kind) => _context.Ids.Guid(_customer.Id + "/" + Account.NextIdName(kind));
}
