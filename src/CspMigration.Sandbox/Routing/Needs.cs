using System;

namespace CspMigration.Sandbox.Routing;

/// <summary>What a route requires of the caller and the customer.</summary>
[Flags]
internal enum Needs
{
    None = 0,

    /// <summary>No token at all.</summary>
    NoToken = 8,

    /// <summary>A cloud in which licenses can be managed.</summary>
    Licensing = 16,

    /// <summary>A cloud in which users can be created.</summary>
    UserCreation = 32,

    /// <summary>Also allowed for users who signed in with one factor.</summary>
    AnyFactor = 64,

    /// <summary>Consent to change users and their licenses.</summary>
    GraphWrite = 128,

    /// <summary>A token with a user in it.</summary>
    User = 1,

    /// <summary>A reseller relationship to the customer.</summary>
    Relationship = 2,

    /// <summary>Delegated rights in the customer's directory.</summary>
    Delegation = 4,

    /// <summary>A user with delegated rights in the customer's directory.</summary>
    Directory = User | Delegation,
}
