namespace CspMigration.Core.Users;

/// <summary>One assignment of a directory SKU to a user.</summary>
/// <param name="SkuId">The directory SKU.</param>
/// <param name="GroupId">The group that assigns it; null for a direct assignment.</param>
/// <param name="IsHeld">Whether the user has the license from it.</param>
/// <param name="IsInService">Whether it gives the user what the license has.</param>
/// <param name="Error">Why it could not be assigned, or taken away, as the service's word; null where nothing failed.</param>
internal sealed record LicenseAssignment(SkuId SkuId, GroupId? GroupId, bool IsHeld, bool IsInService, string? Error);
