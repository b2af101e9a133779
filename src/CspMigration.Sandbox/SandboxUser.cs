using System.Collections.Generic;

namespace CspMigration.Sandbox;

/// <summary>A user.</summary>
/// <param name="Id">The user's id.</param>
/// <param name="UserPrincipalName">The user's name to sign in with.</param>
/// <param name="UsageLocation">Two letters, or null.</param>
/// <param name="Licenses">What the user holds.</param>
public sealed record SandboxUser(string Id, string UserPrincipalName, string? UsageLocation, IReadOnlyList<SandboxLicense> Licenses);
