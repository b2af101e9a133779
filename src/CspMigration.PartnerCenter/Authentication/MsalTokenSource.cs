using System;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.PartnerCenter.Http;
using CspMigration.PartnerCenter.Observation;

namespace CspMigration.PartnerCenter.Authentication;

/// <summary>Access tokens from a sign-in: one for all callers, renewed ahead of its end and when the service refuses it.</summary>
internal sealed class MsalTokenSource : IAccessTokenSource, ICustomerTokens, IDisposable
{
    private readonly ISignIn _signIn;
    private readonly IssuedRefreshTokens _refreshTokens;
    private readonly SignInFailure _failure;
    private readonly SignInHttpClient _http;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly Func<string, string, ISignIn>? _customerSignIn;
    private volatile State? _state;

    /// <param name="signIn">Signs in.</param>
    /// <param name="refreshTokens">The refresh tokens that come with it.</param>
    /// <param name="failure">Describes failures.</param>
    /// <param name="http">The way to the sign-in; disposed of with this.</param>
    /// <param name="time">The clock.</param>
    /// <param name="customerSignIn">Signs in at the tenant of a customer, for a service; null where no user could act there.</param>
    public MsalTokenSource(
        ISignIn signIn, IssuedRefreshTokens refreshTokens, SignInFailure failure, SignInHttpClient http, TimeProvider time, Func<string, string, ISignIn>? customerSignIn = null)
    {
        _customerSignIn = customerSignIn;
        _signIn = signIn;
        _refreshTokens = refreshTokens;
        _failure = failure;
        _http = http;
        _time = time;
    }

    public string Mode => _signIn.Mode;

    public bool ActsForUser => _customerSignIn is not null;

    public bool CanRenew => true;

    public async Task<AccessToken> GetAsync(AccessToken? refused, IOperationObserver observer, CancellationToken cancellationToken)
    {
        var token = Good(refused) ?? await RenewAsync(refused, observer, cancellationToken).ConfigureAwait(false);
        _refreshTokens.Emit(observer);
        return token;
    }

    // What it holds is this one's.
    public IAccessTokenSource ForCustomer(string tenantId, string resource)
    {
        return new MsalTokenSource(_customerSignIn!(tenantId, resource), _refreshTokens, _failure, _http, _time);
    }

    public void Dispose()
    {
        _gate.Dispose();
        _http.Dispose();
    }

    private AccessToken? Good(AccessToken? refused)
    {
        return _state is { } state && state.Token != refused && _time.GetUtcNow() < state.RenewOn ? state.Token : null;
    }

    private async Task<AccessToken> RenewAsync(AccessToken? refused, IOperationObserver observer, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // Whoever held the gate before may have brought it.
            return Good(refused) ?? await SignInAsync(refused, observer, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _ = _gate.Release();
        }
    }

    private async Task<AccessToken> SignInAsync(AccessToken? refused, IOperationObserver observer, CancellationToken cancellationToken)
    {
        var former = _state?.Token;
        try
        {
            var signingIn = _signIn.SignInAsync(renew: former is not null, observer, cancellationToken);
            if (ActsForUser)
            {
                _refreshTokens.Rotation = signingIn;
            }

            var result = await signingIn.ConfigureAwait(false);
            var token = AccessToken.Of(result.AccessToken, result.ExpiresOn, _signIn.IsAppOnly ? true : null, result.Scopes);
            _state = new State(token, TokenLifetime.RenewalOf(_time.GetUtcNow(), result.ExpiresOn));
            if (former is not null)
            {
                observer.Verbose($"The access token was renewed; the new one ends on {result.ExpiresOn.UtcDateTime:u}.");
            }

            return token;
        }
        catch (Exception e) when (SignInFailure.Explains(e))
        {
            // An expected end of ours, however the library shows it.
            cancellationToken.ThrowIfCancellationRequested();
            var failure = _failure.ToException(e, _refreshTokens.Latest);
            return former is not null && former != refused && former.ExpiresOn > _time.GetUtcNow() && RetryRules.IsTransient(failure)
                ? KeepFormer(former, failure, observer)
                : throw failure;
        }
    }

    private AccessToken KeepFormer(AccessToken former, CspMigrationException failure, IOperationObserver observer)
    {
        observer.Verbose($"The access token could not be renewed yet and is used on until {former.ExpiresOn?.UtcDateTime:u}. {failure.Problem}");
        _state = new State(former, _time.GetUtcNow() + TokenLifetime.PauseAfterFailure);
        return former;
    }

    private sealed class State
    {
        public State(AccessToken token, DateTimeOffset renewOn)
        {
            Token = token;
            RenewOn = renewOn;
        }

        public AccessToken Token { get; }

        public DateTimeOffset RenewOn { get; }
    }
}
