using System;
using CspMigration.Contracts;
using CspMigration.Core.Errors;

namespace CspMigration.Core.Migration.Planning;

/// <summary>How many seats an offer is sold with (design rule 6).</summary>
internal static class QuantityLimits
{
    /// <summary>Checks before anything is bought.</summary>
    /// <exception cref="CspMigrationException"><c>QuantityOutOfRange</c>.</exception>
    public static void Check(TargetOffer offer, SkuTarget? target, int quantity)
    {
        var minimum = Math.Max(offer.MinimumQuantity, target?.MinimumQuantity ?? 1);
        var maximum = offer.MaximumQuantity ?? int.MaxValue;
        if (quantity < minimum || quantity > maximum)
        {
            var limits = offer.MaximumQuantity is null ? $"from {minimum} seats" : $"with {minimum} to {maximum} seats";
            throw ErrorCatalog.QuantityOutOfRange.Exception($"{offer.Name} is sold {limits}; {quantity} would be bought.");
        }
    }
}
