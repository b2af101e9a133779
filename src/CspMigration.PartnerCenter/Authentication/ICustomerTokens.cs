using CspMigration.PartnerCenter.Http;

namespace CspMigration.PartnerCenter.Authentication;

/// <summary>Tokens for the tenants of customers, from the sign-in there is.</summary>
internal interface ICustomerTokens
{
    /// <summary>The tokens of one tenant; null where the sign-in has no user who could act there.</summary>
    /// <param name="tenantId">The customer's tenant.</param>
    /// <param name="resource">The service they are for.</param>
    IAccessTokenSource? ForCustomer(string tenantId, string resource);
}
