using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Graph;
using CspMigration.Graph.Resources;

namespace CspMigration.Core.Users;

/// <summary>The groups that assign licenses in one customer's directory, which Microsoft Graph alone shows and changes.</summary>
internal sealed class GroupLicenses
{
    private readonly GraphClient _client;
    private readonly GraphLicenses _users;

    /// <param name="client">Microsoft Graph.</param>
    /// <param name="users">Reads the members.</param>
    public GroupLicenses(GraphClient client, GraphLicenses users)
    {
        _client = client;
        _users = users;
    }

    /// <summary>A group; null where there is none of the id, or it may not be read.</summary>
    public async Task<LicenseGroup?> FindAsync(GroupId groupId, CancellationToken cancellationToken)
    {
        try
        {
            return await _client.FindGroupAsync(groupId, cancellationToken).ConfigureAwait(false) is { } group ? await ConvertAsync(group, cancellationToken).ConfigureAwait(false) : null;
        }
        catch (CspMigrationException e) when (e.StatusCode == 403)
        {
            return null;
        }
    }

    /// <summary>Whether there is no group of the id any more; not, where it may not be read.</summary>
    public async Task<bool> IsGoneAsync(GroupId groupId, CancellationToken cancellationToken)
    {
        try
        {
            return await _client.FindGroupAsync(groupId, cancellationToken).ConfigureAwait(false) is null;
        }
        catch (CspMigrationException e) when (e.StatusCode == 403)
        {
            return false;
        }
    }

    /// <summary>The groups that assign a directory SKU, those of the last minutes perhaps not among them.</summary>
    public async Task<IReadOnlyList<LicenseGroup>> ListAsync(SkuId skuId, CancellationToken cancellationToken)
    {
        var groups = new List<LicenseGroup>();
        if (Guid.TryParse(skuId.ToString(), out var id))
        {
            await foreach (var page in _client.GroupsAsync(id, cancellationToken).ConfigureAwait(false))
            {
                foreach (var group in page)
                {
                    groups.Add(await ConvertAsync(group, cancellationToken).ConfigureAwait(false));
                }
            }
        }

        return groups;
    }

    /// <summary>The direct members who are users, as they are now: each once, also where pages repeat one because others came or went meanwhile.</summary>
    public async Task<IReadOnlyList<LicenseHolder>> ListMembersAsync(GroupId groupId, CancellationToken cancellationToken)
    {
        var members = new Dictionary<UserId, LicenseHolder>();
        await foreach (var page in _client.MembersAsync(groupId, cancellationToken).ConfigureAwait(false))
        {
            foreach (var member in await _users.ConvertAsync(page, cancellationToken).ConfigureAwait(false))
            {
                members[member.User.Id] = member;
            }
        }

        return [.. members.Values];
    }

    /// <summary>The same; null where they may not be read, or the group is gone.</summary>
    public async Task<IReadOnlyList<LicenseHolder>?> FindMembersAsync(GroupId groupId, CancellationToken cancellationToken)
    {
        try
        {
            return await ListMembersAsync(groupId, cancellationToken).ConfigureAwait(false);
        }
        catch (CspMigrationException e) when (e.StatusCode is 403 or 404)
        {
            return null;
        }
    }

    /// <summary>Exchanges licenses of a group, all at once or nothing; the members follow in the background.</summary>
    public Task ChangeAsync(GroupId groupId, IReadOnlyList<KeyValuePair<SkuId, IReadOnlyList<ServicePlanId>>> assign, IReadOnlyList<SkuId> remove, CancellationToken cancellationToken)
    {
        return _client.ChangeGroupLicensesAsync(new LicenseChange<IdKind.Group>(groupId, assign, remove), cancellationToken);
    }

    private async Task<LicenseGroup> ConvertAsync(GraphGroup group, CancellationToken cancellationToken)
    {
        var licenses = await _users.LicensesAsync(group.Licenses.Where(license => license.Key is not null).Select(license => (license.Key!.Value, license.Value)), cancellationToken).ConfigureAwait(false);
        return new LicenseGroup(group.Id, group.DisplayName ?? group.Id.ToString(), licenses, group.IsProcessing);
    }
}
