using System;
using Newtonsoft.Json.Linq;

namespace CspMigration.Sandbox.SignIn;

/// <summary>
/// The tokens that the sandbox issues. A token with a user is an unsigned JWT; a token of the application alone begins with
/// <c>app-only</c> and is not a JWT.
/// </summary>
internal static class AccessToken
{
    public const string AppOnlyPrefix = "app-only";

    private const string Marker = "sandbox";

    private static readonly string UserHeader = Base64Url.Encode(new JObject { ["typ"] = "JWT", ["alg"] = "none" });

    public static string OfUser(JObject claims) => Write(UserHeader, claims);

    public static string OfApplication(JObject claims) => Write(AppOnlyPrefix, claims);

    /// <summary>An unsigned id token.</summary>
    public static string Identity(JObject claims) => $"{UserHeader}.{Base64Url.Encode(claims)}.";

    /// <summary>The resource of the tokens for Microsoft Graph.</summary>
    public const string GraphAudience = "https://graph.microsoft.com";

    /// <summary>The claims of a token; null for a token that was not issued here.</summary>
    public static JObject? ClaimsOf(string token)
    {
        var parts = token.Split('.');
        return parts.Length == 3 && parts[2] == Marker ? Base64Url.Decode(parts[1]) : null;
    }

    /// <summary>When a token expires; null for a token that was not issued here.</summary>
    public static DateTimeOffset? EndOf(string token) => (long?)ClaimsOf(token)?["exp"] is { } end ? DateTimeOffset.FromUnixTimeSeconds(end) : null;

    private static string Write(string header, JObject claims) => $"{header}.{Base64Url.Encode(claims)}.{Marker}";
}
