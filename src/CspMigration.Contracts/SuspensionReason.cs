namespace CspMigration.Contracts;

/// <summary>Why a subscription is suspended.</summary>
public enum SuspensionReason
{
    /// <summary>Its licenses have moved to a target: refused while a user still depends on it.</summary>
    Migrated,

    /// <summary>The customer asked for it.</summary>
    CustomerRequest,

    /// <summary>The customer has not paid.</summary>
    NonPayment,

    /// <summary>Fraud.</summary>
    Fraud,
}
