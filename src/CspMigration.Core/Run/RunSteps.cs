using CspMigration.Core.Licenses;
using CspMigration.Core.Purchasing;
using CspMigration.Core.Sessions;
using CspMigration.Core.Suspension;

namespace CspMigration.Core.Run;

/// <summary>The steps that a run makes for each customer, one after the other.</summary>
/// <param name="Operation">What they share.</param>
/// <param name="Purchases">Buys.</param>
/// <param name="LicenseMoves">Moves licenses.</param>
/// <param name="Suspensions">Ends the sources.</param>
internal sealed record RunSteps(MigrationOperation Operation, PurchaseStep Purchases, LicenseMoveStep LicenseMoves, SuspensionStep Suspensions);
