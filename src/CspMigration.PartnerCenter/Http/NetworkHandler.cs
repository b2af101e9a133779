using System;
using System.Net;
using System.Net.Http;
using System.Runtime.InteropServices;
using System.Security.Authentication;

namespace CspMigration.PartnerCenter.Http;

/// <summary>The way to the network, for calls and for the sign-in.</summary>
internal static class NetworkHandler
{
    public static HttpClientHandler Create()
    {
        var handler = new HttpClientHandler
        {
            // A redirect could carry the token to another host.
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate,
            MaxConnectionsPerServer = 256,
        };
        if (RuntimeInformation.FrameworkDescription.StartsWith(".NET Framework", StringComparison.Ordinal))
        {
            // Older Windows offers .NET Framework nothing better by itself.
            handler.SslProtocols = SslProtocols.Tls12;
        }

        return handler;
    }
}
