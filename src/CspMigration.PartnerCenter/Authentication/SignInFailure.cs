using System;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Text.RegularExpressions;
using CspMigration.Contracts;
using CspMigration.PartnerCenter.Errors;
using Microsoft.Identity.Client;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace CspMigration.PartnerCenter.Authentication;

/// <summary>Turns a failed sign-in into the module's exception; the library's own never gets out, nor any secret in its words.</summary>
internal sealed class SignInFailure
{
    private static readonly Regex Number = new(@"AADSTS(?<number>\d+)", RegexOptions.CultureInvariant);
    private static readonly Regex Trailer = new(@"\s*Trace ID:.*", RegexOptions.CultureInvariant | RegexOptions.Singleline);

    private readonly SignInAddress _address;
    private readonly SignInOptions _options;

    public SignInFailure(SignInAddress address, SignInOptions options)
    {
        _address = address;
        _options = options;
    }

    /// <summary>Whether an exception is a sign-in that failed.</summary>
    public static bool Explains(Exception e) => e is MsalException or HttpRequestException or OperationCanceledException or IOException;

    /// <param name="e">What the library threw.</param>
    /// <param name="refreshToken">The refresh token that was used, which must not be repeated.</param>
    public CspMigrationException ToException(Exception e, string? refreshToken)
    {
        var service = e as MsalServiceException;
        var words = Hide(WordsOf(e), refreshToken);
        var match = Number.Match(words);
        var number = match.Success ? match.Groups["number"].Value : null;
        var (definition, remedy) = SignInErrors.Find(number) ?? WithoutNumber(e, service);
        var problem = $"Signing in at {_address.Authority.Authority} as the application {_options.ApplicationId} failed: {words.TrimEnd('.')}.";
        return new CspMigrationException(definition.Id, problem, remedy ?? definition.Remedy)
        {
            StatusCode = service is { StatusCode: > 0 } ? service.StatusCode : null,
            ServiceCode = number is null ? (e as MsalException)?.ErrorCode : match.Value,
            ServiceDescription = service is null ? null : words,
            CorrelationId = service?.CorrelationId,
        };
    }

    private static (ErrorDefinition Definition, Remedy? Remedy) WithoutNumber(Exception e, MsalServiceException? service)
    {
        return (e as MsalException)?.ErrorCode switch
        {
            "request_timeout" => (PartnerCenterErrors.RequestTimeout, null),
            "authentication_canceled" or "access_denied" or "authorization_declined" => (PartnerCenterErrors.SignInRefused, ServiceRemedies.AcceptSignIn()),
            "code_expired" or "expired_token" => (PartnerCenterErrors.SignInRefused, ServiceRemedies.EnterCodeInTime()),
            "linux_xdg_open_failed" or "platform_not_supported" => (PartnerCenterErrors.InteractionNeeded, ServiceRemedies.UseDeviceCode()),
            "invalid_grant" or "no_tokens_found" => (PartnerCenterErrors.RefreshTokenRefused, null),
            "invalid_client" => (PartnerCenterErrors.CredentialRefused, null),
            _ => ByStatus(e, service),
        };
    }

    private static (ErrorDefinition Definition, Remedy? Remedy) ByStatus(Exception e, MsalServiceException? service)
    {
        return service?.StatusCode switch
        {
            429 => (PartnerCenterErrors.Throttled, null),
            >= 500 => (PartnerCenterErrors.ServiceUnavailable, null),
            > 0 => (PartnerCenterErrors.SignInRefused, null),
            _ => e is OperationCanceledException ? (PartnerCenterErrors.RequestTimeout, null)
                : e is MsalClientException ? (PartnerCenterErrors.SignInRefused, null)
                : (PartnerCenterErrors.ServiceUnavailable, ServiceRemedies.CheckNetwork()),
        };
    }

    private static string WordsOf(Exception e)
    {
        var description = e is MsalServiceException { ResponseBody: { Length: > 0 } body } ? Description(body) : null;
        var innermost = e is MsalServiceException ? e : e.GetBaseException();
        return Trailer.Replace(description ?? innermost.Message, "").Trim();
    }

    private static string? Description(string body)
    {
        try
        {
            return (string?)JObject.Parse(body)["error_description"];
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            return null;
        }
    }

    private string Hide(string words, string? refreshToken)
    {
        var secrets = new[] { refreshToken, Read(_options.RefreshToken), Read(_options.Secret) };
        return secrets.OfType<string>().Where(secret => secret.Length > 0).Aggregate(words, (text, secret) => text.Replace(secret, "(secret)"));
    }

    private static string? Read(System.Security.SecureString? secret) => secret is null ? null : SecretText.Read(secret);
}
