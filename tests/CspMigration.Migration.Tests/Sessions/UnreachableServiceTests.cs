using System;
using System.Net;
using System.Net.Sockets;
using System.Security;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Sessions;
using CspMigration.Migration.Tests.Support;
using Xunit;

namespace CspMigration.Migration.Tests.Sessions;

/// <summary>Connections that cannot work, over real sockets: they fail at once, and say why.</summary>
public sealed class UnreachableServiceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_port_that_is_closed_says_so()
    {
        var port = FreePort();

        var e = await RefuseAsync(new Uri($"http://127.0.0.1:{port}/"));

        Assert.Equal("ServiceUnavailable", e.ErrorId);
        Assert.Contains($"127.0.0.1:{port} refuses connections", e.Message, StringComparison.Ordinal);
        Assert.Contains("-Endpoint", e.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_https_address_that_speaks_http_says_so()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var serving = SpeakHttpAsync(server);
        var port = ((IPEndPoint)server.LocalEndpoint).Port;

        var e = await RefuseAsync(new Uri($"https://127.0.0.1:{port}/"));

        Assert.Equal("ServiceUnavailable", e.ErrorId);
        Assert.Contains($"no secure connection to 127.0.0.1:{port}", e.Message, StringComparison.Ordinal);
        server.Stop();
        await serving;
    }

    [Fact]
    public async Task A_token_in_two_lines_says_so_before_anything_is_sent()
    {
        var e = await RefuseAsync(new Uri($"http://127.0.0.1:{FreePort()}/"), "first line\nsecond line");

        Assert.Equal("Unauthorized", e.ErrorId);
        Assert.Contains("character 11 of 22 is a line end", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("first line", e.Message, StringComparison.Ordinal);
    }

    private async Task<CspMigrationException> RefuseAsync(Uri endpoint, string token = "token")
    {
        using var secret = new SecureString();
        foreach (var character in token)
        {
            secret.AppendChar(character);
        }

        var options = new ConnectionOptions { Endpoint = endpoint, AccessToken = secret, JournalPath = _folder.File("journal.jsonl") };
        return await Assert.ThrowsAsync<CspMigrationException>(() => PartnerSession.ConnectAsync(options, new SilentObserver(), CancellationToken.None));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    // What a plain HTTP server makes of a TLS greeting.
    private static async Task SpeakHttpAsync(TcpListener server)
    {
        try
        {
            while (true)
            {
                using var client = await server.AcceptTcpClientAsync();
                var stream = client.GetStream();
                _ = await stream.ReadAsync(new byte[1024]);
                await stream.WriteAsync(Encoding.ASCII.GetBytes("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
