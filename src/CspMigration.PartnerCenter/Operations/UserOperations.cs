using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.PartnerCenter.Http;
using CspMigration.PartnerCenter.Resources;
using Newtonsoft.Json.Linq;

namespace CspMigration.PartnerCenter.Operations;

/// <summary>A customer's users and their licenses (docs/partner-center.md §12). All of it needs an App+User token and delegated rights.</summary>
internal sealed class UserOperations
{
    private const int PageSize = 500;

    private readonly ServiceCaller _service;

    public UserOperations(ServiceCaller service) => _service = service;

    public IAsyncEnumerable<IReadOnlyList<User>> PagesAsync(CustomerId customerId, CancellationToken cancellationToken)
    {
        return _service.PagesAsync(ServiceRoute.Of($"customers/{customerId}/users?size={PageSize}"), "a user", User.Read, cancellationToken);
    }

    /// <summary>The directory-managed licenses of a user, which all license-based offers of the map are.</summary>
    public Task<IReadOnlyList<UserLicense>> ListLicensesAsync(CustomerId customerId, UserId userId, CancellationToken cancellationToken)
    {
        return _service.ListAsync(ServiceRoute.Of($"customers/{customerId}/users/{userId}/licenses"), "a license", UserLicense.Read, cancellationToken);
    }

    /// <summary>The same for a user who may have been deleted meanwhile: null then.</summary>
    public Task<IReadOnlyList<UserLicense>?> FindLicensesAsync(CustomerId customerId, UserId userId, CancellationToken cancellationToken)
    {
        return ServiceCaller.FindAsync(ListLicensesAsync(customerId, userId, cancellationToken));
    }

    public Task<IReadOnlyList<SubscribedSku>> ListSubscribedSkusAsync(CustomerId customerId, CancellationToken cancellationToken)
    {
        return _service.ListAsync(ServiceRoute.Of($"customers/{customerId}/subscribedskus"), "a subscribed SKU", SubscribedSku.Read, cancellationToken);
    }

    /// <summary>Gives a user a usage location, without which the service gives no license.</summary>
    public async Task SetUsageLocationAsync(CustomerId customerId, UserId userId, string location, CancellationToken cancellationToken)
    {
        var user = new JObject { ["usageLocation"] = location, ["attributes"] = new JObject { ["objectType"] = "CustomerUser" } };
        var route = ServiceRoute.Of($"customers/{customerId}/users/{userId}");
        _ = await _service.SendAsync(ServiceRequest.Patch(route, user), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Clears licenses and sets others in one update, so that the user is never without. Not repeated when its outcome is unknown.</summary>
    /// <param name="customerId">The customer.</param>
    /// <param name="userId">The user.</param>
    /// <param name="assign">The directory SKUs to set, each with the service plan ids to switch off in it.</param>
    /// <param name="remove">The directory SKUs to clear.</param>
    /// <param name="requestId">The idempotency key.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task UpdateLicensesAsync(
        CustomerId customerId,
        UserId userId,
        IReadOnlyList<KeyValuePair<SkuId, IReadOnlyList<ServicePlanId>>> assign,
        IReadOnlyList<SkuId> remove,
        Guid requestId,
        CancellationToken cancellationToken)
    {
        var update = new JObject
        {
            ["licensesToAssign"] = new JArray(assign.Select(sku => new JObject
            {
                ["skuId"] = sku.Key.ToString(),
                ["excludedPlans"] = new JArray(sku.Value.Select(plan => plan.ToString())),
            }).Cast<object>().ToArray()),
            ["licensesToRemove"] = new JArray(remove.Select(sku => sku.ToString())),
        };
        var route = ServiceRoute.Of($"customers/{customerId}/users/{userId}/licenseupdates");
        _ = await _service.SendAsync(ServiceRequest.Post(route, update, requestId), cancellationToken).ConfigureAwait(false);
    }
}
