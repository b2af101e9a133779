using System.Linq;
using System.Threading.Tasks;
using CspMigration.Migration.Tests.Support;
using CspMigration.Sandbox;
using Xunit;

namespace CspMigration.Migration.Tests;

/// <summary>A reply that is lost must neither buy twice nor leave anything undone.</summary>
public sealed class UnknownOutcomeTests
{
    private const string Orders = "/v1/customers/{customerId}/orders";
    private const string LicenseUpdates = "/v1/customers/{customerId}/users/{userId}/licenseupdates";
    private const string Subscription = "/v1/customers/{customerId}/subscriptions/{subscriptionId}";

    [Theory]
    [InlineData("POST", Orders, "drop-before")]
    [InlineData("POST", Orders, "drop-after")]
    [InlineData("POST", Orders, "status:503")]
    [InlineData("POST", Orders, "html")]
    [InlineData("POST", Orders, "truncate")]
    [InlineData("POST", Orders, "empty")]
    [InlineData("POST", LicenseUpdates, "drop-before")]
    [InlineData("POST", LicenseUpdates, "drop-after")]
    [InlineData("PATCH", Subscription, "drop-before")]
    [InlineData("PATCH", Subscription, "drop-after")]
    [InlineData("GET", "*", "drop-before")]
    [InlineData("GET", "*", "status:429;retry-after=0")]
    public async Task The_run_goes_on_and_does_everything_once(string method, string route, string action)
    {
        using var run = await SandboxRun.StartAsync("contoso");
        run.Tenant.SetFaults(new SandboxFault(method, route, action, times: 2));

        await run.MigrateAsync();

        Assert.Empty(run.Errors);
        var state = run.Tenant.GetState();
        Assert.Empty(state.Violations);
        Assert.Single(state.Customers[0].Orders, order => order.Origin == "api");
        Assert.Single(state.Customers[0].Subscriptions, subscription => subscription.Status == "suspended");
        Assert.Equal(20, state.Customers[0].Users.Count(user => user.Licenses.Count == 1));
    }
}
