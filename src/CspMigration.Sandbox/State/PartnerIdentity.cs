namespace CspMigration.Sandbox.State;

/// <summary>The identity of the partner and of its signed-in user.</summary>
internal static class PartnerIdentity
{
    public const string TenantId = "11111111-1111-1111-1111-111111111111";

    public const string Domain = "sandboxpartner.onmicrosoft.com";

    public const string UserPrincipalName = "agent@" + Domain;
}
