using System;

namespace CspMigration.Core.Planning;

/// <summary>How many seats are to be had, and for how many users.</summary>
internal sealed class SeatNeed
{
    private readonly bool _isRightSized;

    public SeatNeed(int quantity, int users, string explanation, bool isRightSized = false, int carried = 0)
    {
        Quantity = quantity;
        Users = users;
        Carried = carried;
        Explanation = explanation;
        _isRightSized = isRightSized;
    }

    public int Quantity { get; }

    /// <summary>Users whose license is to be moved.</summary>
    public int Users { get; }

    /// <summary>How many of them have a free seat that was bought for another source of the same SKU before.</summary>
    public int Carried { get; }

    /// <summary>Whether fewer were asked for than users are to be moved: those without a seat stay.</summary>
    public bool IsTooFew { get; init; }

    public string Explanation { get; }

    /// <summary>No fewer than the offer is sold with, where the number follows the users.</summary>
    public SeatNeed AtLeast(int minimum) => _isRightSized ? new SeatNeed(Math.Max(Quantity, minimum), Users, Explanation, isRightSized: true, Carried) : this;
}
