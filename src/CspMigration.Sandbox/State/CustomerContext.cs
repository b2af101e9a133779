using System;

namespace CspMigration.Sandbox.State;

/// <summary>A customer's account at a moment, for changes by a request or a process. The customer's gate is held.</summary>
internal sealed class CustomerContext
{
    public CustomerContext(World world, Customer customer, Account account, DateTimeOffset now)
    {
        World = world;
        Customer = customer;
        Account = account;
        Now = now;
    }

    public World World { get; }

    public Customer Customer { get; }

    public Account Account { get; }

    public DateTimeOffset Now { get; }

    public CustomerContext At(DateTimeOffset moment) => new(World, Customer, Account, moment);

    /// <summary>An id for a new resource of the customer.</summary>
    public string NextId(string kind) => World.Ids.Guid(Customer.Id + "/" + Account.NextIdName(kind));
}
