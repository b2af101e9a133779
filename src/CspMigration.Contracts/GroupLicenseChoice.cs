namespace CspMigration.Contracts;

/// <summary>What is done about licenses that users have from a group.</summary>
public enum GroupLicenseChoice
{
    /// <summary>They stay as they are, and their users are reported.</summary>
    Report,

    /// <summary>The group assigns the target's license in place of the source's.</summary>
    Switch,
}
