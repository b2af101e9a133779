using System.Net;
using CspMigration.Contracts;
using CspMigration.Core.Sessions;
using CspMigration.PartnerCenter.Authentication;
using Microsoft.Identity.Client;
using Xunit;

namespace CspMigration.Core.Tests.Authentication;

public sealed class SignInFailureTests
{
    [Fact]
    public void Secrets_the_service_repeats_are_hidden()
    {
        var signIn = new SignInOptions { ApplicationId = "app", Secret = new NetworkCredential("", "s3cret").SecurePassword };
        var address = SignInAddress.Of(new ConnectionOptions { TenantId = "contoso.com" }, signIn);
        var library = new MsalServiceException("invalid_client", "AADSTS7000215: Invalid client secret s3cret with r3fresh.", 401);

        var e = new SignInFailure(address, signIn).ToException(library, "r3fresh");

        Assert.Equal("CredentialRefused", e.ErrorId);
        Assert.DoesNotContain("s3cret", e.ToString(), System.StringComparison.Ordinal);
        Assert.DoesNotContain("r3fresh", e.ToString(), System.StringComparison.Ordinal);
        Assert.Contains("(secret)", e.Message, System.StringComparison.Ordinal);
        Assert.Null(e.InnerException);
    }

    [Theory]
    [InlineData(PartnerEnvironment.Global, "https://login.microsoftonline.com/contoso.com", "https://api.partnercenter.microsoft.com")]
    [InlineData(PartnerEnvironment.USGovernment, "https://login.microsoftonline.us/contoso.com", "https://api.partnercenter.microsoft.com")]
    [InlineData(PartnerEnvironment.China, "https://login.chinacloudapi.cn/contoso.com", "https://partner.partnercenterapi.microsoftonline.cn")]
    public void Each_cloud_signs_in_at_its_own_address_for_its_own_service(PartnerEnvironment environment, string address, string resource)
    {
        var options = new ConnectionOptions { TenantId = "contoso.com", Environment = environment };

        var signIn = SignInAddress.Of(options, new SignInOptions());

        Assert.Equal(address, signIn.Text);
        Assert.False(signIn.IsLoopback);
        Assert.Equal(resource, Clouds.ResourceOf(environment));
    }

    [Theory]
    [InlineData("http://127.0.0.1:5080", "https://127.0.0.1:5080/contoso.com", true)]
    [InlineData("https://localhost:5081", "https://localhost:5081/contoso.com", true)]
    [InlineData("https://login.example.com", "https://login.example.com/contoso.com", false)]
    public void An_address_on_this_machine_is_told_from_others(string authority, string text, bool isLoopback)
    {
        var address = SignInAddress.Of(new ConnectionOptions { TenantId = "contoso.com" }, new SignInOptions { Authority = new System.Uri(authority) });

        Assert.Equal(text, address.Text);
        Assert.Equal(isLoopback, address.IsLoopback);
    }
}
