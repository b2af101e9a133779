namespace CspMigration.Sandbox.State;

/// <summary>The partner whose tenant this is, and the user who signs in for it.</summary>
internal static class PartnerIdentity
{
    public const string TenantId = "11111111-1111-1111-1111-111111111111";

    public const string Domain = "sandboxpartner.onmicrosoft.com";

    public const string UserPrincipalName = "agent@" + Domain;
}
