using System.Collections.Generic;
using CspMigration.Sandbox.Errors;

namespace CspMigration.Sandbox.Operations.Carts;

/// <summary>
/// The codes a line of a cart has for what an order is refused for (public docs, CartErrorCode; the .NET SDK has 10014 to 10019
/// too). A code that is not here is the same in both.
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
        [Refuse.ProductNotFound] = CatalogItemIdIsNotValid,
        [Refuse.SkuNotFound] = CatalogItemIdIsNotValid,
        [Refuse.AvailabilityNotFound] = CatalogItemIdIsNotValid,
        [Refuse.ItemNotEligible] = InventoryNotAvailable,
        [Refuse.PartnerIdNotValid] = ParticipantsIsNotSupportedForPartner,
        [Refuse.LineQuantityOutOfRange] = InvalidInput,
        [Refuse.CycleNotSupported] = InvalidInput,
        [Refuse.TermNotSupported] = InvalidInput,
        [Refuse.TermEndNotAligned] = InvalidCustomTermEndDate,
    };

    public static int? CodeOf(ServiceException refusal) => Codes.TryGetValue(refusal.Code, out var code) ? code : null;
}
