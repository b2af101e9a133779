namespace CspMigration.Sandbox.Catalog;

/// <summary>One service inside a directory SKU, which can be switched off for a user.</summary>
internal sealed class ServicePlan
{
    public ServicePlan(string id, string name, string displayName, string targetType, string? exclusiveGroup)
    {
        Id = id;
        Name = name;
        DisplayName = displayName;
        TargetType = targetType;
        ExclusiveGroup = exclusiveGroup;
    }

    public string Id { get; }

    /// <summary>The service name, which two plans with different ids may share.</summary>
    public string Name { get; }

    public string DisplayName { get; }

    public string TargetType { get; }

    /// <summary>A user can have only one plan of each group switched on; null if the plan excludes no other.</summary>
    public string? ExclusiveGroup { get; }
}
