using System;
using CspMigration.Contracts;
using CspMigration.Core.Errors;

namespace CspMigration.Core.Sessions;

/// <summary>Where each cloud's Partner Center is (API docs §1).</summary>
internal static class Clouds
{
    private static readonly Uri Worldwide = new("https://api.partnercenter.microsoft.com/");
    private static readonly Uri China = new("https://partner.partnercenterapi.microsoftonline.cn/");

    public static Uri EndpointOf(PartnerEnvironment environment) => environment == PartnerEnvironment.China ? China : Worldwide;

    /// <summary>Whether a cloud has users' licences at all: the one operated by 21Vianet has no interface for them (design rule 19).</summary>
    public static bool HasUserLicenses(PartnerEnvironment environment) => environment != PartnerEnvironment.China;

    /// <summary>Refuses an address that would carry the token in the clear over a network.</summary>
    public static void CheckEndpoint(Uri endpoint)
    {
        var secure = endpoint.IsAbsoluteUri
            && (endpoint.Scheme == Uri.UriSchemeHttps || (endpoint.Scheme == Uri.UriSchemeHttp && endpoint.IsLoopback));
        if (!secure)
        {
            throw ErrorCatalog.NotConnected.Exception(
                $"The endpoint {endpoint} is neither https nor on this machine.",
                action: "Give an https address; http is accepted for localhost only.");
        }
    }
}
