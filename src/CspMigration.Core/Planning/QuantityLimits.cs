using System;
using CspMigration.Contracts;
using CspMigration.Core.Errors;
using CspMigration.Core.Purchases;
using CspMigration.Core.Wording;
using CspMigration.PartnerCenter.Errors;

namespace CspMigration.Core.Planning;

/// <summary>How many seats, or units of an add-on, an offer is sold with (docs/rules.md, rule 6).</summary>
internal static class QuantityLimits
{
    /// <summary>Checks an add-on before anything is bought.</summary>
    /// <param name="offer">The add-on.</param>
    /// <param name="choice">The add-on as it was asked for.</param>
    /// <param name="quantity">Its units.</param>
    /// <param name="line">The command that buys another number.</param>
    /// <exception cref="CspMigrationException"><c>QuantityOutOfRange</c>, with the number that would do.</exception>
    public static void Check(TargetOffer offer, AddOnChoice choice, int quantity, PurchaseCommandRemedies line)
    {
        if (quantity < offer.MinimumQuantity || quantity > offer.MaximumQuantity)
        {
            var limits = offer.MaximumQuantity is { } maximum ? $"with {offer.MinimumQuantity} to {maximum} units" : $"from {Enumeration.Count(offer.MinimumQuantity, "unit")}";
            var isTooFew = quantity < offer.MinimumQuantity;
            throw PartnerCenterErrors.QuantityOutOfRange.Exception(
                $"The add-on {offer.Name} is sold {limits}; {quantity} would be bought.",
                remedy: isTooFew ? Remedies.BuyFewest(line.With(choice, offer.MinimumQuantity)) : Remedies.BuyMost(line.With(choice, offer.MaximumQuantity!.Value)));
        }
    }

    /// <summary>Checks before anything is bought.</summary>
    /// <param name="offer">The offer.</param>
    /// <param name="target">The target it is of; null where no map has it.</param>
    /// <param name="quantity">The subscription's seats after the purchase.</param>
    /// <param name="line">The command that buys another number.</param>
    /// <param name="present">Those of the seats that are there already.</param>
    /// <exception cref="CspMigrationException"><c>QuantityOutOfRange</c>, with the number that would do.</exception>
    public static void Check(TargetOffer offer, SkuTarget? target, int quantity, PurchaseCommandRemedies line, int present = 0)
    {
        var minimum = Math.Max(offer.MinimumQuantity, target?.MinimumQuantity ?? 1);
        var maximum = offer.MaximumQuantity ?? int.MaxValue;
        if (quantity < minimum || quantity > maximum)
        {
            var limits = offer.MaximumQuantity is null ? $"from {Enumeration.Count(minimum, "seat")}" : $"with {minimum} to {maximum} seats";
            var possible = (quantity < minimum ? minimum : maximum) - present;
            throw PartnerCenterErrors.QuantityOutOfRange.Exception(
                $"{offer.Name} is sold {limits}; {quantity} would be bought.",
                remedy: possible <= 0 ? null : quantity < minimum ? Remedies.BuyFewest(line.With(possible)) : Remedies.BuyMost(line.With(possible)));
        }
    }
}
