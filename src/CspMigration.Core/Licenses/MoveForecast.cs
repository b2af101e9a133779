using System.Linq;
using CspMigration.Contracts;
using CspMigration.Core.Users;

namespace CspMigration.Core.Licenses;

/// <summary>How the moves of a plan would end, as far as what is read already tells: by usage location and free seats.</summary>
internal sealed class MoveForecast
{
    private readonly string? _usageLocation;
    private readonly TargetSeats _seats;

    /// <param name="usageLocation">What users without a usage location get; null for none.</param>
    /// <param name="seats">The seats there will be.</param>
    public MoveForecast(string? usageLocation, TargetSeats seats)
    {
        _usageLocation = usageLocation;
        _seats = seats;
    }

    /// <summary>How a user's move would end; a seat it takes is not there for the next.</summary>
    public (UserMoveOutcome Outcome, string? Reason) Of(UserMove move)
    {
        if (move.Assigns && move.Holder.User.UsageLocation is null && _usageLocation is null)
        {
            return LicenseRefusal.OfNoUsageLocation();
        }

        var assigned = move.Update.Assign.Select(sku => sku.Key).ToList();
        if (!assigned.TrueForAll(_seats.HasFree))
        {
            return LicenseRefusal.OfNoFreeSeat();
        }

        assigned.ForEach(_seats.Reserve);
        return (UserMoveOutcome.Moved, null);
    }
}
