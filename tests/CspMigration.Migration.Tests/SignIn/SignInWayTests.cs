using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.NetworkInformation;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core;
using CspMigration.PartnerCenter.Authentication;
using Xunit;

namespace CspMigration.Migration.Tests.SignIn;

/// <summary>Each way to sign in, at the sandbox server.</summary>
public sealed class SignInWayTests(SignInServer server) : IClassFixture<SignInServer>
{
    [Theory]
    [InlineData(SignInMethod.RefreshToken, "none", "RefreshToken")]
    [InlineData(SignInMethod.RefreshToken, "secret", "RefreshToken")]
    [InlineData(SignInMethod.RefreshToken, "certificate", "RefreshToken")]
    [InlineData(SignInMethod.Application, "secret", "Application")]
    [InlineData(SignInMethod.Application, "certificate", "Application")]
    public async Task An_application_connects_with_what_it_has(SignInMethod method, string credential, string mode)
    {
        using var run = await SignedInRun.PrepareAsync(server.Process);
        using var certificate = SignedInRun.Certificate();
        run.SignIn.Method = method;
        run.SignIn.RefreshToken = method == SignInMethod.RefreshToken ? SignedInRun.Secret("brought along") : null;
        run.SignIn.Secret = credential == "secret" ? SignedInRun.Secret("a secret") : null;
        run.SignIn.Certificate = credential == "certificate" ? certificate : null;

        await run.ConnectAsync();

        Assert.Equal(mode, run.Partner.AuthenticationMode);
        Assert.Equal(SignedInRun.Tenant, run.Partner.PartnerTenantId);
        Assert.Equal(method == SignInMethod.Application, await run.Session.IsAppOnlyAsync(run.Observer, CancellationToken.None));
        _ = Assert.Single(await run.FindAsync());
        Assert.Equal(1, await server.Process.TokenRequestsAsync());
    }

    [Theory]
    [InlineData(SignInMethod.RefreshToken)]
    [InlineData(SignInMethod.Application)]
    public async Task A_tenant_can_be_named_by_its_domain_and_the_partner_is_known_by_its_id(SignInMethod method)
    {
        using var run = await SignedInRun.PrepareAsync(server.Process);
        run.SignIn.Method = method;
        run.SignIn.RefreshToken = SignedInRun.Secret("brought along");
        run.SignIn.Secret = SignedInRun.Secret("a secret");
        run.Options.TenantId = "contoso.com";

        await run.ConnectAsync();

        Assert.Equal("11111111-1111-1111-1111-111111111111", run.Partner.PartnerTenantId);
    }

    [Fact]
    public async Task What_copying_has_added_to_ids_and_secrets_does_not_matter()
    {
        using var run = await SignedInRun.PrepareAsync(server.Process);
        run.SignIn.Method = SignInMethod.RefreshToken;
        run.SignIn.ApplicationId = $"\u200b{run.SignIn.ApplicationId}\r\n";
        run.SignIn.RefreshToken = SignedInRun.Secret("brought along\n");
        run.SignIn.Secret = SignedInRun.Secret(" a secret\r\n");
        run.Options.TenantId = $" {SignedInRun.Tenant}\n";

        await run.ConnectAsync();

        Assert.Equal(SignedInRun.Tenant, run.Partner.PartnerTenantId);
        _ = Assert.Single(await run.FindAsync());
    }

    [Fact]
    public async Task A_device_code_is_shown_and_waited_for_until_it_is_granted()
    {
        using var run = await SignedInRun.PrepareAsync(server.Process, "contoso:deviceCode=waits");
        run.SignIn.Method = SignInMethod.DeviceCode;

        var connecting = run.ConnectAsync();
        await server.Process.AnswerDeviceCodeAsync(await ShownCodeAsync(run, connecting), "grant");
        await connecting;

        Assert.Equal("DeviceCode", run.Partner.AuthenticationMode);
        Assert.Contains(run.Observer.Waits, wait => wait.Reason.Contains("sign-in", StringComparison.Ordinal));
        _ = Assert.Single(await run.FindAsync());
        _ = Assert.Single(run.HandedOut);
    }

    [Fact]
    public async Task A_declined_device_code_is_an_error()
    {
        using var run = await SignedInRun.PrepareAsync(server.Process, "contoso:deviceCode=waits");
        run.SignIn.Method = SignInMethod.DeviceCode;

        var connecting = run.ConnectAsync();
        await server.Process.AnswerDeviceCodeAsync(await ShownCodeAsync(run, connecting), "decline");

        var e = await Assert.ThrowsAsync<CspMigrationException>(() => connecting);
        Assert.Equal("SignInRefused", e.ErrorId);
    }

    [Fact]
    public async Task Waiting_for_a_device_code_can_be_stopped()
    {
        using var run = await SignedInRun.PrepareAsync(server.Process, "contoso:deviceCode=waits");
        using var stop = new CancellationTokenSource();
        run.SignIn.Method = SignInMethod.DeviceCode;

        var connecting = run.ConnectAsync(stop.Token);
        _ = await ShownCodeAsync(run, connecting);
        await stop.CancelAsync();

        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting);
    }

    [Fact]
    public async Task A_user_signs_in_with_the_browser()
    {
        using var run = await SignedInRun.PrepareAsync(server.Process);
        run.SignIn.Method = SignInMethod.Interactive;
        var visit = Task.CompletedTask;
        run.SignIn.OpenBrowser = page => visit = VisitAsync(page);

        await run.ConnectAsync();
        await visit;

        Assert.Equal("Interactive", run.Partner.AuthenticationMode);
        await server.Process.AdvanceClockAsync("PT2H");
        _ = Assert.Single(await run.FindAsync());
        Assert.Equal(2, run.HandedOut.Distinct().Count());
        Assert.Equal(2, run.HandedOut.Count);
    }

    [Theory]
    [InlineData(SignInMethod.DeviceCode)]
    [InlineData(SignInMethod.Interactive)]
    public async Task Nobody_is_asked_where_there_is_nobody(SignInMethod method)
    {
        using var run = await SignedInRun.PrepareAsync(server.Process);
        run.SignIn.Method = method;
        run.SignIn.CanAsk = false;

        var e = await Assert.ThrowsAsync<CspMigrationException>(() => run.ConnectAsync());

        Assert.Equal("InteractionNeeded", e.ErrorId);
        Assert.Empty(run.Observer.Warnings);
        Assert.Equal(0, await server.Process.TokenRequestsAsync());
    }

    [Fact]
    public async Task What_an_application_of_its_own_cannot_do_is_known_before_it_is_tried()
    {
        using var run = await SignedInRun.PrepareAsync(server.Process);
        run.SignIn.Method = SignInMethod.Application;
        run.SignIn.Secret = SignedInRun.Secret("a secret");
        await run.ConnectAsync();

        var operation = MigrationClient.Begin(run.Session, run.Observer);
        var readiness = await operation.Readiness.CheckAsync(await run.FindAsync(), new(), default, CancellationToken.None);

        Assert.Equal("AppOnlyToken", Assert.Single(readiness).ErrorId);
    }

    private static async Task<string> ShownCodeAsync(SignedInRun run, Task connecting)
    {
        while (run.Observer.Warnings.Count == 0)
        {
            Assert.False(connecting.IsCompleted, "The sign-in ended before it showed a code.");
            await Task.Delay(10);
        }

        return run.Observer.Warnings.Single().Split("the code ")[1].TrimEnd('.');
    }

    // What a browser does with the page: it sends the form that carries the code.
    private static async Task VisitAsync(Uri page)
    {
        using var browser = new HttpClient();
        var html = await browser.GetStringAsync(page);
        var target = Regex.Match(html, "action=\"(?<url>[^\"]+)\"").Groups["url"].Value;
        var fields = Regex.Matches(html, "name=\"(?<name>[^\"]+)\" value=\"(?<value>[^\"]*)\"")
            .Select(field => KeyValuePair.Create(field.Groups["name"].Value, WebUtility.HtmlDecode(field.Groups["value"].Value)));
        await SendAsync(browser, new Uri(WebUtility.HtmlDecode(target)), [.. fields]);
    }

    private static async Task SendAsync(HttpClient browser, Uri target, KeyValuePair<string, string>[] fields)
    {
        await ListeningAsync(target.Port);
        using var form = new FormUrlEncodedContent(fields);
        using var end = await browser.PostAsync(target, form);
    }

    // The library listens only after it has opened the browser, which is slower than this one. Asking the system does not
    // connect: the framework's listener fails where a connection waits already while it is being set up.
    private static async Task ListeningAsync(int port)
    {
        var isListening = false;
        for (var attempt = 1; !isListening && attempt < 100; attempt++)
        {
            isListening = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Any(listener => listener.Port == port);
            await Task.Delay(50);
        }
    }
}
