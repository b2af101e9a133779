using System;
using System.Linq;

namespace CspMigration.Sandbox.State;

/// <summary>
/// Brings the members of a group to its licenses, in the background (learn.microsoft.com/entra/identity/users/licensing-groups-resolve-problems):
/// where one of them cannot be assigned to a member, none is.
/// </summary>
internal sealed class GroupLicensing : IProcess
{
    private readonly Customer _customer;
    private readonly Account _account;
    private readonly Group _group;
    private readonly IWorldObserver? _observer;

    public GroupLicensing(Customer customer, Account account, Group group, IWorldObserver? observer, DateTimeOffset due)
    {
        _customer = customer;
        _account = account;
        _group = group;
        _observer = observer;
        Next = due;
    }

    public DateTimeOffset? Next { get; private set; }

    /// <summary>Whether members of a group have yet to follow a change of it.</summary>
    public static bool IsUnderWay(Account account, Group group) => account.Processes.OfType<GroupLicensing>().Any(process => process._group == group && process.Next != null);

    public void Step()
    {
        var due = Next!.Value;
        Next = null;
        foreach (var member in _group.Members.Where(member => !member.IsDeleted))
        {
            // The tenant's location is that of members without one.
            member.UsageLocation ??= _customer.Country;
            Apply(member, due);
        }
    }

    private void Apply(User member, DateTimeOffset now)
    {
        var before = member.Licenses.ToList();
        var others = before.Select(license => license.Without(_group)).OfType<License>().ToList();
        var next = _group.Licenses.Aggregate(others, (licenses, license) =>
        {
            var grant = new GroupGrant(_group, license);
            var held = licenses.Find(other => other.Sku == license.Sku);
            return [.. licenses.Where(other => other != held), held?.With(grant) ?? License.OfGroup(grant)];
        });
        var error = _group.Licenses.Any(license => !member.Holds(license.Sku.Id) && SeatPool.Of(_account, license.Sku, now).Available < 1) ? "CountViolation"
            : License.Conflict(next) != null ? "MutuallyExclusiveViolation"
            : null;
        _ = member.GroupErrors.Remove(_group);
        if (error != null)
        {
            member.GroupErrors[_group] = error;
        }

        _account.SetLicenses(member, error == null ? next : others);
        _observer?.AfterLicenseUpdate(_customer, _account, member, before);
    }
}
