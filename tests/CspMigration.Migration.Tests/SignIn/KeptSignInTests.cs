using System;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.PartnerCenter.Authentication;
using CspMigration.TestSupport;
using Microsoft.Identity.Client;
using Xunit;

namespace CspMigration.Migration.Tests.SignIn;

/// <summary>A user who has signed in is not asked again, unless that is wanted.</summary>
public sealed class KeptSignInTests(SignInServer server) : IClassFixture<SignInServer>
{
    [Fact]
    public async Task The_next_session_uses_the_sign_in_that_was_kept()
    {
        using var run = await SignedInRun.PrepareAsync(server.Process);
        using var kept = new KeptApplication(run);

        _ = await kept.SignInAsync();
        Assert.Single(kept.Observer.Warnings);
        _ = await kept.SignInAsync();

        Assert.Single(kept.Observer.Warnings);
        Assert.Contains(kept.Observer.VerboseLines, line => line.Contains("this system keeps", StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_asks_again_where_that_is_wanted_and_forgets_the_one_before()
    {
        using var run = await SignedInRun.PrepareAsync(server.Process);
        using var kept = new KeptApplication(run);
        _ = await kept.SignInAsync();

        run.SignIn.PromptAgain = true;
        _ = await kept.SignInAsync();

        Assert.Equal(2, kept.Observer.Warnings.Count);
        Assert.Single(await kept.Application.GetAccountsAsync());
    }

    [Fact]
    public async Task A_sign_in_that_no_longer_holds_is_asked_for_again_but_not_in_mid_run()
    {
        using var run = await SignedInRun.PrepareAsync(server.Process);
        using var kept = new KeptApplication(run);
        _ = await kept.SignInAsync();
        await server.Process.SetFaultAsync("POST", "/{tenant}/oauth2/v2.0/token", "aadsts:700082");

        _ = await Assert.ThrowsAsync<MsalUiRequiredException>(() => kept.SignInAsync(renew: true));

        Assert.Single(kept.Observer.Warnings);
    }

    // What the system keeps is the library's cache; here it lives as long as the application does.
    private sealed class KeptApplication : IDisposable
    {
        private readonly SignedInRun _run;
        private readonly SignInAddress _address;
        private readonly SignInHttpClient _http;
        private UserSignIn? _signIn;

        public KeptApplication(SignedInRun run)
        {
            _run = run;
            run.SignIn.Method = SignInMethod.DeviceCode;
            _address = SignInAddress.Of(run.Options, run.SignIn);
            _http = new SignInHttpClient(_address, TimeSpan.FromSeconds(30));
            Application = PublicClientApplicationBuilder.Create(run.SignIn.ApplicationId)
                .WithAuthority(_address.Text, validateAuthority: false)
                .WithInstanceDiscovery(false)
                .WithHttpClientFactory(_http)
                .Build();
        }

        public IPublicClientApplication Application { get; }

        public RecordingObserver Observer { get; } = new();

        /// <summary>As a new session does; or, to renew, as the same one.</summary>
        public Task<AuthenticationResult> SignInAsync(bool renew = false)
        {
            _signIn = renew && _signIn is not null ? _signIn : new UserSignIn(Application, ["https://api.partnercenter.microsoft.com/user_impersonation"], _run.SignIn, _address);
            return _signIn.SignInAsync(renew, Observer, CancellationToken.None);
        }

        public void Dispose() => _http.Dispose();
    }
}
