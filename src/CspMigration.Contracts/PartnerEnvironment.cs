namespace CspMigration.Contracts;

/// <summary>The cloud a partner sells in.</summary>
public enum PartnerEnvironment
{
    /// <summary>The worldwide cloud.</summary>
    Global,

    /// <summary>Microsoft Cloud for US Government.</summary>
    USGovernment,

    /// <summary>Operated by 21Vianet.</summary>
    China,
}
