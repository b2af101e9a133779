using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Threading;
using System.Threading.Tasks;

namespace Quickstart;

/// <summary>Migrates the sandbox's example customer, and then verifies the result.</summary>
internal static class Program
{
    private static async Task<int> Main()
    {
        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, e) =>
        {
            e.Cancel = true;
            stop.Cancel();
        };
        var journal = Path.Combine(Path.GetTempPath(), $"CspMigration-quickstart-{Environment.ProcessId}.jsonl");
        var report = Path.Combine(Path.GetTempPath(), "CspMigration-quickstart.html");
        try
        {
            await using var sandbox = await SandboxProcess.StartAsync(PathOf("Server"), "contoso", stop.Token);
            Console.WriteLine($"The sandbox server runs at {sandbox.Address}.");
            await PowerShellRun.MigrateAsync(PathOf("Script"), PathOf("Module"), sandbox.Address, journal, report, stop.Token);
            var isRight = await FinalState.CheckAsync(sandbox.Address, stop.Token);
            Console.WriteLine($"The report is {report}");
            return isRight ? 0 : 1;
        }
        catch (Exception e) when (e is QuickstartException or FileNotFoundException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
        catch (OperationCanceledException)
        {
            return 130;
        }
        finally
        {
            File.Delete(journal);
            File.Delete(journal + ".lock");
        }
    }

    private static string PathOf(string name)
    {
        return typeof(Program).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == name).Value!;
    }
}
