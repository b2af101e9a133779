namespace CspMigration.Sandbox.State;

/// <summary>The status of a device code that a client redeems.</summary>
internal enum DeviceCodeStatus
{
    /// <summary>The user has signed in: the client gets its tokens.</summary>
    Redeemed,

    /// <summary>The user has not answered yet.</summary>
    Pending,

    Declined,

    Expired,

    /// <summary>Never issued, or redeemed before.</summary>
    Spent,
}
