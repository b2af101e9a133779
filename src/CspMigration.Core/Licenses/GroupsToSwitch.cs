using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Sessions;
using CspMigration.Core.Users;

namespace CspMigration.Core.Licenses;

/// <summary>
/// Reads, before anything is confirmed, the groups that assign what a customer's users leave. Sources that come one after another share what was
/// read a moment ago: it is only shown, and read again before anything is sent.
/// </summary>
internal sealed class GroupsToSwitch
{
    private readonly ConcurrentDictionary<(CustomerId, SkuId), (long ReadAt, IReadOnlyList<LicenseGroup> Read)> _groups = new();
    private readonly ConcurrentDictionary<(CustomerId, GroupId), (long ReadAt, IReadOnlyList<LicenseHolder>? Read)> _members = new();

    /// <summary>The groups, each with how many members have one of the SKUs from it. Where groups cannot be read a warning says so, and there are none.</summary>
    /// <param name="operation">Whose reading it is.</param>
    /// <param name="customerId">The customer.</param>
    /// <param name="skuIds">The directory SKUs of the sources.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyList<(LicenseGroup Group, int Members)>> ReadAsync(MigrationOperation operation, CustomerId customerId, IReadOnlyCollection<SkuId> skuIds, CancellationToken cancellationToken)
    {
        var service = await LicenseServices.OfAsync(operation, customerId, cancellationToken).ConfigureAwait(false);
        if (service.Groups is not { } groups)
        {
            operation.Observer.Warning($"The licenses of {customerId} are moved through Partner Center, which knows no groups: users whose license comes from a group keep it.{ReasonText(operation, customerId)}");
            return [];
        }

        var found = new List<(LicenseGroup, int)>();
        try
        {
            var listed = new List<LicenseGroup>();
            foreach (var skuId in skuIds)
            {
                listed.AddRange(await ReadAsync(_groups, skuId, groups.ListAsync).ConfigureAwait(false));
            }

            foreach (var group in listed.GroupBy(group => group.Id).Select(same => same.First()).OrderBy(group => group.Name, StringComparer.OrdinalIgnoreCase))
            {
                if (await ReadAsync(_members, group.Id, groups.FindMembersAsync).ConfigureAwait(false) is not { } members)
                {
                    operation.Observer.Warning($"The members of the group {group.Name} ({group.Id}) of {customerId} cannot be read, so its license is not switched.");
                    continue;
                }

                var count = members.Count(member => skuIds.Any(skuId => member.HoldsFrom(group.Id, skuId)));
                if (count > 0)
                {
                    found.Add((group, count));
                }
            }
        }
        catch (CspMigrationException e) when (e.StatusCode is 401 or 403)
        {
            operation.Observer.Warning($"The groups of {customerId} cannot be read, so their licenses are not switched: {e.Problem}");
            return [];
        }

        return found;

        async Task<T> ReadAsync<TKey, T>(ConcurrentDictionary<(CustomerId, TKey), (long ReadAt, T Read)> kept, TKey id, Func<TKey, CancellationToken, Task<T>> readAsync)
        {
            if (kept.TryGetValue((customerId, id), out var known) && operation.Time.GetElapsedTime(known.ReadAt) <= service.Fresh)
            {
                return known.Read;
            }

            var read = await readAsync(id, cancellationToken).ConfigureAwait(false);
            kept[(customerId, id)] = (operation.Time.GetTimestamp(), read);
            return read;
        }
    }

    private static string ReasonText(MigrationOperation operation, CustomerId customerId)
    {
        return operation.Session.GraphFallbacks.TryGetValue(customerId, out var reason) ? $" Microsoft Graph is not used there: {reason}" : "";
    }
}
