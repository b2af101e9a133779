using System;
using System.Security;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Core.Sessions;

namespace CspMigration.Core.Authentication;

/// <summary>One access token, given by the user; it cannot be renewed.</summary>
internal sealed class FixedTokenSource : IAccessTokenSource, IDisposable
{
    private readonly SecureString _token;
    private AccessToken? _read;

    /// <param name="token">The token; copied, so that the caller may dispose of its own.</param>
    /// <param name="mode">How it is named to the user.</param>
    public FixedTokenSource(SecureString token, string mode)
    {
        _token = token.Copy();
        _token.MakeReadOnly();
        Mode = mode;
    }

    public string Mode { get; }

    public bool CanRenew => false;

    public Task<AccessToken> GetAsync(AccessToken? refused, IOperationObserver observer, CancellationToken cancellationToken)
    {
        return Task.FromResult(_read ??= AccessToken.Of(SecretText.Read(_token)));
    }

    public void Dispose() => _token.Dispose();
}
