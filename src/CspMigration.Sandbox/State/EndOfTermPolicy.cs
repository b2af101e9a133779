namespace CspMigration.Sandbox.State;

/// <summary>What the service makes of the end of a term of new commerce.</summary>
internal enum EndOfTermPolicy
{
    /// <summary>What neither renews nor has an action is extended.</summary>
    Extend,

    /// <summary>What neither renews nor has an action expires, as before there were extended service terms.</summary>
    Keep,

    /// <summary>Scheduled actions are refused.</summary>
    Refuse,

    /// <summary>Scheduled actions are accepted and dropped.</summary>
    Ignore,
}
