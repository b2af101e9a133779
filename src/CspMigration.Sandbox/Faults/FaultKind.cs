namespace CspMigration.Sandbox.Faults;

/// <summary>The kinds of faults.</summary>
internal enum FaultKind
{
    /// <summary>The response has an error status; the request is not carried out.</summary>
    Status,

    /// <summary>The response is an error of the identity platform; the request is not carried out.</summary>
    SignIn,

    /// <summary>The connection is dropped; the request is not carried out.</summary>
    DropBefore,

    /// <summary>The request is carried out; the connection is dropped.</summary>
    DropAfter,

    /// <summary>The request is carried out; the response is late.</summary>
    Delay,

    /// <summary>The request is carried out; the connection is dropped in the middle of the response.</summary>
    Truncate,

    /// <summary>The request is carried out; the response is a proxy's 502 page.</summary>
    Html,

    /// <summary>The request is carried out; the response has its status but no body.</summary>
    Empty,
}
