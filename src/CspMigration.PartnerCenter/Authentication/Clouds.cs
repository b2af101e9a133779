using System;
using CspMigration.Contracts;
using CspMigration.PartnerCenter.Errors;

namespace CspMigration.PartnerCenter.Authentication;

/// <summary>Where each cloud's Partner Center is (docs/partner-center.md §1).</summary>
internal static class Clouds
{
    private static readonly Uri Worldwide = new("https://api.partnercenter.microsoft.com/");
    private static readonly Uri China = new("https://partner.partnercenterapi.microsoftonline.cn/");

    private static readonly Uri WorldwideGraph = new("https://graph.microsoft.com/");
    private static readonly Uri UnitedStatesGraph = new("https://graph.microsoft.us/");
    private static readonly Uri ChinaGraph = new("https://microsoftgraph.chinacloudapi.cn/");

    private static readonly Uri WorldwideSignIn = new("https://login.microsoftonline.com/");
    private static readonly Uri UnitedStatesSignIn = new("https://login.microsoftonline.us/");
    private static readonly Uri ChinaSignIn = new("https://login.chinacloudapi.cn/");

    public static Uri EndpointOf(PartnerEnvironment environment) => environment == PartnerEnvironment.China ? China : Worldwide;

    /// <summary>Whether a cloud has users' licenses at all: the one operated by 21Vianet has no interface for them (docs/rules.md, rule 19).</summary>
    public static bool HasUserLicenses(PartnerEnvironment environment) => environment != PartnerEnvironment.China;

    /// <summary>What tokens are asked for; also where <see cref="ServiceOptions.Endpoint"/> is another.</summary>
    public static string ResourceOf(PartnerEnvironment environment) => EndpointOf(environment).AbsoluteUri.TrimEnd('/');

    /// <summary>Where its Microsoft Graph is (learn.microsoft.com/graph/deployments).</summary>
    public static Uri GraphOf(PartnerEnvironment environment) => environment switch
    {
        PartnerEnvironment.USGovernment => UnitedStatesGraph,
        PartnerEnvironment.China => ChinaGraph,
        _ => WorldwideGraph,
    };

    /// <summary>Where its users sign in.</summary>
    public static Uri AuthorityOf(PartnerEnvironment environment) => environment switch
    {
        PartnerEnvironment.USGovernment => UnitedStatesSignIn,
        PartnerEnvironment.China => ChinaSignIn,
        _ => WorldwideSignIn,
    };

    /// <summary>Refuses an address that would carry a secret in the clear over a network.</summary>
    /// <param name="role">What the address is, as shown to the user.</param>
    /// <param name="address">The address.</param>
    public static void CheckAddress(string role, Uri address)
    {
        var secure = address.IsAbsoluteUri
            && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));
        if (!secure)
        {
            throw PartnerCenterErrors.NotConnected.Exception(
                $"The {role} {address} is neither https nor on this machine.",
                remedy: ServiceRemedies.UseSecureAddress());
        }
    }
}
