using System;
using System.Diagnostics;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;

namespace CspMigration.Migration.Tests.Support;

/// <summary>One of the project's own programs in a process of its own; it does not outlive the test.</summary>
internal sealed class DotnetProcess : IDisposable
{
    private readonly Process _process;

    private DotnetProcess(Process process) => _process = process;

    public static DotnetProcess Start(string program, params string[] arguments)
    {
        var path = typeof(DotnetProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == program).Value!;
        var start = new ProcessStartInfo("dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var argument in arguments.Prepend(path).Prepend("exec"))
        {
            start.ArgumentList.Add(argument);
        }

        return new DotnetProcess(Process.Start(start)!);
    }

    public int Id => _process.Id;

    public Task<string?> ReadLineAsync() => _process.StandardOutput.ReadLineAsync();

    /// <summary>Waits for the end: the exit code and all it wrote.</summary>
    public async Task<(int ExitCode, string Output)> EndAsync()
    {
        var output = await _process.StandardOutput.ReadToEndAsync();
        await _process.WaitForExitAsync();
        return (_process.ExitCode, output);
    }

    /// <summary>Ends it as nobody can prepare for: SIGKILL.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
