using System;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.IO.Pipes;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Pwsh;
using Xunit;

namespace CspMigration.PowerShell.Tests;

/// <summary>A PowerShell that runs one Pester file after the other; another takes its place where it ends before its time.</summary>
public sealed class PesterWorker : IAsyncLifetime, IDisposable
{
    private const string EndOfFile = "#### ";

    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(10);

    // Far above what any takes: a file that hangs shall not hold up the others for ever.
    private static readonly TimeSpan FileLimit = TimeSpan.FromMinutes(10);

    private readonly ConcurrentQueue<string> _errors = new();

    private Process? _process;
    private NamedPipeServerStream? _requests;

    /// <summary>Runs a file.</summary>
    /// <param name="file">Its path.</param>
    /// <param name="result">Where its results are written to.</param>
    /// <returns>How many tests failed, or a word where the file did not come to its end; and what it printed.</returns>
    public async Task<(string Failures, string Output)> RunAsync(string file, string result)
    {
        var output = new StringBuilder();
        using var limit = new CancellationTokenSource();
        limit.CancelAfter(FileLimit);
        try
        {
            var process = await StartAsync();
            await _requests!.WriteAsync(Encoding.UTF8.GetBytes($"{file}\t{result}\n"), limit.Token);
            while (await process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
            {
                if (line.StartsWith(EndOfFile, StringComparison.Ordinal))
                {
                    return (line[EndOfFile.Length..], WithErrors(output));
                }

                _ = output.AppendLine(line);
            }
        }
        catch (OperationCanceledException)
        {
            _ = output.AppendLine(CultureInfo.InvariantCulture, $"It had not ended after {FileLimit.TotalMinutes} minutes.");
        }
        catch (IOException e)
        {
            _ = output.AppendLine(e.Message);
        }

        await DisposeAsync();
        return ("The PowerShell that ran the file has ended.", WithErrors(output));
    }

    /// <inheritdoc/>
    public Task InitializeAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        if (_process is not { } process)
        {
            return;
        }

        _process = null;
        _requests!.Dispose();
        try
        {
            using var limit = new CancellationTokenSource();
            limit.CancelAfter(EndLimit);
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            // With its servers and whatever else a test has left.
            process.Kill(entireProcessTree: true);
        }

        process.Dispose();
    }

    /// <inheritdoc/>
    public void Dispose() => _requests?.Dispose();

    private string WithErrors(StringBuilder output)
    {
        while (_errors.TryDequeue(out var line))
        {
            _ = output.AppendLine(line);
        }

        return output.ToString();
    }

    private async Task<Process> StartAsync()
    {
        if (_process is not null)
        {
            return _process;
        }

        var pipe = $"CspMigration-{Guid.NewGuid():N}";
        _requests = new NamedPipeServerStream(pipe, PipeDirection.Out);
        var start = PwshProcess.Prepare(["-NonInteractive", "-File", Path.Combine(Places.PesterTests, "Invoke-PesterFiles.ps1"), "-PipeName", pipe]);
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.WorkingDirectory = Places.Repository;
        start.Environment["CSPMIGRATION_MODULE"] = Path.Combine(Places.Module, "CspMigration.psd1");
        start.Environment["CSPMIGRATION_PESTER"] = Places.Pester;
        start.Environment["CSPMIGRATION_DOTNET"] = DotnetHost.File;
        start.Environment["CSPMIGRATION_SERVER"] = Places.Server;
        start.Environment["CSPMIGRATION_OTHER_MODULE"] = Places.OtherModule;

        // The processes that the tests start live for seconds: measuring their code to compile it better pays nothing back.
        start.Environment["DOTNET_TieredPGO"] = "0";
        _process = Process.Start(start)!;
        _process.StandardInput.Close();
        _process.ErrorDataReceived += (_, line) => _errors.Enqueue(line.Data ?? "");
        _process.BeginErrorReadLine();
        using var limit = new CancellationTokenSource();
        limit.CancelAfter(StartLimit);
        await _requests.WaitForConnectionAsync(limit.Token);
        return _process;
    }
}
