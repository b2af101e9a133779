using System;

namespace CspMigration.Sandbox.State;

/// <summary>Something of an account's that goes on as time goes by, step by step.</summary>
internal interface IProcess
{
    /// <summary>When its next step is due; null where it has none.</summary>
    DateTimeOffset? Next { get; }

    /// <summary>Does what is due at <see cref="Next"/>; the account is as of the moment before.</summary>
    void Step();
}
