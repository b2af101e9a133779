using System.Threading;
using CspMigration.Contracts;
using CspMigration.PartnerCenter.Errors;

namespace CspMigration.Core.Users;

/// <summary>
/// Tells the refusal of one user from that of a whole customer: a user can be out of our reach, an administrator for example, while
/// the others are not. Only where the first few are refused and none has succeeded does it speak of the customer.
/// </summary>
internal sealed class RefusalTally
{
    private const int Most = 5;

    private int _refused;
    private int _succeeded;

    /// <summary>Whether an answer refuses what was asked for one user, so that it may be of this user alone.</summary>
    public static bool IsOfUser(CspMigrationException e)
    {
        return !e.OutcomeUnknown && e.StatusCode is >= 400 and < 500 and not (401 or 429) && e.ErrorId != PartnerCenterErrors.AppOnlyToken.Id;
    }

    /// <summary>Notes that something was done for a user.</summary>
    public void Succeed() => Interlocked.Increment(ref _succeeded);

    /// <summary>Notes a refusal.</summary>
    /// <returns>Whether it is the customer's.</returns>
    public bool IsOfCustomer() => Interlocked.Increment(ref _refused) >= Most && Volatile.Read(ref _succeeded) == 0;
}
