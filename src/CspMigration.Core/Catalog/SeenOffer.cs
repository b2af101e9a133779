namespace CspMigration.Core.Catalog;

/// <summary>A catalog item as a session has read it.</summary>
/// <param name="Id">The offer id, or <c>product:sku</c>.</param>
/// <param name="Name">Its name; null where the service gave none.</param>
/// <param name="IsAddOn">Whether it is bought with a base only.</param>
public sealed record SeenOffer(string Id, string? Name, bool IsAddOn);
