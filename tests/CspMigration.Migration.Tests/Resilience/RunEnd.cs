namespace CspMigration.Migration.Tests.Resilience;

/// <summary>How a run is ended by force.</summary>
internal enum RunEnd
{
    /// <summary>The process dies before the service sees the request.</summary>
    CrashBefore,

    /// <summary>The process dies after the service has acted.</summary>
    CrashAfter,

    /// <summary>From here on every request is answered with 401.</summary>
    Refused401,

    /// <summary>From here on every request is answered with 403.</summary>
    Refused403,

    /// <summary>From here on every request is answered with 404.</summary>
    Refused404,
}
