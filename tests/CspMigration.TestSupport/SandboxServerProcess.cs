using System;
using System.Net.Http;
using System.Net.Http.Json;
using System.Text.Json;
using System.Threading.Tasks;
using CspMigration.Sandbox;

namespace CspMigration.TestSupport;

/// <summary>The sandbox server in a process of its own.</summary>
public sealed class SandboxServerProcess : IDisposable
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

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>Starts one on a free port.</summary>
    /// <param name="scenario">What its partner has.</param>
    /// <param name="arguments">What else its command line says.</param>
    public static async Task<SandboxServerProcess> StartAsync(string scenario, params string[] arguments)
    {
        var process = DotnetProcess.Start("Server", ["--port", "0", "--scenario", scenario, "--exit-with-stdin", .. arguments]);
        var line = await process.ReadLineAsync();
        return line?.StartsWith(Announcement, StringComparison.Ordinal) == true
            ? new SandboxServerProcess(process, new Uri(line[Announcement.Length..]))
            : throw new InvalidOperationException($"The server did not start: {line}");
    }

    /// <summary>What the partner has now.</summary>
    public async Task<SandboxState> StateAsync() => (await ReadAsync<SandboxState>("sandbox/state"))!;

    /// <summary>How often tokens were asked for.</summary>
    public async Task<long> TokenRequestsAsync()
    {
        using var requests = JsonDocument.Parse(await _http.GetStringAsync("sandbox/requests"));
        return requests.RootElement.GetProperty("byRoute").TryGetProperty("POST /{tenant}/oauth2/v2.0/token", out var count) ? count.GetInt64() : 0;
    }

    /// <summary>Fills it again.</summary>
    public Task ResetAsync(string scenario) => ControlAsync("reset", new { scenario });

    /// <summary>Lets time pass in it, by an ISO 8601 duration.</summary>
    public Task AdvanceClockAsync(string by) => ControlAsync("clock", new { advance = by });

    /// <summary>Lets the next requests of a route go wrong.</summary>
    public Task SetFaultAsync(string method, string route, string action, int times = 1) => ControlAsync("faults", new[] { new { method, route, times, action } });

    /// <summary>Does what the user would who was shown a device code: grant or decline.</summary>
    public Task AnswerDeviceCodeAsync(string userCode, string answer) => ControlAsync("devicecode", new { userCode, answer });

    /// <summary>How often it was asked, but for its controls.</summary>
    public Task<long> RequestsAsync() => CountAsync("total");

    /// <summary>How many requests it answered with 429.</summary>
    public Task<long> ThrottledAsync() => CountAsync("throttled");

    /// <inheritdoc/>
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

    private async Task<long> CountAsync(string member)
    {
        using var requests = JsonDocument.Parse(await _http.GetStringAsync("sandbox/requests"));
        return requests.RootElement.GetProperty(member).GetInt64();
    }

    private async Task<T?> ReadAsync<T>(string path) => JsonSerializer.Deserialize<T>(await _http.GetStringAsync(path), Format);
}
