using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading.Tasks;

namespace CspMigration.Sandbox.Tests.Support;

/// <summary>The server in its own process, on a free port.</summary>
internal sealed class ServerProcess : IDisposable
{
    private const int TerminateSignal = 15;

    private readonly Process _process;

    private ServerProcess(Process process, Uri address)
    {
        _process = process;
        Address = address;
    }

    public Uri Address { get; }

    public static Process Launch(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments.Prepend(Path.Combine(AppContext.BaseDirectory, "CspMigration.Sandbox.Server.dll")))
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }

    public static async Task<ServerProcess> Start(params string[] arguments)
    {
        var process = Launch([.. arguments, "--port", "0"]);
        var line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException(await process.StandardError.ReadToEndAsync());
        const string Prefix = "listening on ";
        return line.StartsWith(Prefix, StringComparison.Ordinal)
            ? new ServerProcess(process, new Uri(line[Prefix.Length..]))
            : throw new InvalidOperationException(line);
    }

    /// <summary>Stops it by a signal and returns its exit code and remaining output.</summary>
    public async Task<(int ExitCode, string Output)> Terminate()
    {
        _ = Kill(_process.Id, TerminateSignal);
        return await End();
    }

    public async Task<(int ExitCode, string Output)> CloseInput()
    {
        _process.StandardInput.Close();
        return await End();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int Kill(int process, int signal);

    private async Task<(int ExitCode, string Output)> End()
    {
        var output = await _process.StandardOutput.ReadToEndAsync();
        await _process.WaitForExitAsync();
        return (_process.ExitCode, output);
    }
}
