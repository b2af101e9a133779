using System;
using System.Diagnostics;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;

namespace CspMigration.TestSupport;

/// <summary>One of the project's own programs in a process of its own; it does not outlive the test.</summary>
public sealed class DotnetProcess : IDisposable
{
    private readonly Process _process;

    private DotnetProcess(Process process) => _process = process;

    /// <summary>The operating system's number of it.</summary>
    public int Id => _process.Id;

    /// <summary>Starts a program.</summary>
    /// <param name="program">Its name in this project's assembly metadata.</param>
    /// <param name="arguments">Its command line.</param>
    public static DotnetProcess Start(string program, params string[] arguments)
    {
        var path = typeof(DotnetProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == program).Value!;
        return StartFile(path, arguments);
    }

    /// <summary>Starts a program by its file.</summary>
    /// <param name="path">Its assembly.</param>
    /// <param name="arguments">Its command line.</param>
    public static DotnetProcess StartFile(string path, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var argument in arguments.Prepend(path).Prepend("exec"))
        {
            start.ArgumentList.Add(argument);
        }

        return new DotnetProcess(Process.Start(start)!);
    }

    /// <summary>The next line it writes; null at its end.</summary>
    public Task<string?> ReadLineAsync() => _process.StandardOutput.ReadLineAsync();

    /// <summary>Waits for the end: the exit code and all it wrote.</summary>
    public async Task<(int ExitCode, string Output)> EndAsync()
    {
        var output = await _process.StandardOutput.ReadToEndAsync();
        await _process.WaitForExitAsync();
        return (_process.ExitCode, output);
    }

    /// <summary>Ends it as no one can prepare for: SIGKILL.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
