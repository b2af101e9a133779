using System;
using System.Net.Http;
using System.Security;
using CspMigration.Contracts;

namespace CspMigration.PartnerCenter.Authentication;

/// <summary>Which service to reach, and how to sign in there.</summary>
public class ServiceOptions
{
    /// <summary>The address above <c>/v1</c>; null for the cloud's own. Plain HTTP only on this machine.</summary>
    public Uri? Endpoint { get; set; }

    /// <summary>The cloud.</summary>
    public PartnerEnvironment Environment { get; set; }

    /// <summary>An access token for Partner Center.</summary>
    public SecureString? AccessToken { get; set; }

    /// <summary>How to sign in; null where <see cref="AccessToken"/> is given.</summary>
    public SignInOptions? SignIn { get; set; }

    /// <summary>The partner's tenant id; null to take it from the token or the service.</summary>
    public string? TenantId
    {
        get;
        set => field = value is null ? null : CopiedText.Trim(value);
    }

    /// <summary>Answers in place of the network; null for the network.</summary>
    public HttpMessageHandler? Handler { get; set; }

    /// <summary>Whether <see cref="Handler"/> is the embedded sandbox: it needs no token and journals in memory unless told otherwise.</summary>
    public bool IsSandbox { get; set; }

    /// <summary>The clock.</summary>
    internal TimeProvider Time { get; set; } = TimeProvider.System;

    /// <summary>A number from 0 to 1.</summary>
    internal Func<double>? Random { get; set; }

    /// <summary>How long one call may take, waiting included.</summary>
    internal TimeSpan RetryBudget { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long one attempt of a call may take.</summary>
    internal TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(100);
}
