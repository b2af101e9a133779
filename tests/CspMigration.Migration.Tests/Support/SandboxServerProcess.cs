using System;
using System.Net.Http;
using System.Net.Http.Json;
using System.Text.Json;
using System.Threading.Tasks;
using CspMigration.Sandbox;

namespace CspMigration.Migration.Tests.Support;

/// <summary>The sandbox server in a process of its own.</summary>
internal sealed class SandboxServerProcess : IDisposable
{
    private const string Announcement = "listening on ";

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web);

    private readonly DotnetProcess _process;
    private readonly HttpClient _http;

    private SandboxServerProcess(DotnetProcess process, Uri address)
    {
        _process = process;
        _http = new HttpClient { BaseAddress = address };
        Address = address;
    }

    public Uri Address { get; }

    public static async Task<SandboxServerProcess> StartAsync(string scenario, int latencyMilliseconds)
    {
        var process = DotnetProcess.Start("Server", "--port", "0", "--scenario", scenario, "--latency", $"{latencyMilliseconds}", "--provisioning-delay", "0", "--exit-with-stdin");
        var line = await process.ReadLineAsync();
        return line?.StartsWith(Announcement, StringComparison.Ordinal) == true
            ? new SandboxServerProcess(process, new Uri(line[Announcement.Length..]))
            : throw new InvalidOperationException($"The server did not start: {line}");
    }

    public async Task<SandboxState> StateAsync() => (await ReadAsync<SandboxState>("sandbox/state"))!;

    /// <summary>How often tokens were asked for.</summary>
    public async Task<long> TokenRequestsAsync()
    {
        using var requests = JsonDocument.Parse(await _http.GetStringAsync("sandbox/requests"));
        return requests.RootElement.GetProperty("byRoute").TryGetProperty("POST /{tenant}/oauth2/v2.0/token", out var count) ? count.GetInt64() : 0;
    }

    public Task ResetAsync(string scenario) => ControlAsync("reset", new { scenario });

    public Task AdvanceClockAsync(string by) => ControlAsync("clock", new { advance = by });

    public Task SetFaultAsync(string method, string route, string action, int times = 1) => ControlAsync("faults", new[] { new { method, route, times, action } });

    public Task AnswerDeviceCodeAsync(string userCode, string answer) => ControlAsync("devicecode", new { userCode, answer });

    public async Task<long> RequestsAsync()
    {
        using var requests = JsonDocument.Parse(await _http.GetStringAsync("sandbox/requests"));
        return requests.RootElement.GetProperty("total").GetInt64();
    }

    public void Dispose()
    {
        _http.Dispose();
        _process.Dispose();
    }

    private async Task ControlAsync(string control, object body)
    {
        using var response = await _http.PostAsJsonAsync("sandbox/" + control, body);
        if (!response.IsSuccessStatusCode)
        {
            throw new InvalidOperationException(await response.Content.ReadAsStringAsync());
        }
    }

    private async Task<T?> ReadAsync<T>(string path) => JsonSerializer.Deserialize<T>(await _http.GetStringAsync(path), Format);
}
