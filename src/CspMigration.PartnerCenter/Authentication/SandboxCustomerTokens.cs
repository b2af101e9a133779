using System;
using System.Collections.Generic;
using System.IO;
using System.Net.Http;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.PartnerCenter.Errors;
using CspMigration.PartnerCenter.Http;
using CspMigration.PartnerCenter.Json;
using CspMigration.PartnerCenter.Observation;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace CspMigration.PartnerCenter.Authentication;

/// <summary>The tokens of one customer's tenant in the embedded sandbox, from its own sign-in.</summary>
internal sealed class SandboxCustomerTokens : IAccessTokenSource, IDisposable
{
    private static readonly Regex Number = new(@"AADSTS(?<number>\d+)", RegexOptions.CultureInvariant);

    private readonly ServiceOptions _options;
    private readonly string _tenantId;
    private readonly string _resource;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private volatile AccessToken? _token;

    public SandboxCustomerTokens(ServiceOptions options, string tenantId, string resource)
    {
        _options = options;
        _tenantId = tenantId;
        _resource = resource;
    }

    public string Mode => "Sandbox";

    public bool CanRenew => true;

    public async Task<AccessToken> GetAsync(AccessToken? refused, IOperationObserver observer, CancellationToken cancellationToken)
    {
        if (IsGood(_token, refused))
        {
            return _token!;
        }

        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return IsGood(_token, refused) ? _token! : _token = await SignInAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _ = _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private bool IsGood(AccessToken? token, AccessToken? refused) => token is not null && token != refused && _options.Time.GetUtcNow() < token.ExpiresOn;

    private async Task<AccessToken> SignInAsync(CancellationToken cancellationToken)
    {
        using var http = new HttpMessageInvoker(_options.Handler!, disposeHandler: false);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_options.Endpoint!, $"{Uri.EscapeDataString(_tenantId)}/oauth2/v2.0/token"))
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["grant_type"] = "refresh_token",
                ["client_id"] = "sandbox",
                ["refresh_token"] = "sandbox",
                ["scope"] = _resource + "/.default",
            }),
        };
        try
        {
            using var response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
            var json = ServiceJson.Parse(await response.Content.ReadAsStringAsync().ConfigureAwait(false));
            var body = new ResourceReader(json as JObject ?? throw new JsonException("The answer is not an object."), "the answer to the sign-in");
            return response.IsSuccessStatusCode ? AccessToken.Of(CopiedText.AccessToken(body.RequiredText("access_token"))) : throw Refused((int)response.StatusCode, body.Text("error_description") ?? "");
        }
        catch (Exception e) when (e is HttpRequestException or IOException or JsonException)
        {
            throw PartnerCenterErrors.ServiceUnavailable.Exception($"Signing in at the customer's tenant failed: {e.Message}", CustomerId.From(_tenantId), inner: e);
        }
    }

    private CspMigrationException Refused(int status, string words)
    {
        var match = Number.Match(words);
        var (definition, remedy) = SignInErrors.Find(match.Groups["number"].Value) ?? (status == 429 ? PartnerCenterErrors.Throttled : status >= 500 ? PartnerCenterErrors.ServiceUnavailable : PartnerCenterErrors.SignInRefused, null);
        return new CspMigrationException(definition.Id, $"Signing in at the customer's tenant failed: {words.TrimEnd('.')}.", remedy ?? definition.Remedy)
        {
            CustomerId = _tenantId,
            StatusCode = status,
            ServiceCode = match.Success ? match.Value : null,
            ServiceDescription = words,
        };
    }
}
