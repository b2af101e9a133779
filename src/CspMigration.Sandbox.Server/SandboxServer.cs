using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CspMigration.Sandbox.Server;

/// <summary>A tenant on a loopback socket.</summary>
internal static class SandboxServer
{
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(2);

    /// <summary>Serves until it is stopped. The exit code is 0, or 1 if the port cannot be opened.</summary>
    public static async Task<int> RunAsync(ServerArguments arguments)
    {
        var app = Create(arguments);
        await using var _ = app.ConfigureAwait(false);
        try
        {
            await app.StartAsync().ConfigureAwait(false);
        }
        catch (IOException e)
        {
            await Console.Error.WriteLineAsync(e.Message).ConfigureAwait(false);
            return 1;
        }

        await Console.Out.WriteLineAsync("listening on " + app.Urls.First()).ConfigureAwait(false);
        await Console.Out.FlushAsync().ConfigureAwait(false);
        if (arguments.ExitsWithStdin)
        {
            new Thread(() => StopWithStdin(app)) { IsBackground = true }.Start();
        }

        await app.WaitForShutdownAsync().ConfigureAwait(false);
        return 0;
    }

    private static WebApplication Create(ServerArguments arguments)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        _ = builder.Logging.ClearProviders();
        _ = builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Configure(kestrel, arguments.Port));
        _ = builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);
        var app = builder.Build();
        app.Run(new HttpBridge(arguments.Tenant!).AnswerAsync);
        return app;
    }

    private static void Configure(KestrelServerOptions kestrel, int port)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MinRequestBodyDataRate = null;
        kestrel.Limits.MinResponseDataRate = null;

        // ListenLocalhost would bind IPv6 as well, which Kestrel refuses for port 0.
        kestrel.Listen(System.Net.IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http1);
    }

    // Reading a console blocks, so it has its own thread and does not delay the shutdown.
    private static void StopWithStdin(WebApplication app)
    {
        var buffer = new byte[256];
        using var input = Console.OpenStandardInput();
        while (input.Read(buffer) > 0)
        {
        }

        app.Lifetime.StopApplication();
    }
}
