using System;
using CspMigration.Sandbox.State;

namespace CspMigration.Sandbox.Operations.Transitions;

/// <summary>A step of a transition.</summary>
/// <param name="Name">Which.</param>
/// <param name="Status">How far it is.</param>
/// <param name="At">Since when.</param>
/// <param name="Error">Why it failed; null where it has not.</param>
internal sealed record TransitionEvent(string Name, string Status, DateTimeOffset At, TransitionError? Error = null)
{
    public const string Conversion = "Conversion";
    public const string LicenseReassignment = "LicenseReassignment";
    public const string Started = "Started";
    public const string Completed = "Completed";
    public const string Failed = "Failed";
}
