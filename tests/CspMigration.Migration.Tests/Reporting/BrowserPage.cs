using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Migration.Tests.Support;
using Xunit;

namespace CspMigration.Migration.Tests.Reporting;

/// <summary>One page in a headless browser, driven over its debugging protocol. Shared by the tests of a class.</summary>
public sealed class BrowserPage : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _profile = new();
    private readonly ClientWebSocket _socket = new();
    private readonly List<JsonNode> _events = [];
    private readonly SemaphoreSlim _turn = new(1, 1);
    private Process? _browser;
    private int _lastId;

    /// <summary>What went wrong in the page shown last: console errors, exceptions, refused loads.</summary>
    public IReadOnlyList<string> Errors => [.. _events
        .Where(message => (string?)message["method"] is "Runtime.exceptionThrown" or "Log.entryAdded"
            || ((string?)message["method"] == "Runtime.consoleAPICalled" && (string?)message["params"]!["type"] is "error" or "assert"))
        .Select(message => message.ToJsonString())];

    /// <summary>What the page shown last has asked for, itself aside.</summary>
    public IReadOnlyList<string> Requests => [.. _events
        .Where(message => (string?)message["method"] == "Network.requestWillBeSent")
        .Select(message => (string)message["params"]!["request"]!["url"]!)
        .Where(url => !url.StartsWith("file:", StringComparison.Ordinal) && !url.StartsWith("data:", StringComparison.Ordinal))];

    public async Task InitializeAsync()
    {
        if (Chromium.Executable is null)
        {
            return;
        }

        _browser = Chromium.Start(_profile.File("profile"));
        using var patience = new CancellationTokenSource(Patience);
        const string Announcement = "DevTools listening on ";
        string? line;
        do
        {
            line = await _browser.StandardError.ReadLineAsync(patience.Token) ?? throw new InvalidOperationException("The browser did not start.");
        }
        while (!line.StartsWith(Announcement, StringComparison.Ordinal));

        // What else it says must not fill the pipe.
        _ = Task.WhenAll(_browser.StandardError.ReadToEndAsync(CancellationToken.None), _browser.StandardOutput.ReadToEndAsync(CancellationToken.None));
        var address = new Uri(line[Announcement.Length..]);
        using var http = new HttpClient();
        var targets = JsonNode.Parse(await http.GetStringAsync(new Uri($"http://{address.Authority}/json/list"), patience.Token))!.AsArray();
        var page = targets.First(target => (string?)target!["type"] == "page")!;
        await _socket.ConnectAsync(new Uri((string)page["webSocketDebuggerUrl"]!), patience.Token);
        foreach (var domain in new[] { "Page", "Runtime", "Log", "Network" })
        {
            _ = await SendAsync($"{domain}.enable");
        }
    }

    /// <summary>Shows a file; returns when it is loaded.</summary>
    /// <param name="path">The file.</param>
    /// <param name="width">The width of the window in CSS pixels.</param>
    /// <param name="media"><c>screen</c> or <c>print</c>.</param>
    /// <param name="scheme"><c>light</c> or <c>dark</c>.</param>
    public async Task ShowAsync(string path, int width, string media, string scheme)
    {
        _events.Clear();
        _ = await SendAsync("Emulation.setScriptExecutionDisabled", new JsonObject { ["value"] = true });
        _ = await SendAsync("Emulation.setDeviceMetricsOverride", new JsonObject
        {
            ["width"] = width,
            ["height"] = 800,
            ["deviceScaleFactor"] = 1,
            ["mobile"] = width < 700,
        });
        _ = await SendAsync("Emulation.setEmulatedMedia", new JsonObject
        {
            ["media"] = media,
            ["features"] = new JsonArray(new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = scheme }),
        });
        _ = await SendAsync("Page.navigate", new JsonObject { ["url"] = new Uri(path).AbsoluteUri });
        await WaitForAsync("Page.loadEventFired");
    }

    /// <summary>The value of an expression in the page.</summary>
    public async Task<JsonNode?> EvaluateAsync(string expression)
    {
        var result = await SendAsync("Runtime.evaluate", new JsonObject { ["expression"] = expression, ["returnByValue"] = true });
        return result["exceptionDetails"] is { } failure ? throw new InvalidOperationException(failure.ToJsonString()) : result["result"]!["value"];
    }

    /// <summary>A picture of the whole page.</summary>
    public async Task<byte[]> CaptureAsync()
    {
        var result = await SendAsync("Page.captureScreenshot", new JsonObject { ["captureBeyondViewport"] = true });
        return Convert.FromBase64String((string)result["data"]!);
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
        {
            _browser.Kill(entireProcessTree: true);
            await _browser.WaitForExitAsync();
        }
    }

    public void Dispose()
    {
        _socket.Dispose();
        _browser?.Dispose();
        _turn.Dispose();
        _profile.Dispose();
    }

    private async Task<JsonNode> SendAsync(string method, JsonObject? parameters = null)
    {
        await _turn.WaitAsync();
        try
        {
            using var patience = new CancellationTokenSource(Patience);
            var id = ++_lastId;
            var message = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters ?? [] };
            await _socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text, endOfMessage: true, patience.Token);
            while (true)
            {
                var answer = await ReceiveAsync(patience.Token);
                if ((int?)answer["id"] == id)
                {
                    return answer["error"] is { } error ? throw new InvalidOperationException($"{method}: {error.ToJsonString()}") : answer["result"]!;
                }

                _events.Add(answer);
            }
        }
        finally
        {
            _ = _turn.Release();
        }
    }

    private async Task WaitForAsync(string method)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!_events.Exists(message => (string?)message["method"] == method))
        {
            _events.Add(await ReceiveAsync(patience.Token));
        }
    }

    private async Task<JsonNode> ReceiveAsync(CancellationToken cancellationToken)
    {
        var buffer = new byte[64 * 1024];
        using var message = new MemoryStream();
        WebSocketReceiveResult part;
        do
        {
            part = await _socket.ReceiveAsync(buffer, cancellationToken);
            message.Write(buffer, 0, part.Count);
        }
        while (!part.EndOfMessage);
        return JsonNode.Parse(message.ToArray())!;
    }
}
