using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.PartnerCenter.Errors;
using CspMigration.PartnerCenter.Observation;
using Microsoft.Identity.Client;

namespace CspMigration.PartnerCenter.Authentication;

/// <summary>A user signs in, with a code on any device or in the browser, unless an earlier sign-in still holds.</summary>
internal sealed class UserSignIn : ISignIn
{
    private readonly IPublicClientApplication _application;
    private readonly IReadOnlyList<string> _scopes;
    private readonly SignInOptions _options;
    private readonly SignInAddress _address;
    private IAccount? _account;

    public UserSignIn(IPublicClientApplication application, IReadOnlyList<string> scopes, SignInOptions options, SignInAddress address)
    {
        _application = application;
        _scopes = scopes;
        _options = options;
        _address = address;
    }

    public string Mode => _options.Method.ToString();

    public bool IsAppOnly => false;

    public async Task<AuthenticationResult> SignInAsync(bool renew, IOperationObserver observer, CancellationToken cancellationToken)
    {
        _account ??= await FindAccountAsync().ConfigureAwait(false);
        var result = await TrySilentlyAsync(renew, observer, cancellationToken).ConfigureAwait(false)
            ?? await PromptAsync(observer, cancellationToken).ConfigureAwait(false);
        _account = result.Account;
        return result;
    }

    private async Task<IAccount?> FindAccountAsync()
    {
        var accounts = (await _application.GetAccountsAsync().ConfigureAwait(false)).ToList();
        if (!_options.PromptAgain)
        {
            return accounts.FirstOrDefault(account => string.Equals(account.HomeAccountId?.TenantId, _address.Tenant, StringComparison.OrdinalIgnoreCase))
                ?? accounts.FirstOrDefault();
        }

        foreach (var account in accounts)
        {
            await _application.RemoveAsync(account).ConfigureAwait(false);
        }

        return null;
    }

    private async Task<AuthenticationResult?> TrySilentlyAsync(bool renew, IOperationObserver observer, CancellationToken cancellationToken)
    {
        if (_account is null)
        {
            return null;
        }

        try
        {
            var result = await _application.AcquireTokenSilent(_scopes, _account).WithForceRefresh(renew).ExecuteAsync(cancellationToken).ConfigureAwait(false);
            if (!renew)
            {
                observer.Verbose($"Signed in as {_account.Username} with the sign-in this system keeps.");
            }

            return result;
        }
        catch (MsalUiRequiredException) when (!renew)
        {
            return null;
        }
    }

    private Task<AuthenticationResult> PromptAsync(IOperationObserver observer, CancellationToken cancellationToken)
    {
        if (!_options.CanAsk)
        {
            throw PartnerCenterErrors.InteractionNeeded.Exception("This session is not interactive, and the sign-in needs a user.");
        }

        return _options.Method == SignInMethod.DeviceCode
            ? _application.AcquireTokenWithDeviceCode(_scopes, code => Show(code, observer)).ExecuteAsync(cancellationToken)
            : _application.AcquireTokenInteractive(_scopes)
                .WithUseEmbeddedWebView(false)
                .WithSystemWebViewOptions(_address.WebView(_options.OpenBrowser))
                .ExecuteAsync(cancellationToken);
    }

    private static Task Show(DeviceCodeResult code, IOperationObserver observer)
    {
        // A warning, because it is the one stream that every host shows unasked and no pipeline takes for output.
        observer.Warning(code.Message);
        observer.Waiting("for the sign-in with the code", code.ExpiresOn - DateTimeOffset.UtcNow);
        return Task.CompletedTask;
    }
}
