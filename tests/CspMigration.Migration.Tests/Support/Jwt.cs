using System;
using System.Buffers.Text;
using System.Net;
using System.Security;
using System.Text;
using CspMigration.Core.Sessions;

namespace CspMigration.Migration.Tests.Support;

/// <summary>Access tokens that say things of themselves.</summary>
internal static class Jwt
{
    /// <summary>An unsigned token with these claims, as JSON.</summary>
    public static string Of(string claims) => $"{Encode("""{"typ":"JWT","alg":"none"}""")}.{Encode(claims)}.signature";

    /// <summary>Connects with a token as a stranger to the sandbox would: not embedded, with a journal on disk.</summary>
    public static Action<ConnectionOptions> Use(string token, TemporaryFile journal) => options =>
    {
        options.IsSandbox = false;
        options.AccessToken = Secret(token);
        options.JournalPath = journal.Path;
    };

    private static SecureString Secret(string text) => new NetworkCredential("", text).SecurePassword;

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
