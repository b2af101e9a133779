using System.Management.Automation;
using CspMigration.Contracts;
using CspMigration.Core.Catalog;
using CspMigration.PowerShell.Completion;
using CspMigration.PowerShell.Execution;
using CspMigration.PowerShell.Parameters;

namespace CspMigration.PowerShell.Commands;

/// <summary>Lists what is on sale in a country or for a customer: legacy offers and new commerce in one form.</summary>
[Cmdlet(VerbsCommon.Get, "TargetOffer", DefaultParameterSetName = CountrySet)]
[OutputType(typeof(TargetOffer))]
public sealed class GetTargetOfferCommand : ConnectedCommand
{
    private const string CountrySet = "Country";
    private const string CustomerSet = "Customer";

    /// <summary>The name; wildcards allowed.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(OfferNameCompleter))]
    public string Name { get; set; } = "*";

    /// <summary>The country, ISO 3166 two letters. The default is the partner's.</summary>
    [Parameter(ParameterSetName = CountrySet)]
    [ValidateFormat("[A-Z]{2}", "a country of two letters, such as US")]
    [ArgumentCompleter(typeof(CountryCompleter))]
    public string? Country { get; set; }

    /// <summary>The customer whose country and segments count, by id, name or domain.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = CustomerSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(CustomerCompleter))]
    public string? CustomerId { get; set; }

    /// <summary>A billing cycle it must be sold with.</summary>
    [Parameter]
    [ValidateSet("Monthly", "Annual")]
    public string? BillingCycle { get; set; }

    /// <summary>A customer segment.</summary>
    [Parameter]
    [ValidateSet("Commercial", "Education", "Government", "Nonprofit")]
    public string? Segment { get; set; }

    /// <summary>Trials instead of paid offers.</summary>
    [Parameter]
    public SwitchParameter Trial { get; set; }

    /// <summary>Also what is in the catalog and cannot be bought, such as legacy offers where only new commerce is open.</summary>
    [Parameter]
    public SwitchParameter IncludeUnavailable { get; set; }

    /// <summary>Which commerce to look in.</summary>
    [Parameter]
    [CommerceArgument]
    public CommerceChoice Commerce { get; set; }

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        var customer = CustomerId is null ? null : FindCustomer(CustomerId);
        if (CustomerId is not null && customer is null)
        {
            return;
        }

        var query = new OfferQuery
        {
            Name = Name,
            Country = Country,
            CustomerId = customer,
            BillingCycle = BillingCycle,
            Segment = Segment?.ToLowerInvariant(),
            Trial = Trial,
            IncludeUnavailable = IncludeUnavailable,
            Commerce = Commerce,
        };
        _ = TryOperate(customer ?? Name, (client, sink, token) => client.Catalog.ListAsync(query, sink.OutputAsync, token));
    }
}
