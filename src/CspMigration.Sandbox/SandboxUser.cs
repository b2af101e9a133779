using System.Collections.Generic;

namespace CspMigration.Sandbox;

/// <summary>A user.</summary>
/// <param name="Id">The user's id.</param>
/// <param name="UserPrincipalName">The sign-in name.</param>
/// <param name="UsageLocation">Two letters, or null.</param>
/// <param name="Licenses">The user's licenses.</param>
public sealed record SandboxUser(string Id, string UserPrincipalName, string? UsageLocation, IReadOnlyList<SandboxLicense> Licenses);
