using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;

namespace CspMigration.Core.Purchases;

/// <summary>Decides what is to be bought; sends nothing.</summary>
internal interface IPurchasePlanner
{
    /// <summary>Reads all there is to know and decides.</summary>
    /// <param name="rows">The rows of one customer.</param>
    /// <param name="options">What the user asked for.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    Task<PurchasePlanning> PlanAsync(IReadOnlyList<ExpiringSubscription> rows, PurchaseOptions options, CancellationToken cancellationToken);

    /// <summary>Decides for approved rows of one customer: exactly what they name, or nothing.</summary>
    Task<PurchasePlanning> PlanApprovedAsync(IReadOnlyList<PlannedRow> rows, CancellationToken cancellationToken);

    /// <summary>Decides a purchase without a source.</summary>
    /// <param name="customerId">The customer.</param>
    /// <param name="options">Target and quantity are needed.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="CspMigrationException">A check failed.</exception>
    Task<PurchasePlan> PlanWithoutSourceAsync(CustomerId customerId, PurchaseOptions options, CancellationToken cancellationToken);

    /// <summary>Reads once more what a plan depends on and decides again, for the same sources and in the same way.</summary>
    Task<PurchasePlanning> PlanAgainAsync(PurchasePlan plan, CancellationToken cancellationToken);

    /// <summary>The same with other options, because what was planned cannot be done.</summary>
    Task<PurchasePlanning> ReplanAsync(PurchasePlan plan, PurchaseOptions options, CancellationToken cancellationToken);

    /// <summary>A refusal of the service, which knows nothing of the map, with the other targets that the map has.</summary>
    CspMigrationException NameOthers(Purchase purchase, CspMigrationException e);
}
