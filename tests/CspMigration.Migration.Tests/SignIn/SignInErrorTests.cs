using System;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.PartnerCenter.Authentication;
using Xunit;

namespace CspMigration.Migration.Tests.SignIn;

/// <summary>A sign-in that fails says why, and what to do.</summary>
public sealed class SignInErrorTests(SignInServer server) : IClassFixture<SignInServer>
{
    private const string RefreshToken = "rt-5a1c7e-do-not-print-me";
    private const string Secret = "secret-9b2d4f-do-not-print-me";

    [Theory]
    [InlineData(50076, "MfaRequired", "multi-factor")]
    [InlineData(50079, "MfaRequired", "multi-factor")]
    [InlineData(50105, "Unauthorized", "admin agent")]
    [InlineData(500011, "Unauthorized", "Partner Center permission")]
    [InlineData(65001, "Unauthorized", "consent")]
    [InlineData(53003, "SignInRefused", "conditional access")]
    [InlineData(50034, "SignInRefused", "partner's tenant")]
    [InlineData(700016, "SignInRefused", "-ApplicationId")]
    [InlineData(90002, "SignInRefused", "-TenantId")]
    [InlineData(70008, "RefreshTokenRefused", "sign in again")]
    [InlineData(700082, "RefreshTokenRefused", "sign in again")]
    [InlineData(50173, "RefreshTokenRefused", "sign in again")]
    [InlineData(7000215, "CredentialRefused", "value of a valid secret")]
    [InlineData(7000222, "CredentialRefused", "expired")]
    [InlineData(700027, "CredentialRefused", "certificate")]
    public async Task A_refusal_has_an_id_and_says_what_to_do(int number, string errorId, string advice)
    {
        using var run = await SignedInRun.PrepareAsync(server.Process);
        run.SignIn.RefreshToken = SignedInRun.Secret(RefreshToken);
        run.SignIn.Secret = SignedInRun.Secret(Secret);
        await server.Process.SetFaultAsync("POST", "/{tenant}/oauth2/v2.0/token", $"aadsts:{number}");

        var e = await Assert.ThrowsAsync<CspMigrationException>(() => run.ConnectAsync());

        Assert.Equal(errorId, e.ErrorId);
        Assert.Equal($"AADSTS{number}", e.ServiceCode);
        Assert.Contains(advice, e.RecommendedAction, StringComparison.OrdinalIgnoreCase);
        Assert.NotNull(e.CorrelationId);
        Assert.Empty(run.HandedOut);
        AssertNoSecret(run, e);
    }

    [Fact]
    public async Task A_refresh_token_used_twice_is_refused()
    {
        using var run = await SignedInRun.WithRefreshTokenAsync(server.Process);
        run.Session.Dispose();

        var e = await Assert.ThrowsAsync<CspMigrationException>(() => run.ConnectAsync());

        Assert.Equal("RefreshTokenRefused", e.ErrorId);
    }

    [Theory]
    [InlineData("status:503", 2, "ServiceUnavailable")]
    [InlineData("status:429", 2, "Throttled")]
    [InlineData("drop-before", 3, "ServiceUnavailable")]
    [InlineData("html", 2, "ServiceUnavailable")]
    public async Task A_sign_in_that_is_out_of_order_is_told_at_once_when_connecting(string action, int times, string errorId)
    {
        using var run = await SignedInRun.PrepareAsync(server.Process);
        run.SignIn.RefreshToken = SignedInRun.Secret(RefreshToken);
        await server.Process.SetFaultAsync("POST", "/{tenant}/oauth2/v2.0/token", action, times);

        var e = await Assert.ThrowsAsync<CspMigrationException>(() => run.ConnectAsync());

        Assert.Equal(errorId, e.ErrorId);
        AssertNoSecret(run, e);
    }

    [Fact]
    public async Task Without_a_network_the_address_is_named()
    {
        using var run = await SignedInRun.PrepareAsync(server.Process);
        run.SignIn.RefreshToken = SignedInRun.Secret(RefreshToken);
        run.SignIn.Authority = new Uri("http://127.0.0.1:1");

        var e = await Assert.ThrowsAsync<CspMigrationException>(() => run.ConnectAsync());

        Assert.Equal("ServiceUnavailable", e.ErrorId);
        Assert.Contains("127.0.0.1:1", e.Message, StringComparison.Ordinal);
        Assert.Contains("network", e.RecommendedAction, StringComparison.Ordinal);
        AssertNoSecret(run, e);
    }

    [Fact]
    public async Task An_answer_that_takes_too_long_is_a_timeout()
    {
        using var run = await SignedInRun.PrepareAsync(server.Process);
        run.SignIn.RefreshToken = SignedInRun.Secret(RefreshToken);
        run.Options.AttemptTimeout = TimeSpan.FromSeconds(0.2);
        await server.Process.SetFaultAsync("POST", "/{tenant}/oauth2/v2.0/token", "delay:60000", times: 5);

        var e = await Assert.ThrowsAsync<CspMigrationException>(() => run.ConnectAsync());

        Assert.Equal("RequestTimeout", e.ErrorId);
    }

    [Fact]
    public async Task A_user_without_multiple_factors_is_refused_by_the_service()
    {
        using var run = await SignedInRun.PrepareAsync(server.Process, "contoso:mfa=missing");
        run.SignIn.RefreshToken = SignedInRun.Secret(RefreshToken);

        var e = await Assert.ThrowsAsync<CspMigrationException>(() => run.ConnectAsync());

        Assert.Equal("MfaRequired", e.ErrorId);
        Assert.Equal(1, await server.Process.TokenRequestsAsync());
    }

    [Theory]
    [InlineData("http://login.example.com", "neither https nor on this machine")]
    [InlineData("http://127.0.0.1:5080/tenant", "more than scheme, host and port")]
    [InlineData("ftp://127.0.0.1", "neither https nor on this machine")]
    public async Task An_authority_that_will_not_do_is_refused_before_anything_is_sent(string authority, string reason)
    {
        using var run = await SignedInRun.PrepareAsync(server.Process);
        run.SignIn.RefreshToken = SignedInRun.Secret(RefreshToken);
        run.SignIn.Authority = new Uri(authority);

        var e = await Assert.ThrowsAsync<CspMigrationException>(() => run.ConnectAsync());

        Assert.Contains(reason, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_is_not_fetched_from_the_cloud_for_another_endpoint()
    {
        using var run = await SignedInRun.PrepareAsync(server.Process);
        run.SignIn.RefreshToken = SignedInRun.Secret(RefreshToken);
        run.SignIn.Authority = null;

        var e = await Assert.ThrowsAsync<CspMigrationException>(() => run.ConnectAsync());

        Assert.Contains("-Authority", e.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("a/../b")]
    public async Task A_tenant_is_needed(string? tenant)
    {
        using var run = await SignedInRun.PrepareAsync(server.Process);
        run.SignIn.RefreshToken = SignedInRun.Secret(RefreshToken);
        run.Options.TenantId = tenant;

        var e = await Assert.ThrowsAsync<CspMigrationException>(() => run.ConnectAsync());

        Assert.Contains("-TenantId", e.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_that_has_ended_or_has_no_key_is_refused_here()
    {
        using var run = await SignedInRun.PrepareAsync(server.Process);
        using var ended = SignedInRun.Certificate(validDays: -1);
        using var whole = SignedInRun.Certificate();
        using var withoutKey = System.Security.Cryptography.X509Certificates.X509CertificateLoader.LoadCertificate(whole.RawData);
        run.SignIn.Method = SignInMethod.Application;

        foreach (var certificate in new[] { ended, withoutKey })
        {
            run.SignIn.Certificate = certificate;
            var e = await Assert.ThrowsAsync<CspMigrationException>(() => run.ConnectAsync());
            Assert.Equal("CredentialRefused", e.ErrorId);
        }

        Assert.Equal(0, await server.Process.TokenRequestsAsync());
    }

    [Fact]
    public void A_certificate_that_is_not_there_is_named()
    {
        var e = Assert.Throws<CspMigrationException>(() => ClientCertificates.Find("00 11:22"));

        Assert.Equal("CredentialRefused", e.ErrorId);
        Assert.Contains("00 11:22", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_two_copies_of_a_certificate_the_one_with_the_private_key_is_used()
    {
        var whole = SignedInRun.Certificate();
        var publicPart = System.Security.Cryptography.X509Certificates.X509CertificateLoader.LoadCertificate(whole.RawData);

        using var usable = ClientCertificates.Usable([publicPart, whole]);

        Assert.Same(whole, usable);
        Assert.Equal(IntPtr.Zero, publicPart.Handle);
    }

    private static void AssertNoSecret(SignedInRun run, CspMigrationException e)
    {
        foreach (var text in new[] { e.ToString(), e.ServiceDescription ?? "", run.Observer.AllText })
        {
            Assert.DoesNotContain(RefreshToken, text, StringComparison.Ordinal);
            Assert.DoesNotContain(Secret, text, StringComparison.Ordinal);
        }
    }
}
