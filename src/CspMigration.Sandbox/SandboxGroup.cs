using System.Collections.Generic;

namespace CspMigration.Sandbox;

/// <summary>A group that assigns licenses to its members.</summary>
/// <param name="Id">The group's id.</param>
/// <param name="DisplayName">Its name.</param>
/// <param name="Licenses">What it assigns.</param>
/// <param name="Members">The ids of the users in it, without those of groups in it.</param>
public sealed record SandboxGroup(string Id, string DisplayName, IReadOnlyList<SandboxGroupLicense> Licenses, IReadOnlyList<string> Members);
