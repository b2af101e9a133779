using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.PartnerCenter.Http;
using CspMigration.PartnerCenter.Json;
using CspMigration.PartnerCenter.Resources;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace CspMigration.PartnerCenter.Operations;

/// <summary>Customers (docs/partner-center.md §5).</summary>
internal sealed class CustomerOperations
{
    private const int PageSize = 500;

    private readonly ServiceCaller _service;
    private readonly SeenRecords _seen;

    public CustomerOperations(ServiceCaller service, SeenRecords seen)
    {
        _service = service;
        _seen = seen;
    }

    /// <summary>All customers, page by page.</summary>
    public IAsyncEnumerable<IReadOnlyList<Customer>> PagesAsync(CancellationToken cancellationToken) => PagesAsync(filter: null, cancellationToken);

    /// <summary>Those whose company name begins so, page by page.</summary>
    public IAsyncEnumerable<IReadOnlyList<Customer>> NamedPagesAsync(string prefix, CancellationToken cancellationToken)
    {
        return PagesAsync(Filter("CompanyName", prefix), cancellationToken);
    }

    /// <summary>Those whose domain begins so, page by page.</summary>
    public IAsyncEnumerable<IReadOnlyList<Customer>> DomainPagesAsync(string prefix, CancellationToken cancellationToken)
    {
        return PagesAsync(Filter("Domain", prefix), cancellationToken);
    }

    /// <summary>The segments the customer is, or wants to be, qualified for.</summary>
    public Task<IReadOnlyList<Qualification>> ListQualificationsAsync(CustomerId customerId, CancellationToken cancellationToken)
    {
        return _service.ListAsync(ServiceRoute.Of($"customers/{customerId}/qualifications"), "a qualification", Qualification.Read, cancellationToken);
    }

    /// <summary>
    /// Whether the customer's acceptance of the customer agreement is recorded, without which nothing is sold (docs/partner-center.md §3: code 13605).
    /// A query that names no type asks for another agreement.
    /// </summary>
    public async Task<bool> HasAgreementAsync(CustomerId customerId, CancellationToken cancellationToken)
    {
        var route = ServiceRoute.Of($"customers/{customerId}/agreements").WithQuery(("agreementType", "MicrosoftCustomerAgreement"));
        var agreements = await _service.ListAsync(route, "an agreement", json => json, cancellationToken).ConfigureAwait(false);
        return agreements.Count > 0;
    }

    /// <summary>The link by which someone becomes our customer; asking for it sends nothing to anyone.</summary>
    public Task<string> GetRelationshipRequestLinkAsync(CancellationToken cancellationToken)
    {
        return _service.GetAsync(
            ServiceRoute.Of($"customers/relationshiprequests"), "a relationship request", json => json.RequiredText("url"), cancellationToken);
    }

    /// <summary>One customer, with its country.</summary>
    public Task<Customer> GetAsync(CustomerId customerId, CancellationToken cancellationToken)
    {
        return _service.GetAsync(ServiceRoute.Of($"customers/{customerId}"), "a customer", Read, cancellationToken);
    }

    private IAsyncEnumerable<IReadOnlyList<Customer>> PagesAsync(string? filter, CancellationToken cancellationToken)
    {
        return _service.PagesAsync(ServiceRoute.Of($"customers?size={PageSize}").WithQuery(("filter", filter)), "a customer", Read, cancellationToken);
    }

    private static string Filter(string field, string prefix)
    {
        return new JObject { ["Field"] = field, ["Value"] = prefix, ["Operator"] = "starts_with" }.ToString(Formatting.None);
    }

    private Customer Read(ResourceReader json) => _seen.Record(Customer.Read(json));
}
