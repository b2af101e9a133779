using System;
using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace CspMigration.Sandbox.SignIn;

/// <summary>JSON in the Base64url encoding of tokens.</summary>
internal static class Base64Url
{
    public static string Encode(JObject members) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes(members.ToString(Formatting.None))).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    /// <summary>Null if the text is not an encoded object.</summary>
    public static JObject? Decode(string text)
    {
        var padded = text.Replace('-', '+').Replace('_', '/').PadRight((text.Length + 3) / 4 * 4, '=');
        try
        {
            return JToken.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(padded))) as JObject;
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            return null;
        }
    }
}
