namespace CspMigration.PartnerCenter.Operations;

/// <summary>A subscription as a session has read it.</summary>
/// <param name="Id">The subscription's id.</param>
/// <param name="CustomerId">Its customer's tenant id.</param>
/// <param name="OfferName">The offer's name; null where the service gave none.</param>
/// <param name="FriendlyName">The nickname; null where it has none.</param>
public sealed record SeenSubscription(string Id, string CustomerId, string? OfferName, string? FriendlyName);
