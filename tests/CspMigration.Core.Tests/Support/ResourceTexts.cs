using System.Collections.Generic;

namespace CspMigration.Core.Tests.Support;

/// <summary>One body of each kind, in the shape the service sends.</summary>
internal static class ResourceTexts
{
    public const string CustomerId = "c1a5f0e2-8a3b-4f6d-9a77-2d1f4f0b6c11";

    public const string SubscriptionId = "1A2B3C4D-5E6F-4A7B-8C9D-0E1F2A3B4C5D";

    public const string Subscription =
        """
        {
          "id": "1A2B3C4D-5E6F-4A7B-8C9D-0E1F2A3B4C5D",
          "offerId": "9E23E01E-00D0-4402-A5EF-27B275411D5A",
          "entitlementId": "77777777-0000-4000-8000-000000000001",
          "offerName": "Dynamics AX Enterprise",
          "friendlyName": "AX for the plant",
          "quantity": 25,
          "unitType": "none",
          "hasPurchasableAddons": false,
          "creationDate": "2026-02-14T08:15:30.4170000Z",
          "effectiveStartDate": "2026-02-14T00:00:00Z",
          "commitmentEndDate": "2027-02-13T00:00:00Z",
          "status": "active",
          "autoRenewEnabled": false,
          "isTrial": false,
          "billingType": "license",
          "billingCycle": "monthly",
          "partnerId": "4847383",
          "suspensionReasons": [],
          "contractType": "subscription",
          "refundOptions": [{ "type": "Full", "expiresAt": "2026-02-21T00:00:00Z" }],
          "orderId": "8bb8e4b2-5f0f-4c2d-a1a3-6f1d1b8d2e77",
          "links": {
            "offer": { "uri": "/offers/9E23E01E-00D0-4402-A5EF-27B275411D5A?country=DE", "method": "GET", "headers": [] },
            "self": { "uri": "/customers/c1a5f0e2/subscriptions/1A2B3C4D", "method": "GET", "headers": [] }
          },
          "attributes": { "etag": "eyJ2IjoxfQ==", "objectType": "Subscription" }
        }
        """;

    public const string Customer =
        """
        {
          "id": "c1a5f0e2-8a3b-4f6d-9a77-2d1f4f0b6c11",
          "commerceId": "88888888-0000-4000-8000-000000000001",
          "companyProfile": { "tenantId": "c1a5f0e2-8a3b-4f6d-9a77-2d1f4f0b6c11", "domain": "contoso.example", "companyName": "Contoso" },
          "billingProfile": { "companyName": "Contoso", "defaultAddress": { "country": "DE", "city": "Bonn" }, "attributes": { "etag": "7" } },
          "relationshipToPartner": "reseller",
          "attributes": { "objectType": "Customer" }
        }
        """;

    public const string Offer =
        """
        {
          "id": "1EC5A993-0779-43A9-A857-AC8FE83E977B",
          "name": "Dynamics 365 Unified Operations Plan",
          "minimumQuantity": 20,
          "maximumQuantity": 10000000,
          "country": "DE",
          "prerequisiteOffers": [],
          "isAddOn": false,
          "isTrial": false,
          "isAvailableForPurchase": true,
          "billing": "license",
          "supportedBillingCycles": ["annual", "monthly"],
          "limit": 0,
          "limitUnitOfMeasure": "None",
          "product": { "id": "ccba3cfe-71ef-423a-bd87-b6df3dce59a9", "name": "Dynamics 365 Unified Operations Plan", "unit": "Licenses" }
        }
        """;

    public const string Order =
        """
        {
          "id": "8bb8e4b2-5f0f-4c2d-a1a3-6f1d1b8d2e77",
          "referenceCustomerId": "c1a5f0e2-8a3b-4f6d-9a77-2d1f4f0b6c11",
          "billingCycle": "monthly",
          "lineItems": [
            { "lineItemNumber": 0, "offerId": "1EC5A993-0779-43A9-A857-AC8FE83E977B", "subscriptionId": "1A2B3C4D-5E6F-4A7B-8C9D-0E1F2A3B4C5D", "friendlyName": "Plan", "quantity": 25 }
          ],
          "creationDate": "2026-02-14T08:15:30.4170000Z",
          "attributes": { "etag": "1", "objectType": "Order" }
        }
        """;

    public const string User =
        """
        {
          "usageLocation": "DE",
          "id": "d0a7e1b4-1c32-4e2f-8d35-5b7a6a1f9c20",
          "userPrincipalName": "mia@contoso.example",
          "firstName": "Mia",
          "displayName": "Mia",
          "userDomainType": "managed",
          "state": "active"
        }
        """;

    public const string SubscribedSku =
        """
        {
          "availableUnits": 5, "activeUnits": 25, "consumedUnits": 20, "suspendedUnits": 0, "totalUnits": 25, "warningUnits": 0,
          "productSku": { "id": "54b84594-9c77-4499-8d65-5e0d5f410e78", "name": "AX Task", "skuPartNumber": "AX_TASK_USER", "targetType": "User", "licenseGroupId": "group1" },
          "servicePlans": [{ "displayName": "AX Task", "serviceName": "AX_TASK", "id": "fafd7243-e5c1-4a3a-9e40-495efcb1d3c3", "capabilityStatus": "Enabled", "targetType": "User" }],
          "capabilityStatus": "Enabled"
        }
        """;

    public const string UserLicense =
        """
        {
          "servicePlans": [{ "displayName": "AX Task", "serviceName": "AX_TASK", "id": "fafd7243-e5c1-4a3a-9e40-495efcb1d3c3", "capabilityStatus": "Disabled", "targetType": "User" }],
          "productSku": { "id": "54b84594-9c77-4499-8d65-5e0d5f410e78", "name": "AX Task", "skuPartNumber": "AX_TASK_USER", "licenseGroupId": "group1" }
        }
        """;

    public const string ProvisioningStatus =
        """
        { "skuId": "54b84594-9c77-4499-8d65-5e0d5f410e78", "status": "success", "quantity": 25, "endDate": "2027-02-13T00:00:00Z" }
        """;

    public const string PartnerProfile =
        """
        { "id": "11111111-1111-1111-1111-111111111111", "companyName": "Fabrikam", "address": { "country": "DE" }, "tenantId": "11111111-1111-1111-1111-111111111111" }
        """;

    public static IReadOnlyList<string> All { get; } =
        [Subscription, Customer, Offer, Order, User, SubscribedSku, UserLicense, ProvisioningStatus, PartnerProfile];

    /// <summary>A collection of one page.</summary>
    public static string List(params string[] items)
    {
        return $$"""{"totalCount":{{items.Length}},"items":[{{string.Join(",", items)}}],"attributes":{"objectType":"Collection"} }""";
    }
}
