using System;
using System.Collections.Generic;
using CspMigration.Sandbox.Errors;
using CspMigration.Sandbox.Http;
using CspMigration.Sandbox.Operations.Requests;
using CspMigration.Sandbox.Routing;
using CspMigration.Sandbox.State;
using CspMigration.Sandbox.Wire;
using Newtonsoft.Json.Linq;

namespace CspMigration.Sandbox.Operations.Partner;

/// <summary>The partner's own profiles.</summary>
internal static class ProfileOperations
{
    private const string CompanyName = "Sandbox Partner";
    private const string Email = "partner@" + PartnerIdentity.Domain;
    private const string PartnerId = "1234567";

    public static IEnumerable<Route> Routes =>
    [
        Profile("organization", Needs.User, "OrganizationProfile", _ => new JObject
        {
            ["id"] = PartnerIdentity.TenantId,
            ["companyName"] = CompanyName,
            ["defaultAddress"] = Address(),
            ["tenantId"] = PartnerIdentity.TenantId,
            ["domain"] = PartnerIdentity.Domain,
            ["email"] = Email,
            ["language"] = "en",
            ["culture"] = "en-US",
        }),
        Profile("legalbusiness", Needs.None, "LegalBusinessProfile", _ => new JObject
        {
            ["companyName"] = CompanyName,
            ["address"] = Address(),
            ["primaryContact"] = Contact(),
            ["companyApproverAddress"] = Address(),
            ["companyApproverEmail"] = Email,
            ["vettingStatus"] = "authorized",
            ["vettingSubStatus"] = "none",
        }),
        Profile("mpn", Needs.User, "MpnProfile", Mpn),
        Profile("billing", Needs.User, "BillingProfile", _ => new JObject
        {
            ["companyName"] = CompanyName,
            ["address"] = Address(),
            ["primaryContact"] = Contact(),
            ["billingCurrency"] = "USD",
            ["billingDay"] = 1,
        }),
        Profile("support", Needs.User, "SupportProfile", _ => new JObject
        {
            ["email"] = Email,
            ["telephone"] = "5550100",
            ["website"] = "https://" + PartnerIdentity.Domain,
        }),
    ];

    private static Route Profile(string name, Needs needs, string type, Func<Call, JObject> members)
    {
        return new Route("GET", "/v1/profiles/" + name, needs, call =>
        {
            var profile = members(call);
            profile["profileType"] = type;
            profile["links"] = Json.SelfLink("/profiles/" + name);
            profile["attributes"] = Json.Attributes(type);
            return Answer.Ok(profile);
        });
    }

    /// <summary>The name of another partner, by its partner id.</summary>
    public static string ResellerName(string partnerId) => "Reseller " + partnerId;

    // Of the partner itself, or of another partner by id: https://learn.microsoft.com/partner-center/developer/get-partner-by-mpn-id.
    private static JObject Mpn(Call call)
    {
        var id = call.Query["mpnId"];
        return id is null || id == PartnerId ? new JObject { ["mpnId"] = PartnerId, ["partnerName"] = CompanyName }
            : PartnerIds.IsValid(id) ? new JObject { ["mpnId"] = id, ["partnerName"] = ResellerName(id) }
            : throw Refusals.NoSuchPartner(id);
    }

    private static JObject Address() => new()
    {
        ["country"] = Market.PartnerCountry,
        ["city"] = "Springfield",
        ["state"] = "WA",
        ["addressLine1"] = "2 Partner Street",
        ["postalCode"] = "98000",
        ["firstName"] = "Kim",
        ["lastName"] = "Hollis",
        ["phoneNumber"] = "5550101",
    };

    private static JObject Contact() => new()
    {
        ["firstName"] = "Kim",
        ["lastName"] = "Hollis",
        ["email"] = Email,
        ["phoneNumber"] = "5550101",
    };
}
