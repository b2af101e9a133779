using System;
using System.Globalization;
using System.Linq;
using CspMigration.Sandbox.State;
using Newtonsoft.Json.Linq;

namespace CspMigration.Sandbox.SignIn;

/// <summary>Issues tokens for a valid grant.</summary>
internal sealed class TokenIssuer
{
    private const string DeviceCodeGrant = "urn:ietf:params:oauth:grant-type:device_code";

    private readonly World _world;
    private readonly TokenRequest _request;
    private readonly DateTimeOffset _now;

    public TokenIssuer(World world, TokenRequest request, DateTimeOffset now)
    {
        _world = world;
        _request = request;
        _now = now;
    }

    private long IssuedAt => _now.ToUnixTimeSeconds();

    private long EndsAt => (_now + _world.TokenLifetime).ToUnixTimeSeconds();

    // The tenant of a customer; null for the partner's own, and for any other.
    private Customer? Customer => _world.Customers.Find(_request.TenantId);

    private GraphConsent Consent => Customer?.Terms.GraphConsent ?? _world.GraphConsent;

    private string GraphScopes => Consent == GraphConsent.Read
        ? "User.Read.All"
        : "Group.Read.All LicenseAssignment.ReadWrite.All User.Read.All User.ReadWrite.All";

    private string UserId => _world.Ids.Guid("signed-in user");

    /// <exception cref="SignInException">The grant is not valid.</exception>
    public JObject Issue()
    {
        var grant = _request.Require("grant_type");
        _ = _request.Require("client_id");
        ClientAssertion.Check(_request);
        switch (grant)
        {
            case "client_credentials":
                return _request["client_secret"] == null && _request["client_assertion"] == null
                    ? throw SignInException.NoClientSecret()
                    : Response(AccessToken.OfApplication(Claims()));
            case "refresh_token":
                return RedeemRefreshToken(_request.Require("refresh_token"))
                    ? UserResponse()
                    : throw SignInException.Spent("refresh token");
            case "authorization_code":
                return _world.Grants.TryRedeemCode(_request.Require("code"))
                    ? UserResponse()
                    : throw SignInException.Spent("authorization code");
            case "device_code":
            case DeviceCodeGrant:
                return Response(_world.Grants.RedeemDeviceCode(_request.Require("device_code"), _now));
            default:
                throw SignInException.UnknownGrant(grant);
        }
    }

    public JObject DeviceCode()
    {
        _ = _request.Require("client_id");
        var page = _request.Origin + "/devicelogin";
        var code = _world.Grants.NextDeviceCode(_now, mustBeGranted: _world.DeviceCodesWait);
        var userCode = Grants.UserCodeOf(code);
        return new JObject
        {
            ["user_code"] = userCode,
            ["device_code"] = code,
            ["verification_uri"] = page,
            ["expires_in"] = (int)Grants.DeviceCodeLifetime.TotalSeconds,
            ["interval"] = (int)Grants.DeviceCodeInterval.TotalSeconds,
            ["message"] = $"To sign in, open {page} and enter the code {userCode}.",
        };
    }

    private JObject Response(DeviceCodeStatus status) => status switch
    {
        DeviceCodeStatus.Redeemed => UserResponse(),
        DeviceCodeStatus.Pending => throw SignInException.Pending(),
        DeviceCodeStatus.Declined => throw SignInException.Declined(),
        DeviceCodeStatus.Expired => throw SignInException.DeviceCodeExpired(),
        _ => throw SignInException.Spent("device code"),
    };

    // At a customer's tenant it serves any number of times.
    private bool RedeemRefreshToken(string token) => Customer is null
        ? _world.Grants.TryRedeemRefreshToken(token, _now)
        : _world.Grants.IsRefreshTokenValid(token, _now);

    private JObject UserResponse()
    {
        if (_request.IsForGraph)
        {
            CheckGraph();
        }

        var claims = Claims();
        claims["oid"] = UserId;
        claims["upn"] = PartnerIdentity.UserPrincipalName;
        claims["scp"] = _request.IsForGraph ? GraphScopes : "user_impersonation";
        claims["amr"] = _world.LacksMultiFactor ? new JArray("pwd") : new JArray("pwd", "mfa");
        var response = Response(AccessToken.OfUser(claims));
        response["refresh_token"] = _world.Grants.NextRefreshToken(_now);
        response["id_token"] = AccessToken.Identity(IdentityClaims());
        response["client_info"] = Base64Url.Encode(new JObject { ["uid"] = UserId, ["utid"] = _request.TenantId });
        return response;
    }

    private JObject Response(string accessToken)
    {
        var seconds = EndsAt - IssuedAt;
        return new JObject
        {
            ["token_type"] = "Bearer",
            ["scope"] = _request.IsForGraph ? string.Join(" ", GraphScopes.Split(' ').Select(scope => AccessToken.GraphAudience + "/" + scope)) : _request.Scope,
            ["expires_in"] = seconds,
            ["ext_expires_in"] = seconds,
            ["access_token"] = accessToken,
        };
    }

    private JObject Claims() => new()
    {
        ["aud"] = _request.IsForGraph ? AccessToken.GraphAudience : "https://api.partnercenter.microsoft.com",
        ["iss"] = Issuer(),
        ["iat"] = IssuedAt,
        ["nbf"] = IssuedAt,
        ["exp"] = EndsAt,
        ["tid"] = _request.TenantId,
        ["appid"] = _request["client_id"],
        ["uti"] = _world.Grants.NextId(),
        ["ver"] = "1.0",
    };

    private void CheckGraph()
    {
        var customer = Customer ?? throw SignInException.OfNumber(90002)!;
        if (!customer.IsReseller || (customer.DelegationRefusal is { } refusal && refusal != DelegationRefusal.ConditionalAccess))
        {
            throw SignInException.OfNumber(50020)!;
        }

        var number = customer.DelegationRefusal != null ? 53003 : _world.LacksMultiFactor ? 50076 : Consent == GraphConsent.None ? 65001 : 0;
        if (number != 0)
        {
            throw SignInException.OfNumber(number)!;
        }
    }

    private JObject IdentityClaims()
    {
        var claims = new JObject
        {
            ["aud"] = _request["client_id"],
            ["iss"] = Issuer(),
            ["iat"] = IssuedAt,
            ["nbf"] = IssuedAt,
            ["exp"] = EndsAt,
            ["name"] = "Sandbox Agent",
            ["oid"] = UserId,
            ["preferred_username"] = PartnerIdentity.UserPrincipalName,
            ["sub"] = UserId,
            ["tid"] = _request.TenantId,
            ["ver"] = "2.0",
        };
        if (_request["nonce"] is { } nonce)
        {
            claims["nonce"] = nonce;
        }

        return claims;
    }

    private string Issuer() => string.Format(CultureInfo.InvariantCulture, "{0}/{1}/v2.0", _request.Origin, _request.TenantId);
}
