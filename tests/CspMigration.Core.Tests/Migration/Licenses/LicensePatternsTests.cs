using System.Collections.Generic;
using System.Linq;
using CspMigration.Core.Users;
using CspMigration.PartnerCenter.Json;
using CspMigration.PartnerCenter.Resources;
using Newtonsoft.Json.Linq;
using Xunit;

namespace CspMigration.Core.Tests.Migration.Licenses;

public sealed class LicensePatternsTests
{
    private readonly LicensePatterns _patterns = new();

    [Fact]
    public void Users_with_the_same_licenses_share_them()
    {
        var one = _patterns.Share([License("sku1", "on", "off"), License("sku2", "on")]);
        var other = _patterns.Share([License("sku2", "on"), License("sku1", "on", "off")]);

        Assert.Same(one[0], other[1]);
        Assert.Same(one[1], other[0]);
    }

    [Fact]
    public void What_differs_in_anything_stays_apart()
    {
        List<UserLicense> all =
        [
            License("sku1", "on", "off"), License("sku1", "off", "on"), License("sku1", "on"), License("sku1"), License("sku2", "on", "off"), License("SKU1", "on", "off"), License(null),
        ];

        var shared = _patterns.Share(all);

        for (var index = 0; index < all.Count; index++)
        {
            Assert.Same(all[index], shared[index]);
        }
    }

    [Fact]
    public void A_shared_license_says_what_the_users_own_said()
    {
        _ = _patterns.Share([License("sku1", "on", "off")]);

        var shared = Assert.Single(_patterns.Share([License("sku1", "on", "off")]));

        Assert.Equal("sku1", shared.SkuId.ToString());
        Assert.Equal([false, true], [shared.ServicePlans[0].IsSwitchedOff, shared.ServicePlans[1].IsSwitchedOff]);
        Assert.Equal("plan0", shared.ServicePlans[0].Id.ToString());
    }

    private static UserLicense License(string? skuId, params string[] plans)
    {
        var license = new JObject
        {
            ["productSku"] = skuId is null ? null : new JObject { ["id"] = skuId },
            ["servicePlans"] = new JArray(plans.Select((plan, index) => new JObject
            {
                ["id"] = $"plan{index}",
                ["serviceName"] = $"PLAN_{index}",
                ["displayName"] = $"Plan {index}",
                ["capabilityStatus"] = plan == "off" ? "Disabled" : "Assigned",
            })),
        };
        return UserLicense.Read(new ResourceReader(ServiceJson.Parse(license.ToString()), "a license"));
    }
}
