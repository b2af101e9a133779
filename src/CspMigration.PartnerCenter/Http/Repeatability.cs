namespace CspMigration.PartnerCenter.Http;

/// <summary>Whether a call may be sent again when it is unknown whether it was carried out.</summary>
internal enum Repeatability
{
    /// <summary>Carried out twice it leaves what once would: reads, and changes that name the state to reach.</summary>
    Always,

    /// <summary>Only after an answer that proves nothing was done; else the caller has to look first.</summary>
    AfterRefusal,

    /// <summary>Never as it is: it has in it what was read before, which is read again first. The caller does both.</summary>
    AfterReading,
}
