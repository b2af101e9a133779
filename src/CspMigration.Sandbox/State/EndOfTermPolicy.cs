namespace CspMigration.Sandbox.State;

/// <summary>What the service does at the end of a term of new commerce.</summary>
internal enum EndOfTermPolicy
{
    /// <summary>A subscription that neither renews nor has an action is extended.</summary>
    Extend,

    /// <summary>A subscription that neither renews nor has an action expires, as before extended service terms existed.</summary>
    Keep,

    /// <summary>Scheduled actions are refused.</summary>
    Refuse,

    /// <summary>Scheduled actions are accepted and dropped.</summary>
    Ignore,
}
