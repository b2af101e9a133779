namespace CspMigration.Sandbox.State;

/// <summary>Why a subscription cannot transition to another product; the numbers are those of the service.</summary>
internal enum TransitionError
{
    NotActive = 2,
    ConflictingServiceTypes = 3,
    ConcurrencyConflicts = 4,
    NotProvisioned = 9,
    UserLicenseError = 12,
}
