namespace CspMigration.Sandbox.State;

/// <summary>Why a subscription cannot become another product; the numbers are the service's.</summary>
internal enum TransitionError
{
    NotActive = 2,
    ConflictingServiceTypes = 3,
    ConcurrencyConflicts = 4,
    NotProvisioned = 9,
    UserLicenseError = 12,
}
