using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Discovery;
using CspMigration.PowerShell.Completion;
using CspMigration.PowerShell.Execution;
using CspMigration.PowerShell.Parameters;

namespace CspMigration.PowerShell.Commands;

/// <summary>A cmdlet that finds subscriptions that expire: within some days, or before a moment.</summary>
public abstract class DiscoveringCommand : ConnectedCommand
{
    private protected const string WithinSet = "Within";
    private protected const string BeforeSet = "Before";

    /// <summary>Customers to leave out, by id, company name or domain; wildcards allowed.</summary>
    [Parameter(ParameterSetName = WithinSet)]
    [Parameter(ParameterSetName = BeforeSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(CustomerNameCompleter))]
    public string[] ExcludeCustomer { get; set; } = [];

    /// <summary>The term ends within so many days.</summary>
    [Parameter(ParameterSetName = WithinSet)]
    [ValidateRange(0, 3650)]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    [WholeNumber]
    public int Within { get; set; } = 90;

    /// <summary>The term ends before this moment.</summary>
    [Parameter(Mandatory = true, ParameterSetName = BeforeSet)]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    [DayArgument]
    public DateTime Before { get; set; }

    /// <summary>Products by offer id, offer name, or the SKU map's family or source; wildcards allowed.</summary>
    [Parameter(ParameterSetName = WithinSet)]
    [Parameter(ParameterSetName = BeforeSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ProductCompleter))]
    public string[] Product { get; set; } = [];

    /// <summary>Also subscriptions that the service will renew; those that would renew into a retired SKU are marked.</summary>
    [Parameter(ParameterSetName = WithinSet)]
    [Parameter(ParameterSetName = BeforeSet)]
    public SwitchParameter IncludeAutoRenew { get; set; }

    /// <summary>Also trials.</summary>
    [Parameter(ParameterSetName = WithinSet)]
    [Parameter(ParameterSetName = BeforeSet)]
    public SwitchParameter IncludeTrial { get; set; }

    /// <summary>Also units in the tenants that were bought through another channel; they have no id and no end date.</summary>
    [Parameter(ParameterSetName = WithinSet)]
    [Parameter(ParameterSetName = BeforeSet)]
    public SwitchParameter IncludeOtherChannel { get; set; }

    /// <summary>Which part of the customers to look through, such as 3/8; by customer id, so that every machine sees the same parts.</summary>
    [Parameter(ParameterSetName = WithinSet)]
    [Parameter(ParameterSetName = BeforeSet)]
    [ValidateShard]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public string? Shard { get; set; }

    /// <summary>How many customers are worked on at once.</summary>
    [Parameter]
    [ValidateRange(1, 256)]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    [WholeNumber]
    public int ThrottleLimit { get; set; } = 32;

    /// <summary>The query that the parameters describe.</summary>
    /// <param name="customers">Customers by id, company name or domain (wildcards allowed); null for all.</param>
    private protected DiscoveryQuery QueryFor(IReadOnlyList<string>? customers)
    {
        return new DiscoveryQuery
        {
            Customers = customers,
            ExcludedCustomers = ExcludeCustomer,
            Products = Product,
            IncludeAutoRenew = IncludeAutoRenew,
            IncludeTrial = IncludeTrial,
            IncludeOtherChannel = IncludeOtherChannel,
            Shard = Shard is null ? null : CustomerShard.Parse(Shard),
            CustomersAtOnce = ThrottleLimit,
        };
    }

    /// <summary>Finds what the query describes, until the end of -Within or -Before. A customer who cannot be read is reported, and the search goes on.</summary>
    /// <param name="query">The query.</param>
    /// <param name="found">Receives the subscriptions of one customer after the other.</param>
    /// <returns>Whether all customers were read.</returns>
    private protected bool TryDiscover(DiscoveryQuery query, Func<IReadOnlyList<ExpiringSubscription>, CommandSink, Task> found)
    {
        var isComplete = true;
        var hasRun = TryOperate(target: null, (client, sink, token) =>
        {
            query.Before = ParameterSetName == BeforeSet ? UtcMoment.OfDay(Before)!.Value : client.Discovery.EndOfWindow(Within);
            return client.Discovery.FindAsync(query, rows => found(rows, sink), Fail, token);

            void Fail(CspMigrationException error)
            {
                isComplete = false;
                sink.Error(error, target: null);
            }
        });
        return hasRun && isComplete;
    }
}
