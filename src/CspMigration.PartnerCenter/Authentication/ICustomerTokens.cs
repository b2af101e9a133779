using CspMigration.PartnerCenter.Http;

namespace CspMigration.PartnerCenter.Authentication;

/// <summary>Tokens for the tenants of customers, from the sign-in there is.</summary>
internal interface ICustomerTokens
{
    /// <summary>Whether the sign-in has a user who may act there.</summary>
    bool ActsForUser { get; }

    /// <summary>The tokens of one tenant, where <see cref="ActsForUser"/>.</summary>
    /// <param name="tenantId">The customer's tenant.</param>
    /// <param name="resource">The service they are for.</param>
    IAccessTokenSource ForCustomer(string tenantId, string resource);
}
