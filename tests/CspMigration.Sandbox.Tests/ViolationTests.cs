using System;
using System.Net.Http;
using System.Threading.Tasks;
using CspMigration.Sandbox.Tests.Support;
using Xunit;

namespace CspMigration.Sandbox.Tests;

public class ViolationTests
{
    [Fact]
    public async Task A_second_purchase_for_one_source_is_recorded()
    {
        using var client = new Client();
        _ = (await client.Order(Offers.OperationsPlan, 20, Mark(client), RequestIds.A)).Expect(201);
        _ = (await client.Order(Offers.OperationsPlan, 20, Mark(client), RequestIds.A)).Expect(201);
        Assert.Empty(client.Tenant.GetState().Violations);
        _ = (await client.Order(Offers.TeamMembers, 20, $"Other (from 00000000 {client.Source.Id[..8].ToLowerInvariant()})")).Expect(201);
        var violation = Assert.Single(client.Tenant.GetState().Violations);
        Assert.Contains(client.Source.Id[..8], violation, StringComparison.Ordinal);
        Assert.Contains(client.Customer.Id, violation, StringComparison.Ordinal);
        Assert.Contains(client.Subscription(Offers.TeamMembers).Id, violation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_purchase_after_the_former_was_suspended_is_no_violation()
    {
        using var client = new Client();
        _ = (await client.Order(Offers.OperationsPlan, 20, Mark(client))).Expect(201);
        await SetStatus(client, client.Subscription(Offers.OperationsPlan), "suspended");
        _ = (await client.Order(Offers.OperationsPlan, 20, Mark(client))).Expect(201);
        Assert.Empty(client.Tenant.GetState().Violations);
    }

    [Fact]
    public async Task Purchases_for_different_sources_or_without_one_are_no_violation()
    {
        using var client = new Client();
        _ = (await client.Order(Offers.TeamMembers, 20, "One (from 11111111)")).Expect(201);
        _ = (await client.Order(Offers.TeamMembers, 20, "Two (from 22222222)")).Expect(201);
        _ = (await client.Order(Offers.TeamMembers, 20, "Three (new)")).Expect(201);
        _ = (await client.Order(Offers.TeamMembers, 20, "Four (new)")).Expect(201);
        _ = (await client.Order(Offers.TeamMembers, 20)).Expect(201);
        Assert.Empty(client.Tenant.GetState().Violations);
    }

    [Fact]
    public async Task An_add_on_purchased_beside_the_target_is_no_violation()
    {
        using var client = new Client();
        var lines = new[]
        {
            new { LineItemNumber = 0, OfferId = Offers.OperationsPlan, Quantity = 20, FriendlyName = Mark(client) },
            new { LineItemNumber = 1, OfferId = Offers.Storage, Quantity = 1, FriendlyName = Mark(client) },
        };
        _ = (await client.Post(client.CustomerPath + "/orders", new { BillingCycle = "monthly", LineItems = lines })).Expect(201);
        Assert.Empty(client.Tenant.GetState().Violations);
    }

    [Fact]
    public async Task Suspending_a_source_whose_seats_are_still_held_is_recorded()
    {
        using var client = await WithTarget();
        await SetStatus(client, client.Source, "suspended");
        var violation = Assert.Single(client.Tenant.GetState().Violations);
        Assert.Contains("suspension", violation, StringComparison.Ordinal);
        Assert.Contains(client.Source.Id, violation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Suspending_a_subscription_without_a_target_is_no_violation()
    {
        using var client = new Client();
        await SetStatus(client, client.Source, "suspended");
        Assert.Empty(client.Tenant.GetState().Violations);
    }

    [Fact]
    public async Task A_user_left_with_neither_license_is_recorded()
    {
        using var client = await WithTarget();
        var user = client.Customer.Users[2];
        _ = (await client.UpdateLicenses(user.Id, remove: [client.Source.SkuId])).Expect(201);
        var violation = Assert.Single(client.Tenant.GetState().Violations);
        Assert.Contains(user.UserPrincipalName, violation, StringComparison.Ordinal);
        Assert.Contains(user.Id, violation, StringComparison.Ordinal);
        Assert.Contains(client.Customer.Id, violation, StringComparison.Ordinal);
        Assert.Contains(client.Source.Id, violation, StringComparison.Ordinal);
        _ = (await client.UpdateLicenses(user.Id, [Offers.OperationsPlanSku])).Expect(201);
        Assert.Single(client.Tenant.GetState().Violations);
    }

    [Fact]
    public async Task A_user_who_loses_the_target_before_having_the_source_again_is_recorded()
    {
        using var client = await WithTarget();
        var user = client.Customer.Users[2];
        _ = (await client.UpdateLicenses(user.Id, [Offers.OperationsPlanSku], [client.Source.SkuId])).Expect(201);
        _ = (await client.UpdateLicenses(user.Id, remove: [Offers.OperationsPlanSku])).Expect(201);
        Assert.Single(client.Tenant.GetState().Violations);
    }

    [Fact]
    public async Task A_whole_migration_and_its_rollback_are_no_violation()
    {
        using var client = await WithTarget();
        var holders = client.Customer.Users;
        foreach (var user in holders)
        {
            if (user.Licenses.Count > 0)
            {
                _ = (await client.UpdateLicenses(user.Id, [Offers.OperationsPlanSku], [client.Source.SkuId])).Expect(201);
            }
        }

        await SetStatus(client, client.Source, "suspended");
        await SetStatus(client, client.Source, "active");
        foreach (var user in holders)
        {
            if (user.Licenses.Count > 0)
            {
                _ = (await client.UpdateLicenses(user.Id, [client.Source.SkuId], [Offers.OperationsPlanSku])).Expect(201);
            }
        }

        await SetStatus(client, client.Subscription(Offers.OperationsPlan), "suspended");
        Assert.Empty(client.Tenant.GetState().Violations);
    }

    [Fact]
    public async Task A_user_moved_to_a_known_target_of_before_is_no_violation()
    {
        using var client = new Client();
        _ = (await client.Order(Offers.OperationsPlan, 20, "Bought for something else (new)")).Expect(201);
        client.Provision();
        _ = (await client.UpdateLicenses(client.Customer.Users[2].Id, [Offers.OperationsPlanSku], [client.Source.SkuId])).Expect(201);
        Assert.Empty(client.Tenant.GetState().Violations);
    }

    [Fact]
    public async Task A_user_moved_to_a_purchased_target_is_no_violation_whatever_the_map()
    {
        using var client = new Client();
        _ = (await client.Order(Offers.EngagementPlan, 20, Mark(client))).Expect(201);
        client.Provision();
        _ = (await client.UpdateLicenses(client.Customer.Users[2].Id, [Offers.EngagementPlanSku], [client.Source.SkuId])).Expect(201);
        Assert.Empty(client.Tenant.GetState().Violations);
    }

    [Fact]
    public async Task A_reset_begins_without_violations()
    {
        using var client = new Client();
        _ = (await client.Order(Offers.OperationsPlan, 20, Mark(client))).Expect(201);
        _ = (await client.Order(Offers.OperationsPlan, 20, Mark(client))).Expect(201);
        Assert.Single(client.Tenant.GetState().Violations);
        Assert.Single((await client.Get("sandbox/state")).Json["violations"]!.AsArray());
        client.Tenant.Reset();
        Assert.Empty(client.Tenant.GetState().Violations);
    }

    [Fact]
    public async Task Without_an_observer_violations_are_unknown_and_not_none()
    {
        var tenant = SandboxTenant.Create("contoso");
        Assert.Throws<InvalidOperationException>(() => tenant.GetState().Violations);
        using var http = new HttpClient(tenant.CreateHandler()) { BaseAddress = SandboxTenant.BaseAddress };
        Assert.Contains("\"violations\":null", await http.GetStringAsync("sandbox/state"), StringComparison.Ordinal);
    }

    private static string Mark(Client client) => $"Target (from {client.Source.Id[..8]})";

    private static async Task<Client> WithTarget()
    {
        var client = new Client();
        _ = (await client.Order(Offers.OperationsPlan, 25, Mark(client))).Expect(201);
        client.Provision();
        return client;
    }

    private static async Task SetStatus(Client client, SandboxSubscription subscription, string status)
    {
        var path = $"{client.CustomerPath}/subscriptions/{subscription.Id}";
        _ = (await client.Patch(path, Client.With((await client.Get(path)).Json, ("status", status)))).Expect(200);
    }
}
