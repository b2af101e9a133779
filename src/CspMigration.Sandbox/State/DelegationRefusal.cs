namespace CspMigration.Sandbox.State;

/// <summary>The errors of missing rights in a customer's directory.</summary>
internal enum DelegationRefusal
{
    /// <summary>There are no delegated privileges.</summary>
    NoPrivileges,

    /// <summary>The customer's Conditional Access policies block the partner.</summary>
    ConditionalAccess,

    /// <summary>The directory has no relationship, although commerce has one.</summary>
    NoRelationship,
}
