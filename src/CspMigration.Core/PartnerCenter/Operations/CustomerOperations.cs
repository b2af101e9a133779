using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Core.PartnerCenter.Http;
using CspMigration.Core.PartnerCenter.Json;
using CspMigration.Core.PartnerCenter.Resources;
using CspMigration.Core.Sessions;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace CspMigration.Core.PartnerCenter.Operations;

/// <summary>Customers (API docs §5).</summary>
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

    /// <summary>All customers, page by page; with a prefix, those whose company name begins with it.</summary>
    public IAsyncEnumerable<IReadOnlyList<Customer>> PagesAsync(string? companyNamePrefix, CancellationToken cancellationToken)
    {
        var filter = companyNamePrefix is null
            ? null
            : new JObject { ["Field"] = "CompanyName", ["Value"] = companyNamePrefix, ["Operator"] = "starts_with" }.ToString(Formatting.None);
        return _service.PagesAsync(ServiceRoute.Of($"customers?size={PageSize}").WithQuery(("filter", filter)), "a customer", Read, cancellationToken);
    }

    /// <summary>The segments the customer is, or wants to be, qualified for.</summary>
    public Task<IReadOnlyList<Qualification>> ListQualificationsAsync(string customerId, CancellationToken cancellationToken)
    {
        return _service.ListAsync(ServiceRoute.Of($"customers/{customerId}/qualifications"), "a qualification", Qualification.Read, cancellationToken);
    }

    /// <summary>Whether the customer's acceptance of an agreement is recorded, which new commerce asks for.</summary>
    public async Task<bool> HasAgreementAsync(string customerId, CancellationToken cancellationToken)
    {
        var agreements = await _service.ListAsync(
            ServiceRoute.Of($"customers/{customerId}/agreements"), "an agreement", json => json, cancellationToken).ConfigureAwait(false);
        return agreements.Count > 0;
    }

    /// <summary>The link by which somebody becomes our customer; asking for it sends nothing to anybody.</summary>
    public Task<string> GetRelationshipRequestLinkAsync(CancellationToken cancellationToken)
    {
        return _service.GetAsync(
            ServiceRoute.Of($"customers/relationshiprequests"), "a relationship request", json => json.RequiredText("url"), cancellationToken);
    }

    /// <summary>One customer, with its country.</summary>
    public Task<Customer> GetAsync(string customerId, CancellationToken cancellationToken)
    {
        return _service.GetAsync(ServiceRoute.Of($"customers/{customerId}"), "a customer", Read, cancellationToken);
    }

    private Customer Read(ResourceReader json) => _seen.Note(Customer.Read(json));
}
