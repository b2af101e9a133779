using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using CspMigration.Contracts;
using CspMigration.Core.Errors;
using CspMigration.PowerShell.Completion;
using CspMigration.PowerShell.Errors;
using CspMigration.PowerShell.Parameters;

namespace CspMigration.PowerShell.Commands;

/// <summary>Finds subscriptions that expire: active, license based, auto-renew off, end of term near.</summary>
[Cmdlet(VerbsCommon.Get, "ExpiringSubscription", DefaultParameterSetName = WithinSet)]
[OutputType(typeof(ExpiringSubscription))]
public sealed class GetExpiringSubscriptionCommand : DiscoveringCommand
{
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

    /// <summary>Also subscriptions that the service will renew although the SKU map calls their SKU retired, or although it is no longer on sale in the customer's country. They do not expire: their EndOfTerm is RenewsIntoRetired.</summary>
    [Parameter]
    public SwitchParameter Retired { get; set; }

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
            WriteError(ErrorRecords.From(ErrorCatalog.Create("EmptyCustomer", "The name of a customer is null or empty."), CustomerId));
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

        var query = QueryFor(everybody ? null : _customers);
        query.IncludeRetired = Retired;
        _ = TryDiscover(query, async (rows, sink) =>
        {
            foreach (var row in rows)
            {
                await sink.OutputAsync(row).ConfigureAwait(false);
            }
        });
    }
}
