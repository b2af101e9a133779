using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Spelling;

namespace CspMigration.Sandbox.State;

/// <summary>All customers, in the order of their creation.</summary>
internal sealed class CustomerDirectory
{
    private readonly object _change = new();
    private readonly ConcurrentDictionary<string, Customer> _byId;
    private volatile IReadOnlyList<Customer> _all;
    private int _created;

    public CustomerDirectory(IReadOnlyList<Customer> customers)
    {
        _all = customers;
        _byId = new(customers.ToDictionary(customer => customer.Id, AnyCase.Comparer), AnyCase.Comparer);
    }

    public IReadOnlyList<Customer> All => _all;

    public Customer? Find(string id) => _byId.TryGetValue(id, out var customer) ? customer : null;

    public bool HasDomain(string domain) => All.Any(customer => AnyCase.AreEqual(customer.Domain, domain));

    /// <summary>Adds a customer, unless its domain is taken.</summary>
    /// <param name="create">Creates it from the number of customers created so far.</param>
    /// <param name="domain">Its domain.</param>
    /// <returns>Null if the domain is taken.</returns>
    public Customer? TryAdd(System.Func<int, Customer> create, string domain)
    {
        lock (_change)
        {
            if (HasDomain(domain))
            {
                return null;
            }

            var customer = create(++_created);
            _byId[customer.Id] = customer;
            _all = [.. _all, customer];
            return customer;
        }
    }

    public void Remove(Customer customer)
    {
        lock (_change)
        {
            _ = _byId.TryRemove(customer.Id, out _);
            _all = _all.Where(other => other != customer).ToList();
        }
    }
}
