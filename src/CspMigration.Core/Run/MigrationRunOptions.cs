using CspMigration.Contracts;
using CspMigration.Core.Purchases;
using CspMigration.Core.Suspension;
using CspMigration.Core.Users;

namespace CspMigration.Core.Run;

/// <summary>How a whole run is to be made.</summary>
public sealed class MigrationRunOptions
{
    /// <summary>What the purchases are to be like.</summary>
    public PurchaseOptions Purchases { get; set; } = new();

    /// <summary>How licenses are moved.</summary>
    public LicenseMoveOptions LicenseMoves { get; set; } = new();

    /// <summary>How the sources are ended.</summary>
    public SuspensionOptions Suspensions { get; set; } = new();

    /// <summary>The last step to make; null for all.</summary>
    public MigrationStage? StopAfter { get; set; }

    /// <summary>How many customers are worked on at once.</summary>
    public int CustomersAtOnce { get; set; } = 32;

    /// <summary>How many purchases the run may make at most, reactivations, enlargements and conversions among them; null for any number.</summary>
    public int? MaximumPurchases { get; set; }

    /// <summary>How many seats the run may buy at most; null for any number.</summary>
    public int? MaximumSeats { get; set; }
}
