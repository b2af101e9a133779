using System;
using System.Collections.Generic;
using System.Text;
using CspMigration.PartnerCenter.Json;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace CspMigration.PartnerCenter.Http;

/// <summary>What an access token says of itself, where it is a JWT. The signature is the service's business.</summary>
internal sealed class TokenClaims
{
    private TokenClaims(string? tenantId, DateTimeOffset? expiresOn, bool? isAppOnly, string? scopes)
    {
        TenantId = tenantId;
        ExpiresOn = expiresOn;
        IsAppOnly = isAppOnly;
        Scopes = scopes?.Split([' '], StringSplitOptions.RemoveEmptyEntries) ?? [];
    }

    public string? TenantId { get; }

    public DateTimeOffset? ExpiresOn { get; }

    /// <summary>True for an application's own token, false for one on behalf of a user; null where it does not say.</summary>
    public bool? IsAppOnly { get; }

    /// <summary>What it permits on behalf of a user.</summary>
    public IReadOnlyList<string> Scopes { get; }

    /// <summary>The claims; null where the token is not a readable JWT.</summary>
    public static TokenClaims? TryRead(string token)
    {
        var parts = token.Split('.');
        if (parts.Length != 3)
        {
            return null;
        }

        try
        {
            var payload = Encoding.UTF8.GetString(FromBase64Url(parts[1]));
            return ServiceJson.Parse(payload) is JObject json ? FromJson(new ResourceReader(json, "the access token")) : null;
        }
        catch (Exception e) when (e is FormatException or JsonException or ArgumentException)
        {
            return null;
        }
    }

    private static TokenClaims FromJson(ResourceReader claims)
    {
        DateTimeOffset? expiresOn = long.TryParse(claims.Text("exp"), out var seconds) && seconds is > 0 and < 253402300800
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
        bool? isAppOnly = claims.Text("scp") is not null ? false
            : claims.Text("idtyp") == "app" || ServiceJson.Find(claims.Json, "roles") is not null ? true
            : null;
        return new TokenClaims(claims.Text("tid"), expiresOn, isAppOnly, claims.Text("scp"));
    }

    private static byte[] FromBase64Url(string text)
    {
        var padded = text.Replace('-', '+').Replace('_', '/');
        return Convert.FromBase64String(padded.PadRight(padded.Length + ((4 - (padded.Length % 4)) % 4), '='));
    }
}
