using System;
using CspMigration.PartnerCenter.Json;

namespace CspMigration.PartnerCenter.Resources;

/// <summary>A user of a customer's tenant (docs/partner-center.md §12).</summary>
internal sealed class User
{
    private User(ResourceReader json)
    {
        Id = json.RequiredId<IdKind.User>("id");
        UserPrincipalName = json.Text("userPrincipalName");
        UsageLocation = json.Text("usageLocation");
        IsDeleted = string.Equals(json.Text("state"), "inactive", StringComparison.OrdinalIgnoreCase);
    }

    private User(UserId id, string? userPrincipalName, string? usageLocation)
    {
        Id = id;
        UserPrincipalName = userPrincipalName;
        UsageLocation = usageLocation;
    }

    public UserId Id { get; }

    public string? UserPrincipalName { get; }

    /// <summary>What the user is called by: the sign-in name, else the id.</summary>
    public string Name => UserPrincipalName ?? Id.ToString();

    /// <summary>Where the user works, ISO 3166 two letters; without one the service gives no license.</summary>
    public string? UsageLocation { get; }

    public bool IsDeleted { get; }

    /// <summary>A user of whom only id and name are known; it counts as having a usage location.</summary>
    public static User Named(UserId id, string? userPrincipalName) => new(id, userPrincipalName, usageLocation: "");

    /// <summary>A user who is not deleted.</summary>
    public static User Of(UserId id, string? userPrincipalName, string? usageLocation) => new(id, userPrincipalName, usageLocation);

    public static User Read(ResourceReader json) => new(json);
}
