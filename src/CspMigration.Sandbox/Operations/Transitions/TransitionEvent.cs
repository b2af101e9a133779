using System;
using CspMigration.Sandbox.State;

namespace CspMigration.Sandbox.Operations.Transitions;

/// <summary>A step of a transition.</summary>
/// <param name="Name">The step's name.</param>
/// <param name="Status">Its status.</param>
/// <param name="At">The time of the status.</param>
/// <param name="Error">Why it failed; null if it has not.</param>
internal sealed record TransitionEvent(string Name, string Status, DateTimeOffset At, TransitionError? Error = null)
{
    public const string Conversion = "Conversion";
    public const string LicenseReassignment = "LicenseReassignment";
    public const string Started = "Started";
    public const string Completed = "Completed";
    public const string Failed = "Failed";
}
