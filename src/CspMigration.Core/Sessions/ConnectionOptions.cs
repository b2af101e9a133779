using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Security;
using CspMigration.Contracts;
using CspMigration.Core.Authentication;
using CspMigration.Core.Journal;

namespace CspMigration.Core.Sessions;

/// <summary>How to connect to Partner Center.</summary>
public sealed class ConnectionOptions
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

    /// <summary>The journal's file; null for the default.</summary>
    public string? JournalPath { get; set; }

    /// <summary>SKU maps to use beside the built-in one and the user's own.</summary>
    public IReadOnlyList<string> SkuMapPaths { get; set; } = [];

    /// <summary>Answers in place of the network; null for the network.</summary>
    public HttpMessageHandler? Handler { get; set; }

    /// <summary>Whether <see cref="Handler"/> is the embedded sandbox: it needs no token and journals in memory unless told otherwise.</summary>
    public bool IsSandbox { get; set; }

    /// <summary>The clock.</summary>
    internal TimeProvider Time { get; set; } = TimeProvider.System;

    /// <summary>A number from 0 to 1.</summary>
    internal Func<double>? Random { get; set; }

    /// <summary>Puts something between the steps and their journal, as <see cref="Handler"/> can before the network; null for nothing.</summary>
    internal Func<IJournal, IJournal>? BeforeJournal { get; set; }

    /// <summary>How long one call may take, waiting included.</summary>
    internal TimeSpan RetryBudget { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long one attempt of a call may take.</summary>
    internal TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(100);
}
