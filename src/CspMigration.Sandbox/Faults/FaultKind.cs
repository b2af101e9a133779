namespace CspMigration.Sandbox.Faults;

/// <summary>The ways in which a request can go wrong.</summary>
internal enum FaultKind
{
    /// <summary>Answered with a status, nothing done.</summary>
    Status,

    /// <summary>Answered with a refusal of the identity platform, nothing done.</summary>
    SignIn,

    /// <summary>The connection is cut, nothing done.</summary>
    DropBefore,

    /// <summary>Done, and the connection is cut.</summary>
    DropAfter,

    /// <summary>Done, and answered late.</summary>
    Delay,

    /// <summary>Done, and the connection is cut in the middle of the answer.</summary>
    Truncate,

    /// <summary>Done, and a proxy answers 502 with a page of its own.</summary>
    Html,

    /// <summary>Done, and answered with nothing but the status.</summary>
    Empty,
}
