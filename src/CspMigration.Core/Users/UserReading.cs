using CspMigration.Contracts;

namespace CspMigration.Core.Users;

/// <summary>What the service says of one user: neither a holder nor an error is a user who was deleted.</summary>
/// <param name="Holder">What the user holds; null where they were deleted, or cannot be read.</param>
/// <param name="Error">Why they cannot be read; null where they can.</param>
internal sealed record UserReading(LicenseHolder? Holder, CspMigrationException? Error)
{
    public bool IsDeleted => Holder is null && Error is null;
}
