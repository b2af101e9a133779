using System;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Security.Authentication;
using CspMigration.PartnerCenter.Http;
using Xunit;

namespace CspMigration.Core.Tests.PartnerCenter.Http;

public sealed class ConnectionFailureTests
{
    private static readonly Uri Address = new("https://partner.example/v1/");

    [Theory]
    [InlineData(SocketError.HostNotFound, "the name partner.example does not resolve", true)]
    [InlineData(SocketError.NoData, "the name partner.example does not resolve", true)]
    [InlineData(SocketError.TryAgain, "the name partner.example does not resolve", false)]
    [InlineData(SocketError.NoRecovery, "the name partner.example does not resolve", false)]
    [InlineData(SocketError.ConnectionRefused, "partner.example:443 refuses connections", true)]
    [InlineData(SocketError.HostUnreachable, "partner.example:443 cannot be reached from here", true)]
    [InlineData(SocketError.NetworkUnreachable, "partner.example:443 cannot be reached from here", true)]
    public void A_socket_that_was_never_opened_says_why(SocketError error, string reason, bool isLasting)
    {
        var failure = ConnectionFailure.Of(new HttpRequestException("Outer.", new SocketException((int)error)), Address);

        Assert.StartsWith(reason, failure?.Reason, StringComparison.Ordinal);
        Assert.Equal(isLasting, failure?.IsLasting);
    }

    [Fact]
    public void What_does_not_speak_TLS_or_is_not_trusted_says_so()
    {
        var e = new HttpRequestException(
            "The SSL connection could not be established, see inner exception.", new AuthenticationException("Cannot determine the frame size or a corrupted frame was received."));

        var failure = ConnectionFailure.Of(e, Address);

        Assert.Equal("no secure connection to partner.example:443 (Cannot determine the frame size or a corrupted frame was received)", failure?.Reason);
        Assert.True(failure?.IsLasting);
    }

    // As .NET Framework shows it.
    [Theory]
    [InlineData(WebExceptionStatus.NameResolutionFailure, "the name partner.example does not resolve (Words)")]
    [InlineData(WebExceptionStatus.TrustFailure, "no secure connection to partner.example:443 (Words)")]
    [InlineData(WebExceptionStatus.SecureChannelFailure, "no secure connection to partner.example:443 (Words)")]
    public void A_web_exception_says_the_same(WebExceptionStatus status, string reason)
    {
        var failure = ConnectionFailure.Of(new HttpRequestException("Outer.", new WebException("Words.", status)), Address);

        Assert.Equal(reason, failure?.Reason);
        Assert.True(failure?.IsLasting);
    }

    [Fact]
    public void A_connection_that_was_there_and_broke_is_none_of_these()
    {
        Assert.Null(ConnectionFailure.Of(new HttpRequestException("Outer.", new IOException("Cut.", new SocketException((int)SocketError.ConnectionReset))), Address));
        Assert.Null(ConnectionFailure.Of(new OperationCanceledException(), Address));
    }
}
