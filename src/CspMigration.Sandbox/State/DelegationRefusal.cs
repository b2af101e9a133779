namespace CspMigration.Sandbox.State;

/// <summary>The ways in which the service says that a user has no rights in a customer's directory.</summary>
internal enum DelegationRefusal
{
    /// <summary>No delegated privileges were granted.</summary>
    NoPrivileges,

    /// <summary>The customer's conditional access keeps the partner out.</summary>
    ConditionalAccess,

    /// <summary>The directory does not know of the relationship that commerce goes on with.</summary>
    NoRelationship,
}
