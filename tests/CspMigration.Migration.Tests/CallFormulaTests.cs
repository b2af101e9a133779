using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using CspMigration.Core.Purchases;
using CspMigration.Core.Users;
using CspMigration.Migration.Tests.Support;
using Xunit;

namespace CspMigration.Migration.Tests;

/// <summary>
/// Backs the formula of docs/performance.md: how many calls the migration of one customer takes at most, from discovery to
/// suspension, with N users in U pages, of whom L hold the old licenses, S subscriptions, R resellers of record and P looks at
/// the provisioning of each.
/// </summary>
public sealed class CallFormulaTests
{
    private const string Formula = "13 + U + N + L + R + S × (13 + P)";
    private const string Look = "GET /v1/customers/{customerId}/subscriptions/{subscriptionId}/provisioningstatus";

    [Theory]
    [InlineData(1, 20, null, true)]
    [InlineData(3, 60, null, true)]
    [InlineData(3, 60, null, false)]
    [InlineData(2, 60, "4567890", true)]
    [InlineData(2, 1100, null, true)]
    public async Task A_customer_takes_no_more_calls_than_the_formula_says(int subscriptions, int users, string? reseller, bool prompts)
    {
        using var run = await SandboxRun.StartAsync($"scale:customers=1,subscriptions={subscriptions},users={users}");
        run.Confirmer = prompts ? new ScriptedConfirmer(() => Task.CompletedTask) : null;
        var connecting = run.Tenant.GetRequests().Total;

        await run.MigrateAsync(new PurchaseOptions { PartnerIdOnRecord = reseller });

        Assert.Empty(run.Errors);
        var requests = run.Tenant.GetRequests();
        var pages = (users + 499) / 500;

        // The source's own directory SKU is read the same way, once.
        var looks = requests.Count(Look) - subscriptions;
        var resellers = reseller is null ? 0 : 1;

        // Without a prompt, nothing is read a second time before a suspension.
        var formula = 13 + pages + users + users + resellers + (subscriptions * (prompts ? 13 : 10)) + looks;

        // Seats that are there at once spare the customer's units a second reading.
        Assert.InRange(requests.Total - connecting, formula - 2, formula);
        Assert.Equal(subscriptions, looks);
    }

    [Fact]
    public void The_document_has_the_formula() =>
        Assert.Contains($"**{Formula}**", File.ReadAllText(Repository.PathOf("docs", "performance.md")), StringComparison.Ordinal);

    [Fact]
    public async Task No_user_is_read_once_all_holders_are_found()
    {
        // The users are read in order, and the only holders of the subscription are among the first.
        using var run = await SandboxRun.StartAsync("scale:customers=1,subscriptions=1,users=300");
        using var service = new DirectService(run.Tenant);
        var customer = run.Customer();
        var skuId = customer.Subscriptions.Single().SkuId;
        foreach (var user in customer.Users.Skip(10))
        {
            _ = await service.PostAsync(
                $"customers/{customer.Id}/users/{user.Id}/licenseupdates", new { licensesToAssign = Array.Empty<object>(), licensesToRemove = new[] { skuId } });
        }

        var before = run.Tenant.GetRequests();
        _ = await run.MoveAsync(await run.BuyAsync(await run.FindAsync()), new LicenseMoveOptions { UsersAtOnce = 1 });

        const string Licenses = "GET /v1/customers/{customerId}/users/{userId}/licenses";
        Assert.Equal(10, run.Tenant.GetRequests().Count(Licenses) - before.Count(Licenses));
        Assert.Equal(10, run.Customer().Users.Count(user => user.Licenses.Count > 0));
    }

    [Fact]
    public async Task Catalogue_and_agreement_are_read_once_for_all_subscriptions_of_a_country_and_customer()
    {
        using var run = await SandboxRun.StartAsync("scale:customers=5,subscriptions=3,users=6");

        await run.MigrateAsync();

        var requests = run.Tenant.GetRequests();
        Assert.Equal(1, requests.Count("GET /v1/offers"));
        Assert.Equal(5, requests.Count("GET /v1/customers/{customerId}/agreements"));
        Assert.Equal(5, requests.Count("GET /v1/customers/{customerId}"));
        Assert.Equal(30, requests.Count("POST /v1/customers/{customerId}/users/{userId}/licenseupdates"));
    }

    [Fact]
    public async Task The_same_line_again_reads_no_users_licenses()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        await run.MigrateAsync();
        var before = run.Tenant.GetRequests();

        await run.MigrateAsync();

        const string Licenses = "GET /v1/customers/{customerId}/users/{userId}/licenses";
        Assert.Equal(before.Count(Licenses), run.Tenant.GetRequests().Count(Licenses));
    }
}
