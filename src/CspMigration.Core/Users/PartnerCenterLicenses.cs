using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Sessions;
using CspMigration.Core.Threading;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Users;

/// <summary>
/// Licenses through Partner Center, which lists them only user by user: users are read until as many holders are found as the tenant's units
/// say there are, and the rest are not read.
/// </summary>
internal sealed class PartnerCenterLicenses : ILicenseService
{
    private readonly MigrationOperation _operation;
    private readonly CustomerId _customerId;
    private readonly LicensePatterns _patterns = new();

    public PartnerCenterLicenses(MigrationOperation operation, CustomerId customerId)
    {
        _operation = operation;
        _customerId = customerId;
    }

    public LicenseApi Api => LicenseApi.PartnerCenter;

    public int BatchSize => 1;

    public TimeSpan Fresh => LicenseHolder.Fresh;

    // Partner Center knows no groups.
    public GroupLicenses? Groups => null;

    public Task<IReadOnlyList<SubscribedSku>> ListSkusAsync(CancellationToken cancellationToken) => _operation.Client.Users.ListSubscribedSkusAsync(_customerId, cancellationToken);

    public async Task<HolderReading> FindHoldersAsync(IReadOnlyDictionary<SkuId, int> expected, int callsAtOnce, ProgressCount count, CancellationToken cancellationToken)
    {
        var missing = expected.ToDictionary(sku => sku.Key, sku => sku.Value);
        var read = new ConcurrentBag<LicenseHolder>();
        var unread = new ConcurrentBag<User>();

        // Pages may repeat a user where others came or went meanwhile: counted twice, one would stand for a holder who is yet to come.
        var seen = new ConcurrentDictionary<UserId, bool>();
        var tally = new RefusalTally();
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            var pages = _operation.Client.Users.PagesAsync(_customerId, enough.Token);
            await Concurrently.ForEachAsync(pages, callsAtOnce, (user, token) => user.IsDeleted || !seen.TryAdd(user.Id, true) ? Task.CompletedTask : ReadAsync(user, token), enough.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // All holders are found; the readings still under way were ended.
        }

        return new HolderReading(read, unread);

        async Task ReadAsync(User user, CancellationToken token)
        {
            LicenseHolder holder;
            try
            {
                // Who was deleted since the page was read holds nothing.
                var licenses = await _operation.Client.Users.FindLicensesAsync(_customerId, user.Id, token).ConfigureAwait(false) ?? [];
                tally.Succeed();
                holder = new LicenseHolder(user, _patterns.Share(licenses), _operation.Time.GetTimestamp());
            }
            catch (CspMigrationException e) when (RefusalTally.IsOfUser(e) && !tally.IsOfCustomer())
            {
                unread.Add(user);
                _operation.Observer.Verbose($"The licenses of {user.Name} could not be read: {e.Problem}");
                return;
            }

            read.Add(holder);
            count.Advance();
            if (IsLast(holder))
            {
#pragma warning disable CA1849 // CancelAsync is not in netstandard2.0.
                enough.Cancel();
#pragma warning restore CA1849
            }
        }

        bool IsLast(LicenseHolder holder)
        {
            lock (missing)
            {
                foreach (var skuId in missing.Keys.ToList())
                {
                    missing[skuId] -= holder.Holds(skuId) ? 1 : 0;
                }

                return missing.Values.All(count => count <= 0);
            }
        }
    }

    public async Task<IReadOnlyList<UserReading>> ReadAsync(IReadOnlyList<User> users, CancellationToken cancellationToken)
    {
        var readings = new List<UserReading>(users.Count);
        foreach (var user in users)
        {
            try
            {
                var licenses = await _operation.Client.Users.FindLicensesAsync(_customerId, user.Id, cancellationToken).ConfigureAwait(false);
                readings.Add(new UserReading(licenses is null ? null : new LicenseHolder(user, licenses, _operation.Time.GetTimestamp()), Error: null));
            }
            catch (CspMigrationException e) when (RefusalTally.IsOfUser(e))
            {
                readings.Add(new UserReading(Holder: null, e));
            }
        }

        return readings;
    }

    public Task SetUsageLocationAsync(User user, string location, CancellationToken cancellationToken)
    {
        return _operation.Client.Users.SetUsageLocationAsync(_customerId, user.Id, location, cancellationToken);
    }

    public async Task<IReadOnlyList<CspMigrationException?>> UpdateAsync(IReadOnlyList<LicenseUpdate> updates, IReadOnlyList<Guid> requestIds, CancellationToken cancellationToken)
    {
        var errors = new CspMigrationException?[updates.Count];
        for (var index = 0; index < updates.Count; index++)
        {
            var update = updates[index];
            try
            {
                await _operation.Client.Users.UpdateLicensesAsync(_customerId, update.Holder.User.Id, update.Assign, update.Remove, requestIds[index], cancellationToken).ConfigureAwait(false);
            }
            catch (CspMigrationException e)
            {
                errors[index] = e;
            }
        }

        return errors;
    }
}
