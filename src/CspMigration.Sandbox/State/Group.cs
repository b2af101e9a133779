using System.Collections.Generic;

namespace CspMigration.Sandbox.State;

/// <summary>A group whose direct members get its licenses. Groups in it are members too, but theirs are not.</summary>
internal sealed class Group
{
    public string Id { get; init; } = "";

    public string DisplayName { get; init; } = "";

    /// <summary>What it is to assign; members follow in the background.</summary>
    public IReadOnlyList<GroupLicense> Licenses { get; set; } = [];

    public List<User> Members { get; } = [];

    public List<Group> NestedGroups { get; } = [];
}
