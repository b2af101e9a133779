using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Catalog;

namespace CspMigration.Sandbox.State;

/// <summary>Moves licenses when the service changes a subscription to another product.</summary>
internal static class LicenseReassignment
{
    /// <summary>False if it is unclear which license belongs to which subscription; administrators then move them by hand.</summary>
    public static bool IsPossible(Account account, Subscription subscription, DirectorySku target) =>
        !account.Subscriptions.Any(other => other != subscription && other.IsLive && other.Sku == subscription.Sku)
        && !account.OtherChannelUnits.Any(units => units.Sku == subscription.Sku || units.Sku == target);

    /// <summary>Moves all licenses except those inherited from a group, those with conflicting plans, and those without a free seat.</summary>
    /// <returns>The users whose licenses were not moved.</returns>
    public static IReadOnlyList<User> Move(Account account, DirectorySku source, DirectorySku target, int seats)
    {
        var left = new List<User>();
        foreach (var user in account.Users.Where(user => user.Holds(source.Id)))
        {
            var next = user.Licenses.Where(license => license.Sku != source && license.Sku != target).Append(user.License(target.Id) ?? License.Direct(target, [])).ToList();
            var hasSeat = user.Holds(target.Id) || account.Consumed(target) < seats;
            if (user.License(source.Id)!.InheritedFromGroup || !hasSeat || License.Conflict(next) != null)
            {
                left.Add(user);
                continue;
            }

            account.SetLicenses(user, next);
        }

        return left;
    }
}
