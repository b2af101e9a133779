namespace CspMigration.Sandbox.State;

/// <summary>The clouds. Some operations are not available in two of them.</summary>
internal enum Cloud
{
    Global,

    /// <summary>Users cannot be created.</summary>
    USGovernment,

    /// <summary>Users' licenses cannot be managed.</summary>
    China,
}
