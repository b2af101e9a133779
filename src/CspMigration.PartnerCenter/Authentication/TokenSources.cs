using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.PartnerCenter.Errors;
using CspMigration.PartnerCenter.Files;
using CspMigration.PartnerCenter.Http;
using CspMigration.PartnerCenter.Observation;
using Microsoft.Identity.Client;

namespace CspMigration.PartnerCenter.Authentication;

/// <summary>Makes the token source that fits the options.</summary>
internal static class TokenSources
{
    /// <exception cref="CspMigrationException">The options do not say how to sign in.</exception>
    public static async Task<IAccessTokenSource> CreateAsync(ServiceOptions options, IOperationObserver observer)
    {
        return options switch
        {
            { IsSandbox: true } => new SandboxTokenSource(options),
            { AccessToken: { Length: > 0 } token } => new FixedTokenSource(token, "AccessToken"),
            { SignIn: { } signIn } => await SignInAsync(options, signIn, observer).ConfigureAwait(false),
            _ => throw PartnerCenterErrors.NotConnected.Exception(
                "There is nothing to sign in with.",
                remedy: ServiceRemedies.ChooseSignIn()),
        };
    }

    private static async Task<MsalTokenSource> SignInAsync(ServiceOptions options, SignInOptions signIn, IOperationObserver observer)
    {
        var address = SignInAddress.Of(options, signIn);
        var refreshTokens = new IssuedRefreshTokens(signIn.RefreshToken is { } given ? SecretText.Read(given) : null, signIn.RefreshTokenIssued);
        var http = new SignInHttpClient(address, RetryRules.FirstAnswer < options.AttemptTimeout ? RetryRules.FirstAnswer : options.AttemptTimeout);
        try
        {
            var parts = new Parts(address, refreshTokens, http);
            var method = await CreateSignInAsync(options, signIn, parts, observer).ConfigureAwait(false);
            return new MsalTokenSource(method, refreshTokens, new SignInFailure(address, signIn), http, options.Time, method.IsAppOnly ? null : CustomerSignIn(signIn, parts));
        }
        catch
        {
            http.Dispose();
            throw;
        }
    }

    private static async Task<ISignIn> CreateSignInAsync(ServiceOptions options, SignInOptions signIn, Parts parts, IOperationObserver observer)
    {
        var resource = Clouds.ResourceOf(options.Environment);
        IReadOnlyList<string> onBehalf = [resource + "/user_impersonation"];
        switch (signIn.Method)
        {
            case SignInMethod.Application:
                return new ApplicationSignIn(Confidential(signIn, parts), [resource + "/.default"]);
            case SignInMethod.RefreshToken:
                return new RefreshTokenSignIn(Watched(signIn, parts), onBehalf, parts.RefreshTokens);
            default:
                var application = Public(signIn, parts);
                parts.RefreshTokens.Watch(application.UserTokenCache);
                if (!parts.Address.IsLoopback)
                {
                    await EncryptedTokenCache.KeepAsync(application.UserTokenCache, StateFolder.Path, observer).ConfigureAwait(false);
                }

                return new UserSignIn(application, onBehalf, signIn, parts.Address);
        }
    }

    // At the tenants of customers, from the same sign-in, through an application object of its own.
    private static Func<string, string, ISignIn> CustomerSignIn(SignInOptions signIn, Parts parts)
    {
        var application = Application(signIn, parts);
        application.UserTokenCache.SetBeforeAccess(access =>
        {
            if (parts.RefreshTokens.Cache is { } cache)
            {
                access.TokenCache.DeserializeMsalV3(cache, shouldClearExistingCache: true);
            }
        });
        return (tenantId, resource) => new CustomerSignIn(application, parts.RefreshTokens, parts.Address.Tenant, tenantId, resource);
    }

    private static IClientApplicationBase Application(SignInOptions signIn, Parts parts)
    {
        return signIn.Method is SignInMethod.RefreshToken && (signIn.Secret ?? (object?)signIn.Certificate) is not null ? Confidential(signIn, parts) : Public(signIn, parts);
    }

    // The refresh token is the user's to keep: this cache stays in memory, whatever the system offers.
    private static IByRefreshToken Watched(SignInOptions signIn, Parts parts)
    {
        var application = Application(signIn, parts);
        parts.RefreshTokens.Watch(application.UserTokenCache);
        return (IByRefreshToken)application;
    }

    private static IPublicClientApplication Public(SignInOptions signIn, Parts parts)
    {
        return At(parts, PublicClientApplicationBuilder.Create(signIn.ApplicationId).WithRedirectUri("http://localhost")).Build();
    }

    private static IConfidentialClientApplication Confidential(SignInOptions signIn, Parts parts)
    {
        var builder = At(parts, ConfidentialClientApplicationBuilder.Create(signIn.ApplicationId));
        return (signIn.Certificate is { } certificate
            ? builder.WithCertificate(ClientCertificates.Check(certificate))
            : builder.WithClientSecret(SecretText.Read(signIn.Secret ?? throw PartnerCenterErrors.NotConnected.Exception(
                "An application signs in with a secret or a certificate.", remedy: ServiceRemedies.PassCredential())))).Build();
    }

    private static T At<T>(Parts parts, AbstractApplicationBuilder<T> builder)
        where T : AbstractApplicationBuilder<T>
    {
        return builder
            .WithAuthority(parts.Address.Text, validateAuthority: !parts.Address.IsLoopback)
            .WithInstanceDiscovery(!parts.Address.IsLoopback)
            .WithHttpClientFactory(parts.Http);
    }

    private sealed class Parts
    {
        public Parts(SignInAddress address, IssuedRefreshTokens refreshTokens, SignInHttpClient http)
        {
            Address = address;
            RefreshTokens = refreshTokens;
            Http = http;
        }

        public SignInAddress Address { get; }

        public IssuedRefreshTokens RefreshTokens { get; }

        public SignInHttpClient Http { get; }
    }
}
