using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Errors;
using CspMigration.Sandbox.Http;
using CspMigration.Sandbox.Operations.Requests;
using CspMigration.Sandbox.Routing;
using CspMigration.Sandbox.Spelling;
using CspMigration.Sandbox.State;
using Newtonsoft.Json.Linq;

namespace CspMigration.Sandbox.Operations.Migrations;

/// <summary>A query for migrations or schedules of the partner: by customer, subscription or batch.</summary>
internal sealed class MigrationQuery
{
    private const int MaximumSize = 300;

    private readonly Call _call;
    private readonly string? _customerId;
    private readonly string? _subscriptionId;
    private readonly string? _referenceId;

    private MigrationQuery(Call call)
    {
        _call = call;
        _customerId = call.Query["CustomerTenantId"];
        _subscriptionId = call.Query["CurrentSubscriptionId"];
        _referenceId = call.Query["ExternalReferenceId"];
    }

    /// <exception cref="ServiceException">The query has no condition.</exception>
    public static MigrationQuery Of(Call call)
    {
        var query = new MigrationQuery(call);
        return query._customerId == null && query._subscriptionId == null && query._referenceId == null
            ? throw Refusals.BadInput("The query has none of CustomerTenantId, CurrentSubscriptionId and ExternalReferenceId.")
            : query;
    }

    /// <summary>A bare array; a header has the token for the next page, if there is one.</summary>
    public Answer Answer<T>(Func<T, Customer> customer, Func<T, IEnumerable<string>> subscriptions, Func<T, string?> reference, Func<T, JObject> resource)
        where T : class, IProcess
    {
        var found = new List<JObject>();
        foreach (var candidate in _call.World.Customers.All.Where(candidate => candidate.IsOpen && (_customerId == null || AnyCase.AreEqual(candidate.Id, _customerId))))
        {
            lock (candidate.Gate)
            {
                found.AddRange(candidate.Open(_call.Now).Processes.OfType<T>()
                    .Where(process => customer(process).IsReseller
                        && (_subscriptionId == null || subscriptions(process).Contains(_subscriptionId, AnyCase.Comparer))
                        && (_referenceId == null || AnyCase.AreEqual(reference(process), _referenceId)))
                    .Select(resource));
            }
        }

        return Paging.BareArray(_call, found, "PageSize", MaximumSize);
    }
}
