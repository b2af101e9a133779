using System.Collections.Generic;
using CspMigration.Sandbox.Errors;

namespace CspMigration.Sandbox.Operations.Carts;

/// <summary>
/// The codes of cart lines for errors that have another code in an order; all other codes are the same in both. Source:
/// https://learn.microsoft.com/partner-center/developer/cart-resources, and the .NET SDK for 10014 to 10019.
/// </summary>
internal static class CartErrors
{
    private const int CatalogItemIdIsNotValid = 10001;
    private const int InventoryNotAvailable = 10003;
    private const int ParticipantsIsNotSupportedForPartner = 10004;
    private const int InvalidInput = 10010;
    private const int InvalidCustomTermEndDate = 10017;

    private static readonly Dictionary<int, int> Codes = new()
    {
        [Refusals.ProductNotFound] = CatalogItemIdIsNotValid,
        [Refusals.SkuNotFound] = CatalogItemIdIsNotValid,
        [Refusals.AvailabilityNotFound] = CatalogItemIdIsNotValid,
        [Refusals.ItemNotEligible] = InventoryNotAvailable,
        [Refusals.PartnerIdNotValid] = ParticipantsIsNotSupportedForPartner,
        [Refusals.LineQuantityOutOfRange] = InvalidInput,
        [Refusals.CycleNotSupported] = InvalidInput,
        [Refusals.TermNotSupported] = InvalidInput,
        [Refusals.TermEndNotAligned] = InvalidCustomTermEndDate,
    };

    public static int? CodeOf(ServiceException refusal) => Codes.TryGetValue(refusal.Code, out var code) ? code : null;
}
