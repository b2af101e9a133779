using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Contracts;
using CspMigration.Core.Catalog;
using Xunit;

namespace CspMigration.Core.Tests.Catalog;

/// <summary>
/// The rows of the two Dynamics families that come with the module, against the rules 2 and 3 of docs/rules.md and the published catalog: written out here
/// by hand, so that a slip in the map shows.
/// </summary>
public sealed class BuiltInMapTests
{
    private const string UnifiedOperations = "1EC5A993-0779-43A9-A857-AC8FE83E977B";
    private const string Plan = "725D5132-22A7-42D8-8A9B-988549A565F7";
    private const string Activity = "6130626E-BEE0-4E76-8ABB-E919B0EC9483";
    private const string TeamMembers = "B2CCB51A-43C2-47D4-92DB-DBF14553A185";
    private const string Device = "16E05C5C-B536-42A0-A26E-D920C267D723";
    private const string CustomerEngagement = "BB30B486-53BE-4ECF-BB85-6F50979F0579";
    private const string Sales = "E5AEEDC5-E2F0-4099-AA45-95802034D7F8";
    private const string CustomerService = "58CD6573-6784-4467-B2FC-1A06BB874ED6";
    private const string FieldService = "5EB287F2-F34F-4BC8-A8B0-C2E9B23F7430";
    private const string ProjectService = "DF406C18-5DEB-4F8B-9AF3-0F743FFFEDC9";

    private static readonly IReadOnlyList<Row> Rows =
    [
        new("AX Enterprise", ["9E23E01E-00D0-4402-A5EF-27B275411D5A"], SkuId: null, "AX_ENTERPRISE_USER", [UnifiedOperations, Plan],
            ["D82E1DE4-DD2E-4627-9343-EE68C3C8349B", "D55A6D58-8BD0-4732-BDA4-B03B4786EAF4", "01F8A684-CF0F-4ADB-B0C7-F94CBBEA691F", "03A0E68F-3145-4EDA-A73A-E438495122B0"]),
        new("AX Task", ["87E44AEF-6B4C-402C-8A17-BCD33BF68C51"], "54b84594-9c77-4499-8d65-5e0d5f410e78", "AX_TASK_USER", [Activity],
            ["77721748-0EF0-43CE-B4CE-1165D1FCF3B2", "038F2538-4813-4A94-93A3-8E2425AC78A2", "1FD13474-75A5-4C9B-80A2-FD233C346879"]),
        new("AX Self Serve", ["3A602B12-43AA-45CB-8FCD-A3FB61C75FF9"], SkuId: null, "AX_SELF-SERVE_USER", [TeamMembers],
            ["03D75F89-392E-4D6B-9B03-E027221A45D9", "4218899E-EDE7-4B25-866B-7C0B5B83FF89"]),
        new("AX Device", ["82E1CCA5-8E8E-4385-9919-1C2AB2E1776F"], SkuId: null, PartNumber: null, [Device],
            ["432C0D13-8944-4C1C-97BA-F237608009CC", "0068E30E-0734-4BE6-A01F-5FF597BB5647"]),
        new("CRM Online Enterprise", [], SkuId: null, "CRMENTERPRISE", [CustomerEngagement], []),
        new("CRM Online Professional",
            ["921CB1B8-A289-4437-A0B8-11104BCC3CBA", "4443CB9E-651E-4295-BE7C-5BC89D1E3916", "4271AA57-4129-477E-BA88-0A276D4A1619"],
            "d17b27af-3f49-4822-99f9-56a661538792", "CRMSTANDARD", [CustomerEngagement, Sales, CustomerService],
            [
                "696A7E6B-4017-49B9-89D6-028E9D1AEB26", "09FDFA2E-A64E-4589-A550-3416214D2594", "E6467568-7452-4AD6-948F-EA83A1D8C69C", "71C5D4A8-A6B5-4FE6-A411-0C3CF35DAE81",
                "BB9C9324-55D1-42E4-9014-45801C1FBE46", "9E196C64-9A0A-435A-B16E-F103EFF6BB91", "52E3B82A-8035-4FD9-8F42-A709C6E6AAAC", "3BAB1B9D-E4E1-4C30-94B8-3A6EBD4952B8",
            ]),
        new("CRM Online Basic", ["FFB8BB89-9573-4E76-840F-6521450325A1", "66EAFF1C-2D07-40CE-A66F-8E49987FE910"],
            "906af65a-2970-46d5-9b58-4e9aa50f0657", "CRMPLAN2", [TeamMembers, Sales, CustomerService, CustomerEngagement],
            [
                "819221BA-6DB9-4BBB-BDF1-ED2C94A11E74", "ECB1B235-B7DA-4CD1-A329-C33BAB25CFE5", "BC281C9C-F761-452C-8F99-C1E61A659205",
                "A536B3A8-1481-4633-ADFE-D7356F6F4188", "04E69BE9-3BF0-4461-8EEE-C83DAE1439C8", "2D691BC1-F5CB-4639-836A-04AF74BB1EB5",
            ]),
        new("CRM Online Essential", ["D431DE8A-1AC2-49DD-A6F5-07F3A0A880FF", "378A8B77-E3F3-4AB7-A784-A6803F2E78E9"], SkuId: null, "CRMPLAN1", [TeamMembers],
            ["26EB871F-1EFA-4F73-9115-7573C2339B4A", "62858E16-F49E-4E42-9490-A517F9AFBB80"]),
        new("Field Service add-on", ["845E8166-3091-4991-B762-E875771BF945"], "8c25713e-c6c2-473e-8b47-f0d273f00f30", PartNumber: null,
            [CustomerEngagement, FieldService], ["6928A9E5-153F-40D2-8661-3D2AB885353F"]),
        new("Project Service Automation add-on", ["CE541D2E-E204-4934-A66A-AC12421E0784"], "08bdc817-f85d-4ed1-b835-31f7b7edc4a8", PartNumber: null,
            [CustomerEngagement, ProjectService], ["DDDFA1C3-8BC1-4149-B5CE-88DA720BB31A"]),
    ];

    public static TheoryData<string> RowNames => [.. Rows.Select(row => row.Name)];

    [Fact]
    public void There_are_the_ten_rows_and_no_other()
    {
        Assert.Equal(10, SkuMap.BuiltIn.Mappings.Count(mapping => mapping.Family is "Dynamics AX" or "Dynamics CRM Online"));
        Assert.Equal(10, Rows.Select(row => Find(row.Name)).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(RowNames))]
    public void A_row_has_exactly_the_known_ids_of_its_source_and_no_unknown_one(string name)
    {
        var row = Rows.Single(row => row.Name == name);
        var mapping = Find(name);

        Assert.Equal(row.OfferIds, mapping.SourceOfferIds, StringComparer.OrdinalIgnoreCase);
        Assert.Equal(row.SkuId, mapping.SourceSkuId, ignoreCase: true);
        Assert.Equal(row.PartNumber, mapping.SourcePartNumber);
    }

    [Theory]
    [MemberData(nameof(RowNames))]
    public void A_source_is_recognised_by_each_of_its_ids(string name)
    {
        var row = Rows.Single(row => row.Name == name);
        var mapping = Find(name);

        Assert.All(row.OfferIds, offerId => Assert.Same(mapping, SkuMap.BuiltIn.Find(CatalogItemId.From(offerId))));
        Assert.All(row.OfferIds, offerId => Assert.Same(mapping, SkuMap.BuiltIn.Find(CatalogItemId.From(offerId.ToLowerInvariant()))));
        if (row.SkuId is { } skuId)
        {
            Assert.Same(mapping, SkuMap.BuiltIn.Find(offerId: null, SkuId.From(skuId.ToUpperInvariant())));
        }

        if (row.PartNumber is { } partNumber)
        {
            Assert.Same(mapping, SkuMap.BuiltIn.Find(offerId: null, skuId: null, partNumber));
        }
    }

    [Theory]
    [MemberData(nameof(RowNames))]
    public void The_base_targets_come_in_the_order_of_the_design_and_the_first_is_the_default(string name)
    {
        var row = Rows.Single(row => row.Name == name);
        var targets = Find(name).Targets;

        Assert.Equal(row.Base, targets.Where(target => !target.IsQualified).Select(target => target.OfferIds[0].OfferId));
        Assert.Equal([true, .. Enumerable.Repeat(false, targets.Count - 1)], targets.Select(target => target.IsDefault));
        Assert.False(targets[0].IsQualified);
    }

    [Theory]
    [MemberData(nameof(RowNames))]
    public void The_qualified_targets_are_those_the_catalogue_names_for_the_source(string name)
    {
        var row = Rows.Single(row => row.Name == name);
        var qualified = Find(name).Targets.Where(target => target.IsQualified).SelectMany(target => target.OfferIds).Select(offer => offer.OfferId);

        Assert.Equal(row.Qualified.Order(), qualified.Order());
    }

    [Theory]
    [InlineData("A6C5A400-70B4-458F-AAF9-DADE77A70418")]
    [InlineData("CD4FC620-C230-4899-9942-DC186179A762")]
    [InlineData("6ABAD564-AC47-4104-94DB-A31E1C2729EF")]
    [InlineData("4D2FC9B9-6B69-41E8-B039-885839D40475")]
    [InlineData("78A7B9B1-5A30-4993-B549-FD9A1AE0BCE2")]
    [InlineData("F7D11014-C85B-485C-96F8-AE7280BAFBD9")]
    [InlineData("F28514F0-6516-4EF9-8222-1C605A05D245")]
    [InlineData("51F99B45-3F92-4EF0-9167-B04709A62106")]
    public void Trials_older_generations_and_products_of_no_row_are_no_targets(string offerId)
    {
        Assert.DoesNotContain(AllTargets(), target => target.OfferIds.Any(offer => offer.OfferId.Equals(offerId, StringComparison.OrdinalIgnoreCase)));
        Assert.Null(SkuMap.BuiltIn.Find(CatalogItemId.From(offerId)));
    }

    [Theory]
    [InlineData(UnifiedOperations, "ccba3cfe-71ef-423a-bd87-b6df3dce59a9", "Dynamics_365_for_Operations", 20)]
    [InlineData("D82E1DE4-DD2E-4627-9343-EE68C3C8349B", "ccba3cfe-71ef-423a-bd87-b6df3dce59a9", "Dynamics_365_for_Operations", 1)]
    [InlineData("D55A6D58-8BD0-4732-BDA4-B03B4786EAF4", "ccba3cfe-71ef-423a-bd87-b6df3dce59a9", "Dynamics_365_for_Operations", 1)]
    [InlineData(Plan, "549c4efe-09a2-462b-9393-9b57dfdea76b", "DYN365_ENTERPRISE_PLAN2", 20)]
    [InlineData("01F8A684-CF0F-4ADB-B0C7-F94CBBEA691F", "549c4efe-09a2-462b-9393-9b57dfdea76b", "DYN365_ENTERPRISE_PLAN2", 20)]
    [InlineData("03A0E68F-3145-4EDA-A73A-E438495122B0", "549c4efe-09a2-462b-9393-9b57dfdea76b", "DYN365_ENTERPRISE_PLAN2", 20)]
    [InlineData(Activity, "b75074f1-4c54-41bf-970f-c9ac871567f5", "Dyn365_Operations_Activity", 1)]
    [InlineData("1FD13474-75A5-4C9B-80A2-FD233C346879", "b75074f1-4c54-41bf-970f-c9ac871567f5", "Dyn365_Operations_Activity", 1)]
    [InlineData(TeamMembers, "7ac9fe77-66b7-4e5e-9e46-10eed1cff547", "DYN365_TEAM_MEMBERS", 1)]
    [InlineData("26EB871F-1EFA-4F73-9115-7573C2339B4A", "7ac9fe77-66b7-4e5e-9e46-10eed1cff547", "DYN365_TEAM_MEMBERS", 1)]
    [InlineData(Device, "3bbd44ed-8a70-4c07-9088-6232ddbd5ddd", "Dynamics_365_for_Operations_Devices", 1)]
    [InlineData(CustomerEngagement, "ea126fc5-a19e-42e2-a731-da9d437bffcf", "DYN365_ENTERPRISE_PLAN1", 1)]
    [InlineData("C891F143-B4D2-4F2A-BEEA-E2C96A044B1F", "ea126fc5-a19e-42e2-a731-da9d437bffcf", "DYN365_ENTERPRISE_PLAN1", 1)]
    [InlineData("04E69BE9-3BF0-4461-8EEE-C83DAE1439C8", "ea126fc5-a19e-42e2-a731-da9d437bffcf", "DYN365_ENTERPRISE_PLAN1", 1)]
    [InlineData(Sales, "1e1a282c-9c54-43a2-9310-98ef728faace", "DYN365_ENTERPRISE_SALES", 1)]
    [InlineData("819221BA-6DB9-4BBB-BDF1-ED2C94A11E74", "be9f9771-1c64-4618-9907-244325141096", "D365_SALES_PRO", 1)]
    [InlineData(CustomerService, "749742bf-0d37-4158-a120-33567104deeb", "DYN365_ENTERPRISE_CUSTOMER_SERVICE", 1)]
    [InlineData("BC281C9C-F761-452C-8F99-C1E61A659205", "1439b6e2-5d59-4873-8c59-d60e2a196e92", "DYN365_CUSTOMER_SERVICE_PRO", 1)]
    [InlineData(FieldService, "c7d15985-e746-4f01-b113-20b575898250", "DYN365_ENTERPRISE_FIELD_SERVICE", 1)]
    [InlineData(ProjectService, "28b81ef4-b535-4e5c-ae14-bd40148c89c5", "DYN365_ENTERPRISE_PROJECT_SERVICE_AUTOMATION", 1)]
    public void A_target_has_the_directory_SKU_and_the_minimum_the_catalogue_recorded(string offerId, string skuId, string partNumber, int minimum)
    {
        var targets = AllTargets().Where(target => target.OfferIds.Any(offer => offer.OfferId == offerId)).ToList();

        Assert.NotEmpty(targets);
        Assert.All(targets, target =>
        {
            Assert.Equal(skuId, target.SkuId, ignoreCase: true);
            Assert.Equal(partNumber, target.PartNumber);
            Assert.Equal(minimum, target.MinimumQuantity);
        });
    }

    [Theory]
    [InlineData(1, "BB30B486-53BE-4ECF-BB85-6F50979F0579")]
    [InlineData(99, "BB30B486-53BE-4ECF-BB85-6F50979F0579")]
    [InlineData(100, "349FC43D-F262-4703-9F46-9B030FB9A6F9")]
    [InlineData(249, "349FC43D-F262-4703-9F46-9B030FB9A6F9")]
    [InlineData(250, "A82E4A9D-7DA4-41F9-9129-19C2D54100BC")]
    [InlineData(499, "A82E4A9D-7DA4-41F9-9129-19C2D54100BC")]
    [InlineData(500, "ADE46300-5273-4080-B1F6-8FEDA26DCECF")]
    [InlineData(999, "ADE46300-5273-4080-B1F6-8FEDA26DCECF")]
    [InlineData(1000, "C891F143-B4D2-4F2A-BEEA-E2C96A044B1F")]
    [InlineData(1_000_000, "C891F143-B4D2-4F2A-BEEA-E2C96A044B1F")]
    public void The_customer_engagement_plan_is_sold_in_five_tiers(int seats, string offerId)
    {
        Assert.Equal(offerId, TargetChooser.OfferFor(Find("CRM Online Enterprise").Targets[0], wanted: null, seats)?.OfferId);
    }

    [Fact]
    public void What_was_withdrawn_is_known_to_be()
    {
        var withdrawn = AllTargets().SelectMany(target => target.OfferIds).Where(offer => offer.WithdrawnOn is not null).Distinct().ToList();

        Assert.Equal(
            ["04E69BE9-3BF0-4461-8EEE-C83DAE1439C8", "2D691BC1-F5CB-4639-836A-04AF74BB1EB5", "A536B3A8-1481-4633-ADFE-D7356F6F4188"],
            withdrawn.Select(offer => offer.OfferId).Order());
        Assert.All(withdrawn, offer => Assert.Equal(new DateTime(2019, 1, 1), offer.WithdrawnOn));
    }

    private static SkuMapping Find(string name)
    {
        var row = Rows.Single(row => row.Name == name);
        return SkuMap.BuiltIn.Find(row.OfferIds.Count == 0 ? null : CatalogItemId.From(row.OfferIds[0]), SkuId.FromOrNull(row.SkuId), row.PartNumber)
            ?? throw new InvalidOperationException($"The map has no row for {name}.");
    }

    private static IEnumerable<SkuTarget> AllTargets() => SkuMap.BuiltIn.Mappings.SelectMany(mapping => mapping.Targets);

    private sealed record Row(string Name, IReadOnlyList<string> OfferIds, string? SkuId, string? PartNumber, IReadOnlyList<string> Base, IReadOnlyList<string> Qualified);
}
