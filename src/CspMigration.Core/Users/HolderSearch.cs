using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Sessions;
using CspMigration.Core.Threading;
using CspMigration.Core.Wording;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Users;

/// <summary>
/// Finds the users who hold certain directory SKUs. The service lists licences only user by user: they are read until
/// as many holders are found as the tenant's units say there are, and the rest are not read.
/// </summary>
internal sealed class HolderSearch
{
    private readonly MigrationOperation _operation;
    private readonly int _usersAtOnce;
    private readonly ProgressCount _count;
    private readonly LicensePatterns _patterns = new();
    private readonly ConcurrentBag<User> _unread = [];
    private readonly RefusalTally _tally = new();

    /// <param name="operation">Whose reading it is.</param>
    /// <param name="usersAtOnce">How many users are read at once.</param>
    /// <param name="count">Counts them together with what other searches read; null to count them on their own.</param>
    public HolderSearch(MigrationOperation operation, int usersAtOnce, ProgressCount? count = null)
    {
        _operation = operation;
        _usersAtOnce = usersAtOnce;
        _count = count ?? CountOf(operation);
    }

    /// <summary>A count for several searches.</summary>
    public static ProgressCount CountOf(MigrationOperation operation) => new(operation.Observer, "Reading licences");

    /// <summary>Users whose licenses the service does not show, so that nobody knows whether they are holders.</summary>
    public IReadOnlyCollection<User> Unread => _unread;

    /// <summary>Reads users until all holders are found. One user who cannot be read does not stop the others.</summary>
    /// <param name="customerId">The customer.</param>
    /// <param name="expected">How many users hold each directory SKU, as the tenant's units say.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>Every user who was read, in the order of their sign-in names.</returns>
    public async Task<IReadOnlyList<LicenseHolder>> FindAsync(
        string customerId, IReadOnlyDictionary<string, int> expected, CancellationToken cancellationToken)
    {
        var missing = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (var count in expected.Where(count => count.Value > 0))
        {
            missing[count.Key] = count.Value;
        }

        var read = new ConcurrentBag<LicenseHolder>();
        if (missing.Count == 0)
        {
            return [];
        }

        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            var pages = _operation.Client.Users.PagesAsync(customerId, enough.Token);
            await Concurrently.ForEachAsync(pages, _usersAtOnce, (user, token) => user.IsDeleted ? Task.CompletedTask : ReadAsync(user, token), enough.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // All holders are found; the readings still under way were ended.
        }

        if (!_unread.IsEmpty)
        {
            var names = Enumeration.OfSome(_unread.Select(user => user.UserPrincipalName ?? user.Id).OrderBy(name => name, StringComparer.OrdinalIgnoreCase));
            _operation.Observer.Warning($"The service does not show the licenses of {Enumeration.Count(_unread.Count, "user")}, who {(_unread.Count == 1 ? "stays" : "stay")} as is: {names}.");
        }

        return [.. read.OrderBy(holder => holder.User.UserPrincipalName, StringComparer.OrdinalIgnoreCase)];

        async Task ReadAsync(User user, CancellationToken token)
        {
            if (await ReadLicensesAsync(customerId, user, token).ConfigureAwait(false) is not { } licenses)
            {
                return;
            }

            var holder = new LicenseHolder(user, _patterns.Share(licenses), _operation.Time.GetTimestamp());
            read.Add(holder);
            _count.Advance();
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

    // Who was deleted since the page was read holds nothing; null for who cannot be read.
    private async Task<IReadOnlyList<UserLicense>?> ReadLicensesAsync(string customerId, User user, CancellationToken cancellationToken)
    {
        try
        {
            var licenses = await _operation.Client.Users.FindLicensesAsync(customerId, user.Id, cancellationToken).ConfigureAwait(false) ?? [];
            _tally.Succeed();
            return licenses;
        }
        catch (CspMigrationException e) when (RefusalTally.IsOfUser(e) && !_tally.IsOfCustomer())
        {
            _unread.Add(user);
            _operation.Observer.Verbose($"The licenses of {user.UserPrincipalName ?? user.Id} could not be read: {e.Problem}");
            return null;
        }
    }
}
