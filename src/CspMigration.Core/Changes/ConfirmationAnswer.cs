namespace CspMigration.Core.Changes;

/// <summary>What the user, or a parameter, answers to a change.</summary>
public enum ConfirmationAnswer
{
    /// <summary>The change is made.</summary>
    Confirmed,

    /// <summary>The change is only reported as planned: <c>-WhatIf</c>, or a record that is itself planned.</summary>
    PlanOnly,

    /// <summary>Nothing is sent and nothing reported.</summary>
    Declined,
}
