using System.Collections.Generic;
using System.Linq;
using CspMigration.PartnerCenter.Json;

namespace CspMigration.Graph.Resources;

/// <summary>A user with the licenses assigned to them. Deleted users are not among them.</summary>
internal sealed class GraphUser
{
    /// <summary>What is asked for.</summary>
    public const string Properties = "id,userPrincipalName,usageLocation,accountEnabled,licenseAssignmentStates";

    private GraphUser(ResourceReader json)
    {
        Id = json.RequiredId<IdKind.User>("id");
        UserPrincipalName = json.Text("userPrincipalName");
        UsageLocation = json.Text("usageLocation");
        IsEnabled = ServiceJson.Find(json.Json, "accountEnabled") is null || json.Flag("accountEnabled");
        Assignments = [.. json.RequiredResources("licenseAssignmentStates").Select(LicenseAssignmentState.Read)];
    }

    public UserId Id { get; }

    public string? UserPrincipalName { get; }

    /// <summary>Where the user works, ISO 3166 two letters; without one no license is assigned.</summary>
    public string? UsageLocation { get; }

    /// <summary>Whether the account can sign in.</summary>
    public bool IsEnabled { get; }

    /// <summary>Every assignment; one SKU can be assigned directly and by groups.</summary>
    public IReadOnlyList<LicenseAssignmentState> Assignments { get; }

    /// <exception cref="Contracts.CspMigrationException"><c>UnexpectedAnswer</c>: the id or the licenses are missing.</exception>
    public static GraphUser Read(ResourceReader json) => new(json);
}
