using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Catalog;
using CspMigration.Sandbox.Spelling;

namespace CspMigration.Sandbox.State;

/// <summary>Everything that belongs to one customer. Reading and writing need the customer's gate.</summary>
internal sealed class Account
{
    private readonly List<Subscription> _subscriptions = [];
    private readonly List<Order> _orders = [];
    private readonly List<Cart> _carts = [];
    private readonly List<User> _users = [];
    private readonly List<IProcess> _processes = [];
    private readonly Dictionary<string, User> _usersById = new(AnyCase.Comparer);
    private readonly Dictionary<DirectorySku, int> _consumed = [];
    private int _idsGiven;
    private DateTimeOffset? _now;

    public IReadOnlyList<Subscription> Subscriptions => _subscriptions;

    public IReadOnlyList<Order> Orders => _orders;

    public IReadOnlyList<User> Users => _users;

    /// <summary>Whether the service extends subscriptions that neither renew nor have an action.</summary>
    public bool ExtendsUndecided { get; init; } = true;

    /// <summary>Whether the service accepts scheduled actions for this customer and drops them.</summary>
    public bool DropsSchedules { get; set; }

    public List<Group> Groups { get; } = [];

    public List<OtherChannelUnits> OtherChannelUnits { get; } = [];

    public List<Qualification> Qualifications { get; } = [];

    /// <summary>The agreements that the partner has confirmed.</summary>
    public List<Agreement> Agreements { get; } = [];

    public bool HasCustomerAgreement => Agreements.Any(agreement => agreement.Template == AgreementTemplate.CustomerAgreement);

    /// <summary>The SKUs in the directory, in the order of their arrival; last those that users still hold when no subscription has them.</summary>
    public IEnumerable<DirectorySku> Skus => _subscriptions.Select(subscription => subscription.Sku)
        .Concat(OtherChannelUnits.Select(units => units.Sku))
        .Concat(_consumed.Where(consumed => consumed.Value > 0).Select(consumed => consumed.Key).OrderBy(sku => sku.Id, AnyCase.Comparer))
        .Distinct();

    /// <summary>The segments in which it may purchase: the commercial one, and others by qualification.</summary>
    public IReadOnlyList<string> SegmentsAt(DateTimeOffset now)
    {
        var qualified = Qualifications.Where(qualification => qualification.IsApproved(now)).Select(qualification => qualification.Segment);
        return [Segments.Commercial, .. qualified.Distinct()];
    }

    public Subscription? FindSubscription(string? id) => _subscriptions.FirstOrDefault(subscription => AnyCase.AreEqual(subscription.Id, id));

    public Order? FindOrder(string? id) => _orders.FirstOrDefault(order => AnyCase.AreEqual(order.Id, id));

    public Cart? FindCart(string? id) => _carts.FirstOrDefault(cart => AnyCase.AreEqual(cart.Id, id));

    public Group? FindGroup(string id) => Groups.Find(group => AnyCase.AreEqual(group.Id, id));

    public User? FindUser(string id) => _usersById.TryGetValue(id, out var user) ? user : null;

    public int Consumed(DirectorySku sku) => _consumed.TryGetValue(sku, out var count) ? count : 0;

    public void Add(Subscription subscription) => _subscriptions.Add(subscription);

    public void Add(Order order) => _orders.Add(order);

    public void Add(Cart cart) => _carts.Add(cart);

    public void Add(User user)
    {
        _users.Add(user);
        _usersById.Add(user.Id, user);
        Count(user, 1);
    }

    /// <summary>Replaces all licenses of a user at once.</summary>
    public void SetLicenses(User user, IEnumerable<License> licenses)
    {
        Count(user, -1);
        user.SetLicenses(licenses, _now);
        Count(user, 1);
    }

    /// <summary>The name of the customer's next id; it depends only on the order of the calls.</summary>
    public string NextIdName(string kind) => FormattableString.Invariant($"{kind}/{++_idsGiven}");

    /// <summary>All processes, running and finished.</summary>
    public IReadOnlyList<IProcess> Processes => _processes;

    /// <summary>Starts a process.</summary>
    public void Begin(IProcess process) => _processes.Add(process);

    /// <summary>Runs everything that is due by now, in chronological order.</summary>
    public void CatchUp(DateTimeOffset now)
    {
        while (_processes.Count > 0 && _processes.Where(process => process.Next <= now).OrderBy(process => process.Next).FirstOrDefault() is { } due)
        {
            CatchUpSubscriptions(due.Next!.Value.AddTicks(-1));
            _now = due.Next;
            due.Step();
        }

        CatchUpSubscriptions(now);
        _now = now;
    }

    private void CatchUpSubscriptions(DateTimeOffset now)
    {
        while (Due(now) is { } due)
        {
            Lifecycle.Step(this, due);
        }
    }

    private Subscription? Due(DateTimeOffset now)
    {
        Subscription? first = null;
        var moment = now;
        foreach (var subscription in _subscriptions)
        {
            if (Lifecycle.Next(this, subscription) is { } next && (first == null ? next <= moment : next < moment))
            {
                (first, moment) = (subscription, next);
            }
        }

        return first;
    }

    private void Count(User user, int by)
    {
        foreach (var license in user.Licenses)
        {
            _consumed[license.Sku] = Consumed(license.Sku) + by;
        }
    }
}
