using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Core.PartnerCenter.Resources;
using CspMigration.Core.Sessions;
using CspMigration.Core.Threading;

namespace CspMigration.Core.Migration.Licenses;

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

    /// <summary>Reads users until all holders are found.</summary>
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

        return [.. read.OrderBy(holder => holder.User.UserPrincipalName, StringComparer.OrdinalIgnoreCase)];

        async Task ReadAsync(User user, CancellationToken token)
        {
            // Who was deleted since the page was read holds nothing.
            var licenses = await _operation.Client.Users.FindLicensesAsync(customerId, user.Id, token).ConfigureAwait(false) ?? [];
            var holder = new LicenseHolder(user, _patterns.Share(licenses));
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
}
