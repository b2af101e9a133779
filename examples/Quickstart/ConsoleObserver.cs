using System;
using CspMigration.Core.Sessions;

namespace Quickstart;

/// <summary>Shows warnings; the rest is for those who ask for it.</summary>
internal sealed class ConsoleObserver : IOperationObserver
{
    public bool DebugEnabled => false;

    public void Warning(string message) => Console.Error.WriteLine($"Warning: {message}");

    public void Verbose(string message)
    {
    }

    public void Debug(string message)
    {
    }

    public void Progress(string status, int done, int? total)
    {
    }

    public void Waiting(string reason, TimeSpan duration)
    {
    }

    public void RunHandler(Action handler) => handler();
}
