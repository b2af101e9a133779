namespace CspMigration.PartnerCenter.Errors;

/// <summary>What sort of failure an error is; a front end maps it to its own categories.</summary>
public enum ErrorKind
{
    /// <summary>There is no connection, or it is the wrong one.</summary>
    Connection,

    /// <summary>The service does not let this sign-in do it.</summary>
    Permission,

    /// <summary>What was named does not exist, or is not ours.</summary>
    NotFound,

    /// <summary>The input cannot be used as it is.</summary>
    InvalidInput,

    /// <summary>A limit of the service or the offer is reached.</summary>
    Limit,

    /// <summary>The present state of the subscription or its users forbids it.</summary>
    InvalidState,

    /// <summary>Something else holds what is needed.</summary>
    Busy,

    /// <summary>A file of ours cannot be trusted.</summary>
    DamagedData,

    /// <summary>A file of ours cannot be written or read.</summary>
    Storage,

    /// <summary>The service does not answer as it should, or not at all.</summary>
    ServiceFailure,

    /// <summary>The time allowed is over.</summary>
    Timeout,
}
