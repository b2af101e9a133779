using CspMigration.Contracts;
using CspMigration.Core.Errors;
using CspMigration.Core.Wording;

namespace CspMigration.Core.Purchases;

/// <summary>An add-on as decided: what is bought with a base, how many units, and why so many.</summary>
internal sealed record AddOnPurchase(Sale Sale, int Quantity, AddOnQuantityBasis Basis)
{
    public TargetOffer Offer => Sale.Offer;

    public string Name => Offer.Name ?? Offer.Id;

    /// <summary>For a prompt: how many of what, and why.</summary>
    /// <param name="seats">The base's seats.</param>
    public string Describe(int seats) => $"{Enumeration.Count(Quantity, "unit")} of {Name}{Reason(seats)}";

    private string Reason(int seats)
    {
        return Basis switch
        {
            AddOnQuantityBasis.Begun => " (as an earlier run began it)",
            AddOnQuantityBasis.Seats => " (one for each seat)",
            AddOnQuantityBasis.Tenant => " (the fewest: it is licensed for the whole tenant)",
            AddOnQuantityBasis.Unknown =>
                $" (the fewest: whether each user needs one is unknown; {UserCommands.WithAddOn(new AddOnChoice(Name, seats > Quantity ? seats : Quantity + 1).ToString())} buys more)",
            _ => "",
        };
    }
}
