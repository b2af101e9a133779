using System;
using System.Diagnostics;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;

namespace CspMigration.Benchmarks;

/// <summary>Says what a benchmark is doing and how far it is, beside its figures: on the error stream.</summary>
/// <param name="name">The benchmark.</param>
internal sealed class Progress(string name)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>What stands before each stage, such as the number of the run.</summary>
    public string Run { get; set; } = "";

    /// <summary>Does a stage's work and says when it begins, how far it is every five seconds, and how long it took.</summary>
    /// <param name="stage">What is being done.</param>
    /// <param name="work">The work.</param>
    /// <param name="howFar">How far it is; null where that is not known.</param>
    public async Task<T> DuringAsync<T>(string stage, Func<Task<T>> work, Func<string>? howFar = null)
    {
        Write(stage);
        var clock = Stopwatch.StartNew();
        using var timer = new Timer(_ => Write(howFar is null ? stage : $"{stage}: {howFar()}", clock.Elapsed), null, Interval, Interval);
        var result = await work();
        await timer.DisposeAsync();
        Write($"{stage}: done", clock.Elapsed);
        return result;
    }

    /// <summary>The same for work without a result.</summary>
    public Task DuringAsync(string stage, Func<Task> work, Func<string>? howFar = null)
    {
        return DuringAsync(
            stage,
            async () =>
            {
                await work();
                return true;
            },
            howFar);
    }

    private void Write(string text, TimeSpan? elapsed = null)
    {
        var time = elapsed is { } after ? string.Create(CultureInfo.InvariantCulture, $" ({after.TotalSeconds:N1} s)") : "";
        Console.Error.WriteLine($"{name}{Run}: {text}{time}");
    }
}
