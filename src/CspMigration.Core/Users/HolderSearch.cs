using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Core.Sessions;
using CspMigration.Core.Wording;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Users;

/// <summary>
/// Finds the users who hold certain directory SKUs, through whichever service the customer's licenses are read.
/// </summary>
internal sealed class HolderSearch
{
    private readonly MigrationOperation _operation;
    private readonly int _callsAtOnce;
    private readonly ProgressCount _count;

    /// <param name="operation">Whose reading it is.</param>
    /// <param name="callsAtOnce">How many calls are made at once.</param>
    /// <param name="count">Counts them together with what other searches read; null to count them on their own.</param>
    public HolderSearch(MigrationOperation operation, int callsAtOnce, ProgressCount? count = null)
    {
        _operation = operation;
        _callsAtOnce = callsAtOnce;
        _count = count ?? CountOf(operation);
    }

    /// <summary>A count for several searches.</summary>
    public static ProgressCount CountOf(MigrationOperation operation) => new(operation.Observer, ProgressCount.ReadingLicenses);

    /// <summary>Users whose licenses the service does not show, so that it is unknown whether they are holders.</summary>
    public IReadOnlyCollection<User> Unread { get; private set; } = [];

    /// <summary>Reads users until all holders are found. One user who cannot be read does not stop the others.</summary>
    /// <param name="customerId">The customer.</param>
    /// <param name="expected">How many users hold each directory SKU, as the tenant's units say.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>Every user who was read, in the order of their sign-in names.</returns>
    public async Task<IReadOnlyList<LicenseHolder>> FindAsync(
        CustomerId customerId, IReadOnlyDictionary<SkuId, int> expected, CancellationToken cancellationToken)
    {
        var wanted = expected.Where(count => count.Value > 0).ToDictionary(count => count.Key, count => count.Value);
        if (wanted.Count == 0)
        {
            return [];
        }

        var service = await LicenseServices.OfAsync(_operation, customerId, cancellationToken).ConfigureAwait(false);
        var found = await service.FindHoldersAsync(wanted, _callsAtOnce, _count, cancellationToken).ConfigureAwait(false);
        Unread = found.Unread;
        if (Unread.Count > 0)
        {
            var names = Enumeration.OfSome(Unread.Select(user => user.Name).OrderBy(name => name, StringComparer.OrdinalIgnoreCase));
            _operation.Observer.Warning($"The service does not show the licenses of {Enumeration.Count(Unread.Count, "user")}, who {(Unread.Count == 1 ? "stays" : "stay")} as is: {names}.");
        }

        return [.. found.Users.OrderBy(holder => holder.User.UserPrincipalName, StringComparer.OrdinalIgnoreCase)];
    }
}
