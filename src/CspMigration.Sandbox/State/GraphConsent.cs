namespace CspMigration.Sandbox.State;

/// <summary>What the partner's application may do through Microsoft Graph in customers' tenants.</summary>
internal enum GraphConsent
{
    /// <summary>All that managing licenses needs.</summary>
    All,

    /// <summary>Read users only.</summary>
    Read,

    /// <summary>Nothing: no token is issued.</summary>
    None,
}
