using System;
using System.Diagnostics;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.PartnerCenter.Errors;
using Microsoft.Identity.Client;

namespace CspMigration.PartnerCenter.Authentication;

/// <summary>Where to sign in. The library takes https addresses only; plain HTTP on this machine is spoken behind its back.</summary>
internal sealed class SignInAddress
{
    private SignInAddress(Uri authority, string tenant, bool isCustom)
    {
        Authority = authority;
        Tenant = tenant;
        IsPlainLoopback = authority.Scheme == Uri.UriSchemeHttp;
        IsLoopback = isCustom && authority.IsLoopback;
        Text = new UriBuilder(authority) { Scheme = Uri.UriSchemeHttps, Port = authority.Port, Path = tenant }.Uri.AbsoluteUri;
    }

    /// <summary>Scheme, host and port.</summary>
    public Uri Authority { get; }

    /// <summary>The partner's tenant, by id or domain.</summary>
    public string Tenant { get; }

    /// <summary>Whether it is on this machine: a test, whose tokens are kept nowhere and whose address no one can vouch for.</summary>
    public bool IsLoopback { get; }

    /// <summary>Whether plain HTTP is spoken there.</summary>
    public bool IsPlainLoopback { get; }

    /// <summary>The address as the library takes it.</summary>
    public string Text { get; }

    /// <exception cref="CspMigrationException">The address would carry secrets in the clear, or is none.</exception>
    public static SignInAddress Of(ServiceOptions options, SignInOptions signIn)
    {
        if (options.TenantId is not { Length: > 0 } tenant || Uri.EscapeDataString(tenant) != tenant)
        {
            throw PartnerCenterErrors.NotConnected.Exception(
                string.IsNullOrEmpty(options.TenantId) ? "Signing in needs the partner's tenant." : $"\"{options.TenantId}\" is not the id or the domain of a tenant.",
                remedy: ServiceRemedies.NameTenant());
        }

        // A real sign-in's token would otherwise go to whatever host the endpoint names.
        if (options.Endpoint is not null && signIn.Authority is null)
        {
            throw PartnerCenterErrors.NotConnected.Exception(
                $"The endpoint {options.Endpoint} is not the cloud's own, and nothing says where to sign in for it.",
                remedy: ServiceRemedies.NameAuthority());
        }

        var authority = signIn.Authority ?? Clouds.AuthorityOf(options.Environment);
        Clouds.CheckAddress("authority", authority);
        return authority.AbsolutePath == "/" && authority.Query.Length == 0
            ? new SignInAddress(authority, tenant, signIn.Authority is not null)
            : throw PartnerCenterErrors.NotConnected.Exception(
                $"The authority {authority} has more than scheme, host and port.",
                remedy: ServiceRemedies.UseAddressWithoutPath());
    }

    /// <summary>How a page for the user is opened.</summary>
    /// <param name="open">Opens it; null for the system's browser.</param>
    public SystemWebViewOptions WebView(Action<Uri>? open)
    {
        return open is null && !IsPlainLoopback
            ? new SystemWebViewOptions()
            : new SystemWebViewOptions { OpenBrowserAsync = page => OpenAsync(ToWire(page), open) };
    }

    /// <summary>The address a request really goes to.</summary>
    public Uri ToWire(Uri address)
    {
        return IsPlainLoopback ? new UriBuilder(address) { Scheme = Authority.Scheme, Port = Authority.Port }.Uri : address;
    }

    private static Task OpenAsync(Uri page, Action<Uri>? open)
    {
        if (open is not null)
        {
            open(page);
        }
        else
        {
            Process.Start(new ProcessStartInfo(page.AbsoluteUri) { UseShellExecute = true })?.Dispose();
        }

        return Task.CompletedTask;
    }
}
