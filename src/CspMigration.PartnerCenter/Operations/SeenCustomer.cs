namespace CspMigration.PartnerCenter.Operations;

/// <summary>A customer as a session has read it.</summary>
/// <param name="Id">The tenant id.</param>
/// <param name="Name">The company name; null where the service gave none.</param>
/// <param name="Domain">The domain; null where the service gave none.</param>
public sealed record SeenCustomer(string Id, string? Name, string? Domain);
