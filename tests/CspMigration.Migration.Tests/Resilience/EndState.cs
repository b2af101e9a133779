using System;
using System.Linq;
using CspMigration.Sandbox;

namespace CspMigration.Migration.Tests.Resilience;

/// <summary>What a sandbox holds, in words that do not depend on ids and moments: two runs that did the same have the same.</summary>
internal static class EndState
{
    public static string Of(SandboxState state)
    {
        var customers = state.Customers.OrderBy(customer => customer.CompanyName, StringComparer.Ordinal).Select(customer => string.Join(
            Environment.NewLine,
            [
                customer.CompanyName,
                .. customer.Subscriptions.Select(Describe).Order(StringComparer.Ordinal),
                .. customer.Users.Select(Describe).Order(StringComparer.Ordinal),
                .. customer.Groups.Select(Describe).Order(StringComparer.Ordinal),
                $"  {customer.Orders.Count(order => order.Origin == "api")} orders",
            ]));
        return string.Join(Environment.NewLine, customers);
    }

    private static string Describe(SandboxSubscription subscription)
    {
        var offer = string.Join(':', subscription.OfferId.Split(':').Take(2));
        var renewal = subscription.AutoRenewEnabled ? "renews" : "ends";
        return $"  {offer} {subscription.Quantity} {subscription.Status} {renewal} \"{subscription.FriendlyName}\"";
    }

    private static string Describe(SandboxGroup group)
    {
        return $"  {group.DisplayName} assigns {string.Join(", ", group.Licenses.Select(license => $"{license.SkuId} without [{string.Join(' ', license.DisabledPlans.Order(StringComparer.Ordinal))}]").Order(StringComparer.Ordinal))}";
    }

    private static string Describe(SandboxUser user)
    {
        var licenses = user.Licenses
            .Select(license => $"{license.SkuId} without [{string.Join(' ', license.DisabledPlans.Order(StringComparer.Ordinal))}]")
            .Order(StringComparer.Ordinal);
        return $"  {user.UserPrincipalName}: {string.Join(", ", licenses)}";
    }
}
