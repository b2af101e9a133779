using System;
using System.Linq;
using System.Net.Http;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using CspMigration.Sandbox.Tests.Support;
using Xunit;

namespace CspMigration.Sandbox.Tests;

public class ServerTests
{
    [Fact]
    public async Task It_prints_its_address_serves_and_stops_on_a_signal()
    {
        using var server = await ServerProcess.Start("--scenario", "seed-mapping", "--seed", "7", "--provisioning-delay", "0");
        Assert.Equal("127.0.0.1", server.Address.Host);
        using var http = Http(server);
        var customers = JsonNode.Parse(await http.GetStringAsync(new Uri("v1/customers", UriKind.Relative)))!["items"]!.AsArray();
        Assert.Equal(10, customers.Count);
        var state = JsonNode.Parse(await http.GetStringAsync(new Uri("sandbox/state", UriKind.Relative)))!;
        Assert.Equal(10, state["customers"]!.AsArray().Count);
        using var expected = new Client("seed-mapping", options => options.Seed = 7);
        Assert.Equal(expected.Customer.Id, (string?)customers[0]!["id"]);
        if (!OperatingSystem.IsWindows())
        {
            var (exitCode, output) = await server.Terminate();
            Assert.Equal((0, ""), (exitCode, output));
        }
    }

    [Fact]
    public async Task It_stops_with_standard_input_if_requested()
    {
        using var server = await ServerProcess.Start("--exit-with-stdin");
        var (exitCode, _) = await server.CloseInput();
        Assert.Equal(0, exitCode);
    }

    [Fact]
    public async Task Faults_break_the_connection_for_real()
    {
        using var server = await ServerProcess.Start();
        using var http = Http(server);
        foreach (var action in new[] { "drop-before", "drop-after", "truncate" })
        {
            using var faults = new StringContent($$"""[{"method":"GET","route":"/v1/customers","action":"{{action}}"}]""");
            using var set = await http.PostAsync(new Uri("sandbox/faults", UriKind.Relative), faults);
            Assert.True(set.IsSuccessStatusCode);
            _ = await Assert.ThrowsAsync<HttpRequestException>(() => http.GetStringAsync(new Uri("v1/customers", UriKind.Relative)));
        }

        Assert.Contains("Contoso", await http.GetStringAsync(new Uri("v1/customers", UriKind.Relative)), StringComparison.Ordinal);
        var requests = JsonNode.Parse(await http.GetStringAsync(new Uri("sandbox/requests", UriKind.Relative)))!;
        Assert.Equal(3, (int)requests["byRoute"]!["GET /v1/customers"]!);
    }

    [Fact]
    public async Task Head_and_body_arrive_in_one_piece_with_a_length()
    {
        using var server = await ServerProcess.Start();
        using var socket = new TcpClient();
        await socket.ConnectAsync(server.Address.Host, server.Address.Port);
        var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes("GET /v1/customers HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer x\r\n\r\n"));
        var buffer = new byte[65536];
        var text = Encoding.UTF8.GetString(buffer, 0, await stream.ReadAsync(buffer));
        Assert.Contains("Content-Length: ", text, StringComparison.Ordinal);
        Assert.EndsWith("}", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Latency_and_the_rate_limit_are_in_force()
    {
        using var server = await ServerProcess.Start("--latency", "1", "--rate-limit", "2");
        using var http = Http(server);
        var statuses = await Task.WhenAll(Enumerable.Range(0, 3).Select(async _ =>
        {
            using var response = await http.GetAsync(new Uri("v1/customers", UriKind.Relative));
            return (int)response.StatusCode;
        }));
        Assert.Equal([200, 200, 429], statuses.Order());
    }

    [Theory]
    [InlineData("--bogus")]
    [InlineData("--port", "http")]
    [InlineData("--port", "65536")]
    [InlineData("--port")]
    [InlineData("--rate-limit", "0")]
    [InlineData("--latency", "-1")]
    [InlineData("--scenario", "fabrikam")]
    [InlineData("--scenario", "contoso:color=red")]
    public async Task An_invalid_argument_stops_it_with_a_message(params string[] arguments)
    {
        using var process = ServerProcess.Launch(arguments);
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(2, process.ExitCode);
        Assert.NotEmpty(error);
        Assert.Empty(await process.StandardOutput.ReadToEndAsync());
    }

    [Fact]
    public async Task Help_lists_the_arguments_and_the_scenarios()
    {
        using var process = ServerProcess.Launch("--help");
        var help = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        Assert.Contains("--provisioning-delay", help, StringComparison.Ordinal);
        Assert.Contains("docs/partner-center.md", help, StringComparison.Ordinal);
        Assert.All(SandboxTenant.Scenarios, scenario => Assert.Contains(scenario.Name, help, StringComparison.Ordinal));
    }

    private static HttpClient Http(ServerProcess server)
    {
        var http = new HttpClient { BaseAddress = server.Address };
        http.DefaultRequestHeaders.Authorization = new("Bearer", "user");
        return http;
    }
}
