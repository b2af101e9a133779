using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Graph.Batches;
using CspMigration.Graph.Http;
using CspMigration.Graph.Resources;
using CspMigration.PartnerCenter.Http;
using CspMigration.PartnerCenter.Json;
using Newtonsoft.Json.Linq;

namespace CspMigration.Graph;

/// <summary>Microsoft Graph in one customer's tenant on behalf of one operation.</summary>
internal sealed class GraphClient
{
    private const int PageSize = 999;

    private static readonly KeyValuePair<string, string>[] ByIndex = [new("ConsistencyLevel", "eventual")];

    private readonly GraphCaller _service;
    private readonly BatchSender _batches;

    public GraphClient(GraphCaller service, BatchSender batches)
    {
        _service = service;
        _batches = batches;
    }

    public async Task<IReadOnlyList<GraphSku>> ListSubscribedSkusAsync(CancellationToken cancellationToken)
    {
        var skus = new List<GraphSku>();
        await foreach (var page in _service.PagesAsync(GraphCaller.Route($"subscribedSkus"), [], "a subscribed SKU", GraphSku.Read, cancellationToken).ConfigureAwait(false))
        {
            skus.AddRange(page);
        }

        return skus;
    }

    /// <summary>
    /// The users who hold a SKU, directly or by a group, by an index that lags some minutes behind changes (learn.microsoft.com/graph/aad-advanced-queries).
    /// </summary>
    public IAsyncEnumerable<IReadOnlyList<GraphUser>> HoldersAsync(Guid skuId, CancellationToken cancellationToken)
    {
        var route = GraphCaller.Route($"users").WithQuery(
            ("$filter", $"assignedLicenses/any(x:x/skuId eq {skuId:D})"), ("$count", "true"), ("$top", FormattableString.Invariant($"{PageSize}")), ("$select", GraphUser.Properties));
        return _service.PagesAsync(route, ByIndex, "a user", GraphUser.Read, cancellationToken);
    }

    /// <summary>All users, not by the index.</summary>
    public IAsyncEnumerable<IReadOnlyList<GraphUser>> UsersAsync(CancellationToken cancellationToken)
    {
        var route = GraphCaller.Route($"users").WithQuery(("$top", FormattableString.Invariant($"{PageSize}")), ("$select", GraphUser.Properties));
        return _service.PagesAsync(route, [], "a user", GraphUser.Read, cancellationToken);
    }

    /// <summary>Reads users one by one, up to <see cref="BatchSender.Most"/> in one call.</summary>
    /// <returns>In their order, each user, or why they could not be read: <see cref="CspMigrationException.StatusCode"/> 404 for one who was deleted.</returns>
    public async Task<IReadOnlyList<(GraphUser? User, CspMigrationException? Error)>> ReadUsersAsync(IReadOnlyList<UserId> userIds, CancellationToken cancellationToken)
    {
        var requests = userIds.Select(id => new BatchRequest(GraphCaller.Route($"users/{id}").WithQuery(("$select", GraphUser.Properties)), Body: null)).ToList();
        var results = await _batches.SendAsync(requests, cancellationToken).ConfigureAwait(false);
        return [.. results.Select(result => result.Error is { } error ? (null, error) : Read(result.Body))];

        // What is wrong with the answer about one says nothing of the others.
        static (GraphUser?, CspMigrationException?) Read(JToken? body)
        {
            try
            {
                return (GraphUser.Read(new ResourceReader(body, "a user")), null);
            }
            catch (CspMigrationException e)
            {
                return (null, e);
            }
        }
    }

    /// <summary>Changes the licenses of users, up to <see cref="BatchSender.Most"/> in one call.</summary>
    /// <returns>In their order, why each was not done, or why that is not known; null for one that was done.</returns>
    /// <exception cref="CspMigrationException">The call as a whole was refused; nothing was done.</exception>
    public async Task<IReadOnlyList<CspMigrationException?>> ChangeLicensesAsync(IReadOnlyList<LicenseChange<IdKind.User>> changes, CancellationToken cancellationToken)
    {
        var requests = changes.Select(change => new BatchRequest(GraphCaller.Route($"users/{change.Id}/assignLicense"), change.ToJson())).ToList();
        return [.. (await _batches.SendAsync(requests, cancellationToken).ConfigureAwait(false)).Select(result => result.Error)];
    }

    /// <summary>Gives a user a usage location, without which no license is assigned.</summary>
    public async Task SetUsageLocationAsync(UserId userId, string location, CancellationToken cancellationToken)
    {
        _ = await _service.SendAsync(ServiceRequest.Patch(GraphCaller.Route($"users/{userId}"), new JObject { ["usageLocation"] = location }), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A group with what it assigns; null where there is none of the id.</summary>
    public Task<GraphGroup?> FindGroupAsync(GroupId groupId, CancellationToken cancellationToken)
    {
        return ServiceCaller.FindAsync(ReadAsync());

        async Task<GraphGroup> ReadAsync()
        {
            var reply = await _service.SendAsync(ServiceRequest.Get(GraphCaller.Route($"groups/{groupId}").WithQuery(("$select", GraphGroup.Properties))), cancellationToken).ConfigureAwait(false);
            return GraphGroup.Read(new ResourceReader(reply.Body, "a group"));
        }
    }

    /// <summary>The groups that assign a SKU, by an index that lags some minutes behind changes.</summary>
    public IAsyncEnumerable<IReadOnlyList<GraphGroup>> GroupsAsync(Guid skuId, CancellationToken cancellationToken)
    {
        var route = GraphCaller.Route($"groups").WithQuery(
            ("$filter", $"assignedLicenses/any(x:x/skuId eq {skuId:D})"), ("$count", "true"), ("$top", FormattableString.Invariant($"{PageSize}")), ("$select", GraphGroup.Properties));
        return _service.PagesAsync(route, ByIndex, "a group", GraphGroup.Read, cancellationToken);
    }

    /// <summary>The users who are direct members of a group: those of groups in it do not get its licenses.</summary>
    public async IAsyncEnumerable<IReadOnlyList<GraphUser>> MembersAsync(GroupId groupId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var route = GraphCaller.Route($"groups/{groupId}/members").WithQuery(("$top", FormattableString.Invariant($"{PageSize}")), ("$select", GraphUser.Properties));
        await foreach (var page in _service.PagesAsync(route, [], "a member", ReadUser, cancellationToken).ConfigureAwait(false))
        {
            yield return [.. page.OfType<GraphUser>()];
        }

        static GraphUser? ReadUser(ResourceReader member) => member.Text("@odata.type") is null or "#microsoft.graph.user" ? GraphUser.Read(member) : null;
    }

    /// <summary>Changes the licenses of a group; its members follow in the background (learn.microsoft.com/graph/api/group-assignlicense).</summary>
    public Task ChangeGroupLicensesAsync(LicenseChange<IdKind.Group> change, CancellationToken cancellationToken)
    {
        return _service.SendAsync(ServiceRequest.Post(GraphCaller.Route($"groups/{change.Id}/assignLicense"), change.ToJson(), Guid.NewGuid()), cancellationToken);
    }
}
