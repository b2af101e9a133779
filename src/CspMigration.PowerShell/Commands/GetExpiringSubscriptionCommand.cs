using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using CspMigration.Contracts;
using CspMigration.Core.Discovery;
using CspMigration.Core.Errors;
using CspMigration.PowerShell.Completion;
using CspMigration.PowerShell.Errors;
using CspMigration.PowerShell.Execution;
using CspMigration.PowerShell.Parameters;

namespace CspMigration.PowerShell.Commands;

/// <summary>Finds subscriptions that expire: active, license based, auto-renew off, end of term near.</summary>
[Cmdlet(VerbsCommon.Get, "ExpiringSubscription", DefaultParameterSetName = WithinSet)]
[OutputType(typeof(ExpiringSubscription))]
public sealed class GetExpiringSubscriptionCommand : ConnectedCommand
{
    private const string WithinSet = "Within";
    private const string BeforeSet = "Before";

    private readonly List<string> _customers = [];

    /// <summary>Customers by id, company name or domain, wildcards allowed, also from the pipeline. Not given at all, it means all customers.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    [CustomerName]
    [SupportsWildcards]
    [Alias("Customer", "CustomerName")]
    [ArgumentCompleter(typeof(CustomerNameCompleter))]
    public string[]? CustomerId { get; set; }

    /// <summary>Customers to leave out, by id, company name or domain; wildcards allowed.</summary>
    [Parameter]
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
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ProductCompleter))]
    public string[] Product { get; set; } = [];

    /// <summary>Also subscriptions that the service will renew; those that would renew into a retired SKU are marked.</summary>
    [Parameter]
    public SwitchParameter IncludeAutoRenew { get; set; }

    /// <summary>Also subscriptions that the service will renew although the SKU map calls their SKU retired, or although it is no longer on sale in the customer's country. They do not expire: their EndOfTerm is RenewsIntoRetired.</summary>
    [Parameter]
    public SwitchParameter Retired { get; set; }

    /// <summary>Also trials.</summary>
    [Parameter]
    public SwitchParameter IncludeTrial { get; set; }

    /// <summary>Also units in the tenants that were bought through another channel; they have no id and no end date.</summary>
    [Parameter]
    public SwitchParameter IncludeOtherChannel { get; set; }

    /// <summary>Which part of the customers to look through, such as 3/8; by customer id, so that every machine sees the same parts.</summary>
    [Parameter]
    [ValidateShard]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public string? Shard { get; set; }

    /// <summary>How many customers are read at once.</summary>
    [Parameter]
    [ValidateRange(1, 256)]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    [WholeNumber]
    public int ThrottleLimit { get; set; } = 32;

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        if (!MyInvocation.ExpectingInput && !MyInvocation.BoundParameters.ContainsKey(nameof(CustomerId)))
        {
            return;
        }

        var names = CustomerId ?? [];
        if (names.Length == 0 || names.Any(string.IsNullOrWhiteSpace))
        {
            WriteError(ErrorRecords.From(ErrorCatalog.Create("EmptyCustomer", "A customer was given that is null or empty."), CustomerId));
        }

        _customers.AddRange(names.Where(name => !string.IsNullOrWhiteSpace(name)));
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        // All customers only when asked for nothing: an empty pipeline or an empty name must not mean all customers.
        var everybody = !MyInvocation.ExpectingInput && !MyInvocation.BoundParameters.ContainsKey(nameof(CustomerId));
        if (!everybody && _customers.Count == 0)
        {
            return;
        }

        var query = new DiscoveryQuery
        {
            Customers = everybody ? null : _customers,
            ExcludedCustomers = ExcludeCustomer,
            Products = Product,
            IncludeAutoRenew = IncludeAutoRenew,
            IncludeRetired = Retired,
            IncludeTrial = IncludeTrial,
            IncludeOtherChannel = IncludeOtherChannel,
            Shard = Shard is null ? null : CustomerShard.Parse(Shard),
            CustomersAtOnce = ThrottleLimit,
        };
        _ = TryOperate(target: null, (client, sink, token) =>
        {
            query.Before = ParameterSetName == BeforeSet ? UtcMoment.OfDay(Before)!.Value : client.Discovery.EndOfWindow(Within);
            return client.Discovery.FindAsync(
                query,
                async rows =>
                {
                    foreach (var row in rows)
                    {
                        await sink.OutputAsync(row).ConfigureAwait(false);
                    }
                },
                error => sink.Error(error, target: null),
                token);
        });
    }
}
