namespace CspMigration.PartnerCenter.Pacing;

/// <summary>How one attempt of a call ended.</summary>
internal enum AttemptOutcome
{
    /// <summary>Carried out and answered.</summary>
    Answered,

    /// <summary>Refused for good; nothing was done.</summary>
    Refused,

    /// <summary>The token was not accepted; nothing was done.</summary>
    Unauthorized,

    /// <summary>Too many requests; nothing was done.</summary>
    Throttled,

    /// <summary>There was no token to be had just now; nothing was sent.</summary>
    NotSent,

    /// <summary>The service failed; it may have acted.</summary>
    ServerError,

    /// <summary>The connection broke; the service may have acted.</summary>
    Broken,

    /// <summary>No answer in time; the service may have acted.</summary>
    TimedOut,

    /// <summary>An answer of success that cannot be read; the service has probably acted.</summary>
    Garbled,
}
