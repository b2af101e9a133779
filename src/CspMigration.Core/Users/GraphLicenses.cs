using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Sessions;
using CspMigration.Core.Threading;
using CspMigration.Graph;
using CspMigration.Graph.Batches;
using CspMigration.Graph.Resources;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Users;

/// <summary>Licenses through Microsoft Graph, which finds the holders of a SKU, says which groups assign it, and reads and changes users in batches.</summary>
internal sealed class GraphLicenses : ILicenseService
{
    // What a batch is told of its users is this old at most (docs/rules.md, rule 30).
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(60);

    private readonly MigrationOperation _operation;
    private readonly GraphClient _client;
    private readonly LicensePatterns _patterns = new();
    private volatile IReadOnlyDictionary<SkuId, IReadOnlyList<ServicePlan>>? _plans;

    public GraphLicenses(MigrationOperation operation, GraphClient client)
    {
        _operation = operation;
        _client = client;
        Groups = new GroupLicenses(client, this);
    }

    public LicenseApi Api => LicenseApi.Graph;

    public int BatchSize => BatchSender.Most;

    public TimeSpan Fresh => Freshness;

    public GroupLicenses? Groups { get; }

    public async Task<IReadOnlyList<SubscribedSku>> ListSkusAsync(CancellationToken cancellationToken)
    {
        var skus = (await _client.ListSubscribedSkusAsync(cancellationToken).ConfigureAwait(false)).Select(Convert).ToList();
        _plans = skus.Where(sku => sku.SkuId is not null).GroupBy(sku => sku.SkuId!.Value)
            .ToDictionary(sku => sku.Key, sku => sku.First().ServicePlans);
        return skus;
    }

    public async Task<HolderReading> FindHoldersAsync(IReadOnlyDictionary<SkuId, int> expected, int callsAtOnce, ProgressCount count, CancellationToken cancellationToken)
    {
        var plans = await PlansAsync(cancellationToken).ConfigureAwait(false);
        var found = new ConcurrentDictionary<UserId, LicenseHolder>();
        await Concurrently.ForEachAsync(
            expected.Keys.Where(skuId => Guid.TryParse(skuId.ToString(), out _)),
            expected.Count,
            (skuId, token) => AddAsync(_client.HoldersAsync(Guid.Parse(skuId.ToString()), token)),
            cancellationToken).ConfigureAwait(false);

        // The index lags: who came to a SKU a minute ago is found among all users.
        if (expected.Any(sku => found.Values.Count(holder => holder.Holds(sku.Key)) < sku.Value))
        {
            _operation.Observer.Verbose("Microsoft Graph does not find all holders yet: all users are read.");
            await AddAsync(_client.UsersAsync(cancellationToken)).ConfigureAwait(false);
        }

        return new HolderReading([.. found.Values], Unread: []);

        async Task AddAsync(IAsyncEnumerable<IReadOnlyList<GraphUser>> pages)
        {
            await foreach (var page in pages.ConfigureAwait(false))
            {
                foreach (var user in page)
                {
                    if (found.TryAdd(user.Id, Convert(user, plans)))
                    {
                        count.Advance();
                    }
                }
            }
        }
    }

    public async Task<IReadOnlyList<UserReading>> ReadAsync(IReadOnlyList<User> users, CancellationToken cancellationToken)
    {
        var plans = await PlansAsync(cancellationToken).ConfigureAwait(false);
        var readings = await _client.ReadUsersAsync([.. users.Select(user => user.Id)], cancellationToken).ConfigureAwait(false);
        return [.. readings.Select(reading => reading switch
        {
            { User: { } user } => new UserReading(Convert(user, plans), Error: null),
            { Error: { StatusCode: 404 } } => new UserReading(Holder: null, Error: null),
            { Error: { } error } when RefusalTally.IsOfUser(error) => new UserReading(Holder: null, error),
            _ => throw reading.Error!,
        })];
    }

    /// <summary>Users as Microsoft Graph lists them, as holders of their licenses.</summary>
    public async Task<IReadOnlyList<LicenseHolder>> ConvertAsync(IReadOnlyList<GraphUser> users, CancellationToken cancellationToken)
    {
        var plans = await PlansAsync(cancellationToken).ConfigureAwait(false);
        return [.. users.Select(user => Convert(user, plans))];
    }

    /// <summary>Licenses of which the service plans are known that are off.</summary>
    public async Task<IReadOnlyList<UserLicense>> LicensesAsync(IEnumerable<(SkuId SkuId, IReadOnlyList<ServicePlanId> Off)> licenses, CancellationToken cancellationToken)
    {
        var plans = await PlansAsync(cancellationToken).ConfigureAwait(false);
        return _patterns.Share([.. licenses.Select(license => LicenseOf(license.SkuId, license.Off, plans))]);
    }

    public Task SetUsageLocationAsync(User user, string location, CancellationToken cancellationToken) => _client.SetUsageLocationAsync(user.Id, location, cancellationToken);

    public Task<IReadOnlyList<CspMigrationException?>> UpdateAsync(IReadOnlyList<LicenseUpdate> updates, IReadOnlyList<Guid> requestIds, CancellationToken cancellationToken)
    {
        return _client.ChangeLicensesAsync([.. updates.Select(update => new LicenseChange<IdKind.User>(update.Holder.User.Id, update.Assign, update.Remove))], cancellationToken);
    }

    private static SubscribedSku Convert(GraphSku sku) => new()
    {
        SkuId = sku.SkuId,
        PartNumber = sku.PartNumber,
        IsForUsers = sku.IsForUsers,
        ActiveUnits = sku.ActiveUnits,
        ConsumedUnits = sku.ConsumedUnits,
        SuspendedUnits = sku.SuspendedUnits + (sku.LockedUnits ?? 0),
        WarningUnits = sku.WarningUnits,
        TotalUnits = sku.ActiveUnits + sku.SuspendedUnits + sku.WarningUnits + (sku.LockedUnits ?? 0),
        ServicePlans = [.. sku.ServicePlans.Select(plan => ServicePlan.Of(plan.Key, plan.Value, isSwitchedOff: false))],
    };

    private async Task<IReadOnlyDictionary<SkuId, IReadOnlyList<ServicePlan>>> PlansAsync(CancellationToken cancellationToken)
    {
        if (_plans is null)
        {
            _ = await ListSkusAsync(cancellationToken).ConfigureAwait(false);
        }

        return _plans!;
    }

    // A SKU that comes directly and by groups is one license, in which a plan is off that none of the assignments switches on.
    private LicenseHolder Convert(GraphUser user, IReadOnlyDictionary<SkuId, IReadOnlyList<ServicePlan>> plans)
    {
        var held = user.Assignments.Where(assignment => assignment is { IsHeld: true, SkuId: not null }).GroupBy(assignment => assignment.SkuId!.Value).ToList();
        var licenses = held.ConvertAll(sku =>
        {
            var off = new HashSet<ServicePlanId>(sku.First().DisabledPlans);
            foreach (var other in sku.Skip(1))
            {
                off.IntersectWith(other.DisabledPlans);
            }

            return LicenseOf(sku.Key, off, plans);
        });
        var assignments = user.Assignments.Where(assignment => assignment.SkuId is not null)
            .Select(assignment => new LicenseAssignment(assignment.SkuId!.Value, assignment.GroupId, assignment.IsHeld, assignment.IsInService, assignment.Error)).ToList();
        return new LicenseHolder(User.Of(user.Id, user.UserPrincipalName, user.UsageLocation), _patterns.Share(licenses), _operation.Time.GetTimestamp(), assignments, user.IsEnabled);
    }

    // A plan that is off, and that the tenant's SKU does not list, is known by its id alone.
    private static UserLicense LicenseOf(SkuId skuId, IReadOnlyCollection<ServicePlanId> off, IReadOnlyDictionary<SkuId, IReadOnlyList<ServicePlan>> plans)
    {
        var known = plans.TryGetValue(skuId, out var listed) ? listed : [];
        return UserLicense.Of(skuId, [
            .. known.Select(plan => ServicePlan.Of(plan.Id, plan.ServiceName, plan.Id is { } id && off.Contains(id))),
            .. off.Where(id => !known.Any(plan => plan.Id.Is(id))).Select(id => ServicePlan.Of(id, serviceName: null, isSwitchedOff: true))]);
    }
}
