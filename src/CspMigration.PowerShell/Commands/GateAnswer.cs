namespace CspMigration.PowerShell.Commands;

/// <summary>What the user, or a switch, says to a change.</summary>
internal enum GateAnswer
{
    /// <summary>Do it.</summary>
    Go,

    /// <summary>Only say what would be done: -WhatIf.</summary>
    Plan,

    /// <summary>Leave it.</summary>
    Declined,
}
