namespace CspMigration.Core.Sessions;

/// <summary>What a progress bar shows now.</summary>
public sealed class ProgressReport
{
    internal ProgressReport(string status, int percentComplete, int secondsRemaining)
    {
        Status = status;
        PercentComplete = percentComplete;
        SecondsRemaining = secondsRemaining;
    }

    /// <summary>What is being done, how many are done and how fast; or what is waited for.</summary>
    public string Status { get; }

    /// <summary>0 to 100; -1 while no one knows how many there are.</summary>
    public int PercentComplete { get; }

    /// <summary>The time left; -1 while no one can tell.</summary>
    public int SecondsRemaining { get; }
}
