using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Migration.Tests.Support;
using CspMigration.PartnerCenter.Authentication;
using Xunit;

namespace CspMigration.Migration.Tests.SignIn;

/// <summary>A run outlives its access token, and a rotated refresh token reaches the user once.</summary>
public sealed class TokenRenewalTests(SignInServer server) : IClassFixture<SignInServer>
{
    private const string TokenRoute = "/{tenant}/oauth2/v2.0/token";

    [Fact]
    public async Task A_token_that_ends_in_mid_run_is_replaced_and_the_run_goes_on()
    {
        using var run = await SignedInRun.WithRefreshTokenAsync(server.Process);

        await server.Process.AdvanceClockAsync("PT2H");
        _ = Assert.Single(await run.FindAsync());

        Assert.Equal(2, await server.Process.TokenRequestsAsync());
        Assert.Contains(run.Observer.VerboseLines, line => line.Contains("renewed", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("secret")]
    [InlineData("certificate")]
    public async Task So_is_one_of_the_application_itself(string credential)
    {
        using var run = await SignedInRun.PrepareAsync(server.Process);
        using var certificate = SignedInRun.Certificate();
        run.SignIn.Method = SignInMethod.Application;
        run.SignIn.Secret = credential == "secret" ? SignedInRun.Secret("a secret") : null;
        run.SignIn.Certificate = credential == "certificate" ? certificate : null;
        await run.ConnectAsync();

        await server.Process.AdvanceClockAsync("PT2H");
        _ = Assert.Single(await run.FindAsync());

        Assert.Equal(2, await server.Process.TokenRequestsAsync());
    }

    [Theory]
    [InlineData("PT1H", 54, 56)]
    [InlineData("PT10M", 4, 6)]
    [InlineData("PT1M", 0.4, 0.6)]
    public async Task A_token_is_renewed_before_it_ends(string lifetime, double minutesEarly, double minutesDue)
    {
        var start = DateTimeOffset.UtcNow;
        var time = new SettableTime(start.ToString("O"));
        using var run = await SignedInRun.WithRefreshTokenAsync(server.Process, $"contoso:tokenLifetime={lifetime}", time);

        time.Advance(TimeSpan.FromMinutes(minutesEarly));
        _ = await run.FindAsync();
        Assert.Equal(1, await server.Process.TokenRequestsAsync());

        time.Advance(TimeSpan.FromMinutes(minutesDue - minutesEarly));
        _ = await run.FindAsync();
        Assert.Equal(2, await server.Process.TokenRequestsAsync());
    }

    [Fact]
    public async Task Many_calls_at_once_share_one_renewal()
    {
        using var run = await SignedInRun.WithRefreshTokenAsync(server.Process);

        await server.Process.AdvanceClockAsync("PT2H");
        var found = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => run.FindAsync()));

        Assert.All(found, rows => Assert.Single(rows));
        Assert.Equal(2, await server.Process.TokenRequestsAsync());
    }

    [Fact]
    public async Task Every_refresh_token_is_handed_out_once_and_the_latest_is_used()
    {
        using var run = await SignedInRun.WithRefreshTokenAsync(server.Process);
        _ = Assert.Single(run.HandedOut);

        for (var hours = 0; hours < 3; hours++)
        {
            // The server refuses a refresh token it has replaced.
            await server.Process.AdvanceClockAsync("PT2H");
            _ = await run.FindAsync();
            _ = await run.FindAsync();
        }

        Assert.Equal(4, run.HandedOut.Count);
        Assert.Equal(4, run.HandedOut.Distinct().Count());
        Assert.DoesNotContain("brought along", run.HandedOut);
    }

    [Fact]
    public async Task A_refresh_token_that_was_handed_out_is_good_for_the_next_session()
    {
        using var run = await SignedInRun.WithRefreshTokenAsync(server.Process);
        var stored = run.HandedOut.Single();
        run.Session.Dispose();

        run.SignIn.RefreshToken = SignedInRun.Secret(stored);
        await run.ConnectAsync();

        _ = Assert.Single(await run.FindAsync());
    }

    [Fact]
    public async Task A_token_refused_after_its_renewal_is_an_error_after_one_renewal()
    {
        using var run = await SignedInRun.WithRefreshTokenAsync(server.Process);
        await server.Process.SetFaultAsync("GET", "/v1/customers", "status:401", times: 100);

        var e = await Assert.ThrowsAsync<CspMigrationException>(() => run.FindAsync());

        Assert.Equal("Unauthorized", e.ErrorId);
        Assert.Equal(2, await server.Process.TokenRequestsAsync());
    }

    [Fact]
    public async Task A_renewal_that_fails_for_a_moment_leaves_the_old_token_in_use()
    {
        var time = new SettableTime(DateTimeOffset.UtcNow.ToString("O"));
        using var run = await SignedInRun.WithRefreshTokenAsync(server.Process, time: time);
        await server.Process.SetFaultAsync("POST", TokenRoute, "aadsts:90033", times: 2);

        time.Advance(TimeSpan.FromMinutes(56));
        _ = Assert.Single(await run.FindAsync());

        Assert.Contains(run.Observer.VerboseLines, line => line.Contains("used on", StringComparison.Ordinal));
        time.Advance(TimeSpan.FromMinutes(1));
        _ = Assert.Single(await run.FindAsync());
        Assert.Contains(run.Observer.VerboseLines, line => line.Contains("renewed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_there_is_no_token_left_the_call_waits_for_the_sign_in()
    {
        using var run = await SignedInRun.WithRefreshTokenAsync(server.Process);
        await server.Process.AdvanceClockAsync("PT2H");
        await server.Process.SetFaultAsync("POST", TokenRoute, "drop-before", times: 2);

        _ = Assert.Single(await run.FindAsync());

        Assert.Contains(run.Observer.Waits, wait => wait.Reason == "sign-in not available");
    }

    [Fact]
    public async Task A_refresh_token_that_is_revoked_in_mid_run_ends_it_with_what_to_do()
    {
        using var run = await SignedInRun.WithRefreshTokenAsync(server.Process);
        await server.Process.AdvanceClockAsync("PT2H");
        await server.Process.SetFaultAsync("POST", TokenRoute, "aadsts:50173");

        var e = await Assert.ThrowsAsync<CspMigrationException>(() => run.FindAsync());

        Assert.Equal("RefreshTokenRefused", e.ErrorId);
        Assert.Equal("AADSTS50173", e.ServiceCode);
    }

    [Fact]
    public async Task Stopping_ends_a_wait_for_the_sign_in()
    {
        using var run = await SignedInRun.PrepareAsync(server.Process);
        using var stop = new CancellationTokenSource();
        run.SignIn.RefreshToken = SignedInRun.Secret("brought along");
        await server.Process.SetFaultAsync("POST", TokenRoute, "delay:60000");

        var connecting = run.ConnectAsync(stop.Token);
        await stop.CancelAsync();

        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting);
    }
}
