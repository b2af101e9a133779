using CspMigration.Core.Migration.Licenses;
using CspMigration.Core.Migration.Purchasing;
using CspMigration.Core.Migration.Suspension;
using CspMigration.Core.Sessions;

namespace CspMigration.Core.Migration.WholeRun;

/// <summary>The steps that a run makes for each customer, one after the other.</summary>
/// <param name="Operation">What they share.</param>
/// <param name="Purchases">Buys.</param>
/// <param name="LicenseMoves">Moves licenses.</param>
/// <param name="Suspensions">Ends the sources.</param>
internal sealed record RunSteps(MigrationOperation Operation, PurchaseStep Purchases, LicenseMoveStep LicenseMoves, SuspensionStep Suspensions);
