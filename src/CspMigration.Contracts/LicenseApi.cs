namespace CspMigration.Contracts;

/// <summary>Through which service users' licenses are read and moved.</summary>
public enum LicenseApi
{
    /// <summary>Microsoft Graph for each customer where the sign-in may use it, Partner Center for the others.</summary>
    Auto,

    /// <summary>Partner Center.</summary>
    PartnerCenter,

    /// <summary>Microsoft Graph; a customer where the sign-in may not use it is an error.</summary>
    Graph,
}
