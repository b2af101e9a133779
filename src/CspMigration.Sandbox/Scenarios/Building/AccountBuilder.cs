using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Catalog;
using CspMigration.Sandbox.State;

namespace CspMigration.Sandbox.Scenarios.Building;

/// <summary>Fills a customer's account for a scenario.</summary>
internal sealed class AccountBuilder
{
    private const int DaysToExpiry = 30;
    private const int DaysToRenewal = 200;
    private const string AvailabilityOfOld = "CFQ7TTC0SB00";

    private readonly Customer _customer;
    private readonly ScenarioContext _context;

    public AccountBuilder(Customer customer, ScenarioContext context)
    {
        _customer = customer;
        _context = context;
        var lacksAgreement = customer.Terms.LacksAgreement || context.Selection.IsMissing(CommonOptions.Agreement);
        Account = new Account { ExtendsUndecided = !context.Selection.IsChosen(CommonOptions.EndOfTerm, "keep") };
        if (!lacksAgreement)
        {
            Account.Agreements.Add(new Agreement
            {
                AgreedOn = TermCalendar.Day(LongAgo),
                Contact = new Contact { FirstName = "Alex", LastName = "Rowan", Email = "admin@" + customer.Domain },
                UserId = context.Ids.Guid("signed-in user"),
            });
        }

        if (context.Selection.Choice(CommonOptions.Qualification) is { } qualification)
        {
            Qualify(qualification);
        }
    }

    public Account Account { get; }

    private DateTimeOffset LongAgo => _context.StartedOn.AddYears(-1);

    /// <summary>A subscription that expires in thirty days.</summary>
    public Subscription Expiring(string offerId, int seats, Subscription? parent = null, string billingCycle = "monthly", string partnerId = "") =>
        Legacy(offerId, seats, DaysToExpiry, autoRenew: false, parent, billingCycle, partnerId);

    /// <summary>A subscription that renews, long after the expiring ones.</summary>
    public Subscription Renewing(string offerId, int seats, Subscription? parent = null) =>
        Legacy(offerId, seats, DaysToRenewal, autoRenew: true, parent, "monthly", "");

    /// <summary>A license-based subscription whose year ends in so many days; it has ended where they are negative.</summary>
    public Subscription Legacy(
        string offerId, int seats, int daysLeft, bool autoRenew, Subscription? parent = null, string billingCycle = "monthly", string partnerId = "")
    {
        var offer = OfferCatalog.Instance.Get(offerId);
        var lastDay = TermCalendar.Day(_context.StartedOn).AddDays(daysLeft);
        var order = parent == null
            ? OpenOrder(Commerce.Legacy, lastDay.AddYears(-1).AddDays(1).AddHours(9), billingCycle)
            : Account.FindOrder(parent.OrderId)!;
        return Begin(Legacy(offer, order, parent, partnerId, autoRenew), seats, lastDay);
    }

    /// <summary>A trial that began today; it lasts thirty days unless told otherwise.</summary>
    public Subscription Trial(string offerId, int seats, int daysLeft = DaysToExpiry)
    {
        var offer = OfferCatalog.Instance.Get(offerId);
        var subscription = Legacy(offer, OpenOrder(Commerce.Legacy, _context.StartedOn, "none"), null, "", autoRenew: false);
        subscription.IsTrial = true;
        subscription.Term = "P30D";
        return Begin(subscription, seats, TermCalendar.Day(_context.StartedOn).AddDays(daysLeft));
    }

    /// <summary>A new-commerce subscription; it expires in thirty days unless told otherwise.</summary>
    public Subscription NewCommerce(ProductSku sku, int seats, string term, int daysLeft = DaysToExpiry, bool autoRenew = false, string partnerId = "")
    {
        var lastDay = TermCalendar.Day(_context.StartedOn).AddDays(daysLeft);
        var startedOn = term == "P1M" ? _context.StartedOn.AddHours(-1) : lastDay.AddYears(-1).AddDays(1).AddHours(9);
        var order = OpenOrder(Commerce.New, startedOn, "monthly");
        return Begin(
            new Subscription
            {
                Id = NextId("subscription"),
                Commerce = Commerce.New,
                OfferId = $"{sku.Name}:{AvailabilityOfOld}",
                OfferName = sku.Title,
                Sku = sku.Sku,
                OrderId = order.Id,
                FriendlyName = sku.Title,
                PartnerId = partnerId,
                BillingCycle = order.BillingCycle,
                Term = term,
                AutoRenew = autoRenew,
                CreatedOn = startedOn,
            },
            seats,
            lastDay);
    }

    /// <summary>Decides what happens at the end of a term.</summary>
    public void Schedule(Subscription subscription, bool autoRenew, ScheduledAction action) => subscription.SetRenewal(autoRenew, action, _context.StartedOn);

    public void Suspend(Subscription subscription, int daysAgo) =>
        subscription.SetStatus(SubscriptionStatus.Suspended, _context.StartedOn.AddDays(-daysAgo));

    public void Delete(Subscription subscription, int daysAgo) =>
        subscription.SetStatus(SubscriptionStatus.Deleted, _context.StartedOn.AddDays(-daysAgo));

    /// <summary>Units purchased through another channel.</summary>
    public void OtherChannel(DirectorySku sku, int units) => Account.OtherChannelUnits.Add(new OtherChannelUnits(sku, units));

    public void Qualify(string qualification) => Account.Qualifications.Add(new Qualification(qualification, LongAgo));

    /// <summary>Users without a license.</summary>
    public IReadOnlyList<User> Users(int count, string? usageLocation = "US") =>
        Enumerable.Range(0, count).Select(_ => AddUser(usageLocation, deletedOn: null)).ToList();

    public void DeletedUser() => AddUser("US", _context.StartedOn.AddDays(-3));

    /// <summary>Adds users who hold a license of the SKU.</summary>
    public IReadOnlyList<User> Holders(DirectorySku sku, int count)
    {
        var users = Users(count);
        Assign(users, sku);
        return users;
    }

    public void Assign(IEnumerable<User> users, DirectorySku sku)
    {
        foreach (var user in users)
        {
            Assign(user, sku);
        }
    }

    /// <param name="user">The user.</param>
    /// <param name="sku">The SKU.</param>
    /// <param name="disabledPlans">The names of the service plans switched off.</param>
    public void Assign(User user, DirectorySku sku, params string[] disabledPlans)
    {
        var plans = sku.Plans.Where(plan => disabledPlans.Contains(plan.Name, StringComparer.Ordinal)).Select(plan => plan.Id);
        Add(user, License.Direct(sku, plans));
    }

    /// <summary>Assigns a SKU by a group that assigns nothing else.</summary>
    public void AssignByGroup(User user, DirectorySku sku) => Join(user, Account.Groups.Find(group => group.Licenses.Any(license => license.Sku == sku)) ?? Group(sku.Name + " users", sku));

    /// <summary>A group that assigns these SKUs.</summary>
    public Group Group(string name, params DirectorySku[] skus) => Group(name, skus.Select(sku => new GroupLicense(sku, [])));

    /// <summary>A group that assigns a SKU with service plans switched off, by their names.</summary>
    public Group Group(string name, DirectorySku sku, IReadOnlyCollection<string> disabledPlans) =>
        Group(name, [new GroupLicense(sku, sku.Plans.Where(plan => disabledPlans.Contains(plan.Name, StringComparer.Ordinal)).Select(plan => plan.Id).ToList())]);

    private Group Group(string name, IEnumerable<GroupLicense> licenses)
    {
        var group = new Group { Id = _context.Ids.Guid(_customer.Id + "/group/" + name), DisplayName = name, Licenses = licenses.ToList() };
        Account.Groups.Add(group);
        return group;
    }

    /// <summary>Makes a user a member, with the group's licenses.</summary>
    public void Join(User user, Group group)
    {
        group.Members.Add(user);
        foreach (var grant in group.Licenses.Select(license => new GroupGrant(group, license)))
        {
            var held = user.License(grant.License.Sku.Id);
            Account.SetLicenses(user, [.. user.Licenses.Where(license => license != held), held?.With(grant) ?? License.OfGroup(grant)]);
        }
    }


    /// <summary>Makes a user a member to whom the group could not assign its licenses.</summary>
    public static void JoinInVain(User user, Group group, string error)
    {
        group.Members.Add(user);
        user.GroupErrors.Add(group, error);
    }

    private void Add(User user, License license)
    {
        var held = user.License(license.Sku.Id);
        Account.SetLicenses(user, [.. user.Licenses.Where(other => other != held), held?.WithDirect(license.DisabledPlans) ?? license]);
    }

    private User AddUser(string? usageLocation, DateTimeOffset? deletedOn)
    {
        var number = Account.Users.Count;
        var (first, last) = UserNames.Name(number);
        var user = new User
        {
            Id = NextId("user"),
            UserPrincipalName = $"{UserNames.Alias(number)}@{_customer.Domain}",
            FirstName = first,
            LastName = last,
            UsageLocation = usageLocation,
            DeletedOn = deletedOn,
        };
        Account.Add(user);
        return user;
    }

    private Subscription Legacy(Offer offer, Order order, Subscription? parent, string partnerId, bool autoRenew) => new()
    {
        Id = NextId("subscription").ToUpperInvariant(),
        OfferId = offer.Id,
        OfferName = offer.Name,
        Sku = offer.Sku,
        OrderId = order.Id,
        ParentId = parent?.Id,
        FriendlyName = offer.Name,
        PartnerId = partnerId,
        BillingCycle = order.BillingCycle,
        IsAddOn = offer.IsAddOn,
        AutoRenew = autoRenew,
        CreatedOn = order.CreatedOn,
    };

    private Subscription Begin(Subscription subscription, int seats, DateTimeOffset lastDay)
    {
        subscription.Begin(seats, subscription.CreatedOn, lastDay, TimeSpan.Zero);
        Account.Add(subscription);
        var order = Account.FindOrder(subscription.OrderId)!;
        order.Lines.Add(new OrderLine
        {
            Number = order.NextLineNumber,
            Subscription = subscription,
            OfferId = subscription.OfferId,
            FriendlyName = subscription.FriendlyName,
            Partners = new PartnersOfRecord(subscription.PartnerId.Length > 0 ? subscription.PartnerId : null, []),
            Quantity = seats,
            FulfilledFrom = subscription.CreatedOn,
        });
        return subscription;
    }

    private Order OpenOrder(Commerce commerce, DateTimeOffset createdOn, string billingCycle)
    {
        var order = new Order
        {
            Id = Order.IdOf(commerce, NextId("order")),
            Commerce = commerce,
            BillingCycle = billingCycle,
            CreatedOn = createdOn,
            ListedFrom = createdOn,
        };
        Account.Add(order);
        return order;
    }

    private string NextId(string kind) => _context.Ids.Guid(_customer.Id + "/" + Account.NextIdName(kind));
}
