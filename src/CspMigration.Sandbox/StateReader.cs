using System.Linq;
using CspMigration.Sandbox.State;
using CspMigration.Sandbox.Wire;

namespace CspMigration.Sandbox;

/// <summary>Creates the state of the sandbox from its world.</summary>
internal static class StateReader
{
    public static SandboxState Read(World world)
    {
        world.CatchUp(world.Clock.Now);
        return new(world.Customers.All.Select(customer => Read(customer, world)).ToList(), world.Observer?.Violations);
    }

    private static SandboxCustomer Read(Customer customer, World world)
    {
        lock (customer.Gate)
        {
            var account = customer.Peek(world.Clock.Now);
            return new SandboxCustomer(
                customer.Id,
                customer.CompanyName,
                customer.Country,
                customer.Relationship,
                account.Subscriptions.Select(subscription => Read(account, subscription)).ToList(),
                account.Users.Select(Read).ToList(),
                account.Orders.Select(Read).ToList(),
                account.Groups.Select(Read).ToList());
        }
    }

    private static SandboxSubscription Read(Account account, Subscription subscription) => new(
        subscription.Id,
        subscription.OfferId,
        subscription.OfferName,
        subscription.FriendlyName,
        subscription.Sku.Id,
        subscription.Quantity,
        SubscriptionResource.Status(subscription.Status),
        subscription.AutoRenew,
        Json.Moment(subscription.CommitmentEndDate),
        subscription.ParentId,
        subscription.Commerce == Commerce.New ? subscription.OfferId.Split(':')[0] : null,
        subscription.Term,
        EndOfTerm(account, subscription),
        subscription.Scheduled is { } scheduled ? [Read(scheduled)] : []);

    private static SandboxScheduledAction Read(ScheduledAction scheduled) => new(
        scheduled.Type.ToString(),
        scheduled.NextTerm?.CatalogItemId,
        scheduled.NextTerm?.Term.Duration,
        scheduled.NextTerm?.Quantity);

    private static string EndOfTerm(Account account, Subscription subscription)
    {
        if (subscription.NextTerm is { } next)
        {
            return subscription.OfferId.StartsWith(next.Product.Name + ":", System.StringComparison.OrdinalIgnoreCase) ? "Renews" : "RenewsIntoAnother";
        }

        return Lifecycle.IsExtendedAtEnd(account, subscription) ? "Extends" : subscription is { IsLive: true, AutoRenew: true } ? "Renews" : "Ends";
    }

    private static SandboxUser Read(User user) => new(
        user.Id,
        user.UserPrincipalName,
        user.UsageLocation,
        user.Licenses.Select(license => new SandboxLicense(license.Sku.Id, license.DisabledPlans, license.InheritedFromGroup, license.Grants.Select(grant => grant.Group.Id).ToList())).ToList());

    private static SandboxGroup Read(Group group) => new(
        group.Id,
        group.DisplayName,
        group.Licenses.Select(license => new SandboxGroupLicense(license.Sku.Id, license.DisabledPlans)).ToList(),
        group.Members.Select(member => member.Id).ToList());

    private static SandboxOrder Read(Order order) => new(
        order.Id,
        order.WasPlacedHere ? "api" : "scenario",
        order.Lines.Select(line => new SandboxOrderLine(line.OfferId, line.Subscription.Id, line.Quantity)).ToList());
}
