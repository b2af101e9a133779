using System;
using System.Linq;
using CspMigration.Sandbox.Spelling;
using Newtonsoft.Json.Linq;

namespace CspMigration.Sandbox.SignIn;

/// <summary>
/// The signed JWT that an application with a certificate sends instead of a secret. Everything is checked except the signature,
/// because the sandbox does not know the certificate.
/// </summary>
internal static class ClientAssertion
{
    private const string Type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private const int SmallestSignature = 256;

    private static readonly string[] Algorithms = ["RS256", "PS256"];

    /// <exception cref="SignInException">The assertion is not valid.</exception>
    public static void Check(TokenRequest request)
    {
        if (request["client_assertion"] is not { } assertion)
        {
            return;
        }

        if (request["client_assertion_type"] != Type)
        {
            throw SignInException.BadAssertion("the client_assertion_type is another");
        }

        var parts = assertion.Split('.');
        if (parts.Length != 3 || Base64Url.Decode(parts[0]) is not { } header || Base64Url.Decode(parts[1]) is not { } claims)
        {
            throw SignInException.BadAssertion("it is no JWT");
        }

        CheckHeader(header, signatureLength: parts[2].Length * 3 / 4);
        CheckClaims(claims, request);
    }

    private static void CheckHeader(JObject header, int signatureLength)
    {
        if (!Algorithms.Contains((string?)header["alg"]) || signatureLength < SmallestSignature)
        {
            throw SignInException.BadAssertion("it is not signed with RS256 or PS256");
        }

        if (header["x5t"] is null && header["x5t#S256"] is null)
        {
            throw SignInException.BadAssertion("it does not name its certificate");
        }
    }

    private static void CheckClaims(JObject claims, TokenRequest request)
    {
        var client = request["client_id"];
        if (!AnyCase.AreEqual((string?)claims["iss"], client) || !AnyCase.AreEqual((string?)claims["sub"], client))
        {
            throw SignInException.BadAssertion("it is not about this application");
        }

        if (!Uri.TryCreate((string?)claims["aud"], UriKind.Absolute, out var audience)
            || !AnyCase.AreEqual(audience.Authority, new Uri(request.Origin).Authority)
            || !audience.AbsolutePath.StartsWith("/" + request.Tenant + "/", StringComparison.OrdinalIgnoreCase))
        {
            throw SignInException.BadAssertion("it is for another audience");
        }

        // The times are from the client's clock, which is independent of the sandbox's.
        if ((long?)claims["exp"] is not { } end || (long?)claims["nbf"] is not { } begin || end <= begin)
        {
            throw SignInException.BadAssertion("it has no time in which it holds");
        }
    }
}
