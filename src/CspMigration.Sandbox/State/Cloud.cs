namespace CspMigration.Sandbox.State;

/// <summary>The clouds; two of them cannot do everything.</summary>
internal enum Cloud
{
    Global,

    /// <summary>Users cannot be created.</summary>
    USGovernment,

    /// <summary>Users' licenses cannot be managed.</summary>
    China,
}
