using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Core.PartnerCenter.Http;
using CspMigration.Core.PartnerCenter.Resources;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace CspMigration.Core.PartnerCenter.Operations;

/// <summary>Customers (API docs §5).</summary>
internal sealed class CustomerOperations
{
    private const int PageSize = 500;

    private readonly ServiceCaller _service;

    public CustomerOperations(ServiceCaller service) => _service = service;

    /// <summary>All customers, page by page; with a prefix, those whose company name begins with it.</summary>
    public IAsyncEnumerable<IReadOnlyList<Customer>> PagesAsync(string? companyNamePrefix, CancellationToken cancellationToken)
    {
        var filter = companyNamePrefix is null
            ? null
            : new JObject { ["Field"] = "CompanyName", ["Value"] = companyNamePrefix, ["Operator"] = "starts_with" }.ToString(Formatting.None);
        return _service.PagesAsync(ServiceRoute.Of($"customers?size={PageSize}").WithQuery(("filter", filter)), "a customer", Customer.Read, cancellationToken);
    }

    /// <summary>One customer, with its country.</summary>
    public Task<Customer> GetAsync(string customerId, CancellationToken cancellationToken)
    {
        return _service.GetAsync(ServiceRoute.Of($"customers/{customerId}"), "a customer", Customer.Read, cancellationToken);
    }
}
