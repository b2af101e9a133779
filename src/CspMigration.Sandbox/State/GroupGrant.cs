namespace CspMigration.Sandbox.State;

/// <summary>A license that a group assigns to a member.</summary>
/// <param name="Group">The group.</param>
/// <param name="License">What it assigns.</param>
internal sealed record GroupGrant(Group Group, GroupLicense License);
