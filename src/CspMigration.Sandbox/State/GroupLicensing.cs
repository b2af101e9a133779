using System;
using System.Collections.Generic;
using System.Linq;

namespace CspMigration.Sandbox.State;

/// <summary>
/// Brings users to the licenses of a group, one after another in the background, whether they are its members or have left it
/// (learn.microsoft.com/entra/identity/users/licensing-groups-resolve-problems): where one of the licenses cannot be assigned to a member, none is.
/// </summary>
internal sealed class GroupLicensing : IProcess
{
    private readonly CustomerContext _context;
    private readonly Group _group;
    private readonly IReadOnlyList<User> _users;
    private readonly TimeSpan _pace;
    private readonly bool _isOfChange;
    private int _done;

    private GroupLicensing(CustomerContext context, Group group, IReadOnlyList<User> users, bool isOfChange)
    {
        (_context, _group, _users, _isOfChange) = (context, group, users, isOfChange);

        // The last of them follows after the delay.
        _pace = TimeSpan.FromTicks(context.World.ProvisioningDelay.Ticks / Math.Max(1, users.Count));
        Next = users.Count == 0 ? null : context.Now + _pace;
    }

    public DateTimeOffset? Next { get; private set; }

    /// <summary>All members follow a change of the group's licenses.</summary>
    public static GroupLicensing OfChange(CustomerContext context, Group group) => new(context, group, [.. group.Members], isOfChange: true);

    /// <summary>One user has become a member, or is none any more.</summary>
    public static GroupLicensing OfMember(CustomerContext context, Group group, User user) => new(context, group, [user], isOfChange: false);

    /// <summary>Whether members of a group have yet to follow a change of its licenses.</summary>
    public static bool IsUnderWay(Account account, Group group) => account.Processes.OfType<GroupLicensing>().Any(process => process._isOfChange && process._group == group && process.Next != null);

    public void Step()
    {
        var due = Next!.Value;
        var user = _users[_done++];
        Next = _done < _users.Count ? due + _pace : null;

        // Who has left the group meanwhile is brought to that in their own turn.
        if (!user.IsDeleted && !(_isOfChange && !_group.Members.Contains(user)))
        {
            Apply(user, due);
        }
    }

    private void Apply(User user, DateTimeOffset now)
    {
        var assigned = _group.Members.Contains(user) ? _group.Licenses : [];
        if (assigned.Count > 0)
        {
            // The tenant's location is that of members without one.
            user.UsageLocation ??= _context.Customer.Country;
        }

        var before = user.Licenses.ToList();
        var others = before.Select(license => license.Without(_group)).OfType<License>().ToList();
        var next = assigned.Aggregate(others, (licenses, license) =>
        {
            var grant = new GroupGrant(_group, license);
            var held = licenses.Find(other => other.Sku == license.Sku);
            return [.. licenses.Where(other => other != held), held?.With(grant) ?? License.OfGroup(grant)];
        });
        var error = assigned.Any(license => !user.Holds(license.Sku.Id) && SeatPool.Of(_context.Account, license.Sku, now).Available < 1) ? "CountViolation"
            : License.Conflict(next) != null ? "MutuallyExclusiveViolation"
            : null;
        _ = user.GroupErrors.Remove(_group);
        if (error != null)
        {
            user.GroupErrors[_group] = error;
        }

        _context.Account.SetLicenses(user, error == null ? next : others);
        _context.World.Observer?.AfterLicenseUpdate(_context.Customer, _context.Account, user, before);
    }
}
