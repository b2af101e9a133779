using System.Collections.Generic;
using System.Linq;

namespace CspMigration.Sandbox.State;

/// <summary>All customers, in a fixed order.</summary>
internal sealed class CustomerDirectory
{
    private readonly Dictionary<string, Customer> _byId;

    public CustomerDirectory(IReadOnlyList<Customer> customers)
    {
        All = customers;
        _byId = customers.ToDictionary(customer => customer.Id, Same.Comparer);
    }

    public IReadOnlyList<Customer> All { get; }

    public Customer? Find(string id) => _byId.TryGetValue(id, out var customer) ? customer : null;
}
