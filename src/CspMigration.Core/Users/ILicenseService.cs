using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Sessions;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Users;

/// <summary>How the licenses of one customer's users are read and changed; no step knows through which service.</summary>
internal interface ILicenseService
{
    /// <summary>Through which service.</summary>
    LicenseApi Api { get; }

    /// <summary>How many users one call reads or changes.</summary>
    int BatchSize { get; }

    /// <summary>For so long what a user holds is taken to stay as it was read.</summary>
    TimeSpan Fresh { get; }

    /// <summary>The groups that assign licenses; null where the service knows no groups.</summary>
    GroupLicenses? Groups { get; }

    /// <summary>The units of every directory SKU.</summary>
    Task<IReadOnlyList<SubscribedSku>> ListSkusAsync(CancellationToken cancellationToken);

    /// <summary>Finds the users who hold certain directory SKUs; others may be among them.</summary>
    /// <param name="expected">How many users hold each directory SKU, as the tenant's units say.</param>
    /// <param name="callsAtOnce">How many calls are made at once.</param>
    /// <param name="count">Counts the users read.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    Task<HolderReading> FindHoldersAsync(IReadOnlyDictionary<SkuId, int> expected, int callsAtOnce, ProgressCount count, CancellationToken cancellationToken);

    /// <summary>Reads up to <see cref="BatchSize"/> users, as they are now.</summary>
    /// <returns>In their order, what each holds.</returns>
    /// <exception cref="CspMigrationException">Not the refusal of one user.</exception>
    Task<IReadOnlyList<UserReading>> ReadAsync(IReadOnlyList<User> users, CancellationToken cancellationToken);

    /// <summary>Gives a user a usage location, without which the service gives no license.</summary>
    Task SetUsageLocationAsync(User user, string location, CancellationToken cancellationToken);

    /// <summary>Changes up to <see cref="BatchSize"/> users, each at once or not at all. What is not known to have been done is not repeated.</summary>
    /// <param name="updates">The changes.</param>
    /// <param name="requestIds">The idempotency key of each, where the service has them.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>In their order, why each was not done, or why that is not known; null for one that was done.</returns>
    Task<IReadOnlyList<CspMigrationException?>> UpdateAsync(IReadOnlyList<LicenseUpdate> updates, IReadOnlyList<Guid> requestIds, CancellationToken cancellationToken);
}
