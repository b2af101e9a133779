using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core;
using CspMigration.Core.Users;
using CspMigration.PartnerCenter.Authentication;
using CspMigration.PartnerCenter.Resources;
using Xunit;

namespace CspMigration.Migration.Tests.SignIn;

/// <summary>Tokens for customers' tenants, from the sign-in there is, with the real library.</summary>
public sealed class GraphSignInTests(SignInServer server) : IClassFixture<SignInServer>
{
    [Theory]
    [InlineData(SignInMethod.RefreshToken, false)]
    [InlineData(SignInMethod.RefreshToken, true)]
    [InlineData(SignInMethod.DeviceCode, false)]
    public async Task A_users_sign_in_serves_the_tenants_of_customers(SignInMethod method, bool isConfidential)
    {
        using var run = await SignedInRun.PrepareAsync(server.Process, "scale:customers=2,subscriptions=1,users=3");
        run.SignIn.Method = method;
        run.SignIn.RefreshToken = method == SignInMethod.RefreshToken ? SignedInRun.Secret("brought along") : null;
        run.SignIn.Secret = isConfidential ? SignedInRun.Secret("a secret") : null;
        run.Options.LicenseApi = LicenseApi.Graph;
        await run.ConnectAsync();
        var partner = await server.Process.TokenRequestsAsync();
        var handedOut = run.HandedOut.Count;

        foreach (var customer in (await server.Process.StateAsync()).Customers)
        {
            _ = Assert.Single(await ReadHoldersAsync(run, customer.Id), user => user.UserPrincipalName == customer.Users[0].UserPrincipalName);
            _ = await ReadHoldersAsync(run, customer.Id);
        }

        // One token for each tenant; the refresh tokens that come back from there are handed to no one.
        Assert.Equal(2, await server.Process.TokenRequestsAsync() - partner);
        Assert.Equal(handedOut, run.HandedOut.Count);
        _ = await run.FindAsync();
    }

    [Fact]
    public async Task The_partners_own_sign_in_goes_on_after_that_at_a_customer()
    {
        using var run = await SignedInRun.WithRefreshTokenAsync(server.Process);
        var customer = Assert.Single((await server.Process.StateAsync()).Customers);
        _ = await ReadHoldersAsync(run, customer.Id);
        var handedOut = run.HandedOut.Count;

        await server.Process.AdvanceClockAsync("PT2H");
        _ = await run.FindAsync();
        _ = await ReadHoldersAsync(run, customer.Id);

        Assert.Equal(handedOut + 1, run.HandedOut.Count);
    }

    [Fact]
    public async Task Without_consent_the_error_names_the_number_and_no_secret()
    {
        using var run = await SignedInRun.PrepareAsync(server.Process, "contoso:graphConsent=none");
        run.SignIn.RefreshToken = SignedInRun.Secret("brought along");
        run.SignIn.Secret = SignedInRun.Secret("a secret");
        run.Options.LicenseApi = LicenseApi.Graph;
        await run.ConnectAsync();
        var customer = Assert.Single((await server.Process.StateAsync()).Customers);

        var error = await Assert.ThrowsAsync<CspMigrationException>(() => ReadHoldersAsync(run, customer.Id));

        Assert.Equal("GraphNotAvailable", error.ErrorId);
        Assert.Contains("AADSTS65001", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("brought along", error.Message + run.Observer.AllText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_application_without_a_user_cannot_ask_for_Graph()
    {
        using var run = await SignedInRun.PrepareAsync(server.Process);
        run.SignIn.Method = SignInMethod.Application;
        run.SignIn.Secret = SignedInRun.Secret("a secret");
        run.Options.LicenseApi = LicenseApi.Graph;

        var error = await Assert.ThrowsAsync<CspMigrationException>(() => run.ConnectAsync());

        Assert.Equal("GraphNotAvailable", error.ErrorId);
        Assert.Equal(0, await server.Process.TokenRequestsAsync());
    }

    [Fact]
    public async Task An_access_token_alone_cannot_ask_for_Graph_and_goes_through_Partner_Center()
    {
        using var run = await SignedInRun.PrepareAsync(server.Process);
        run.Options.SignIn = null;
        run.Options.AccessToken = SignedInRun.Secret("t");
        run.Options.LicenseApi = LicenseApi.Graph;
        Assert.Equal("GraphNotAvailable", (await Assert.ThrowsAsync<CspMigrationException>(() => run.ConnectAsync())).ErrorId);

        run.Options.LicenseApi = LicenseApi.Auto;
        await run.ConnectAsync();

        var customer = Assert.Single((await server.Process.StateAsync()).Customers);
        var service = await LicenseServices.OfAsync(MigrationClient.Begin(run.Session, run.Observer).Operation, CustomerId.From(customer.Id), CancellationToken.None);
        Assert.Equal(LicenseApi.PartnerCenter, service.Api);
    }

    private static async Task<User[]> ReadHoldersAsync(SignedInRun run, string customerId)
    {
        var operation = MigrationClient.Begin(run.Session, run.Observer).Operation;
        var service = await LicenseServices.OfAsync(operation, CustomerId.From(customerId), CancellationToken.None);
        Assert.Equal(LicenseApi.Graph, service.Api);
        var units = (await service.ListSkusAsync(CancellationToken.None)).ToDictionary(sku => sku.SkuId!.Value, sku => sku.ConsumedUnits!.Value);
        var found = await service.FindHoldersAsync(units, callsAtOnce: 4, HolderSearch.CountOf(operation), CancellationToken.None);
        return [.. found.Users.Select(holder => holder.User)];
    }
}
