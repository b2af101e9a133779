using System;

namespace CspMigration.Sandbox.Routing;

/// <summary>What an operation asks of the caller and of the customer.</summary>
[Flags]
internal enum Needs
{
    None = 0,

    /// <summary>Not even a token.</summary>
    NoToken = 8,

    /// <summary>A cloud in which users' licenses can be managed.</summary>
    Licensing = 16,

    /// <summary>A cloud in which users can be created.</summary>
    UserCreation = 32,

    /// <summary>Served also to users who signed in with one factor only.</summary>
    AnyFactor = 64,

    /// <summary>A token with a user in it.</summary>
    User = 1,

    /// <summary>The partner sells to the customer.</summary>
    Relationship = 2,

    /// <summary>The partner may act in the customer's directory.</summary>
    Delegation = 4,

    /// <summary>An operation in the customer's directory.</summary>
    Directory = User | Delegation,
}
