using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using CspMigration.Core.Catalog;
using CspMigration.Core.Tests.Support;
using Newtonsoft.Json.Linq;
using Xunit;

namespace CspMigration.Core.Tests.Catalog;

/// <summary>The families of the built-in map (docs/rules.md, rule 32), and the names that Microsoft's documents have for its rows.</summary>
public sealed class BuiltInFamilyTests
{
    [Fact]
    public void Each_file_has_one_family_and_each_family_one_file()
    {
        var families = MapTexts.BuiltIn.Values.Select(text => Assert.Single(JObject.Parse(text)["mappings"]!.Select(mapping => (string)mapping["family"]!).Distinct())).ToList();

        Assert.Equal(
            ["Dynamics AX", "Dynamics CRM Online", "Microsoft 365 Nonprofit", "Microsoft Teams Rooms", "Office 365", "Office 365 Education", "Power BI Premium"],
            families.Order(StringComparer.Ordinal));
        Assert.Equal(families.Count, SkuMap.BuiltIn.Mappings.Select(mapping => mapping.Family).Distinct().Count());
    }

    [Fact]
    public void Each_row_has_the_date_of_its_retirement_and_where_that_is_published()
    {
        Assert.All(SkuMap.BuiltIn.Mappings, mapping =>
        {
            Assert.InRange(mapping.RetiredOn!.Value, new DateTime(2016, 11, 1), DateTime.UtcNow);
            Assert.NotNull(mapping.RetirementSource);
        });
    }

    // By hand from the lists that Microsoft publishes, the source first.
    [Theory]
    [InlineData("Office 365 E4", "1392051d-0cb9-4b7a-88d5-621fee5e8711", "ENTERPRISEWITHSCAL", "ENTERPRISEPREMIUM", "ENTERPRISEPACK")]
    [InlineData("Office 365 A1 Plus for faculty", "78e66a63-337a-4a9a-8959-41c6654dfb56", "STANDARDWOFFPACK_IW_FACULTY", "STANDARDWOFFPACK_FACULTY")]
    [InlineData("Office 365 A1 Plus for students", "e82ae690-a2d5-4d76-8d30-7c6e01e6022e", "STANDARDWOFFPACK_IW_STUDENT", "STANDARDWOFFPACK_STUDENT")]
    [InlineData("Microsoft Teams Rooms Standard", "6070a4c8-34c6-4937-8dfb-39bbc6397a60", "MEETING_ROOM", "Microsoft_Teams_Rooms_Pro", "Microsoft_Teams_Rooms_Basic")]
    [InlineData("Microsoft Teams Rooms Premium", "4fb214cb-a430-4a91-9c91-4976763aa78f", "MTR_PREM", "Microsoft_Teams_Rooms_Pro")]
    [InlineData("Microsoft 365 Business Premium Donation", "24c35284-d768-4e53-84d9-b7ae73dddf69", "Microsoft_365_Business_Premium_Donation_(Non_Profit_Pricing)", "SPB")]
    [InlineData("Power BI Premium P1", "7b26f5ab-a763-4c00-a1ac-f6c4b5506945", "PBI_PREMIUM_P1_ADDON")]
    public void What_was_retired_since_is_recognized_by_directory_SKU_and_part_number(string source, string skuId, string partNumber, params string[] targets)
    {
        var mapping = SkuMap.BuiltIn.Find(offerId: null, SkuId.From(skuId))!;

        Assert.Equal(source, mapping.Source);
        Assert.Same(mapping, SkuMap.BuiltIn.Find(offerId: null, skuId: null, partNumber));
        Assert.Equal(targets, mapping.Targets.Select(target => target.PartNumber));
        Assert.Equal(targets.Length == 0, mapping.NoTargetReason is not null);
    }

    [Fact]
    public void Rows_of_several_families_mean_the_same_by_the_name_of_a_target_and_none_leads_back_to_its_source()
    {
        var targets = SkuMap.BuiltIn.Mappings.SelectMany(mapping => mapping.Targets).GroupBy(target => target.Name, StringComparer.OrdinalIgnoreCase);

        Assert.All(targets, same => Assert.Single(same.Select(target => (target.SkuId, target.PartNumber, target.MinimumQuantity, target.IsQualified, string.Join(" ", target.OfferIds))).Distinct()));
        Assert.Null(SkuMap.BuiltIn.FindCycle());
        Assert.Distinct(SkuMap.BuiltIn.Mappings.SelectMany(mapping => mapping.SourceOfferIds.Append(mapping.SourceSkuId).Append(mapping.SourcePartNumber).OfType<string>()), StringComparer.OrdinalIgnoreCase);
    }

    // The tables of "Migrate Dynamics AX subscriptions to Dynamics 365", as they are spelled there.
    [Theory]
    [InlineData("Enterprise SKU", "Dynamics AX Enterprise", "Microsoft Dynamics 365 for Unified Operations", "Dynamics 365 Unified Operations Plan")]
    [InlineData("Enterprise SKU", "Dynamics AX Enterprise", "Microsoft Dynamics 365 Plan", "Dynamics 365 Plan")]
    [InlineData("Task", "Dynamics AX Task", "Microsoft Dynamics 365 for Activity", "Dynamics 365 Activity")]
    [InlineData("Task/self service", "Dynamics AX Task / Self Serve", "Microsoft Dynamics 365 for Team Members", "Dynamics 365 Team Members")]
    [InlineData("Device", "Dynamics AX Device", "Microsoft Dynamics 365 for Operations Device", "Dynamics 365 Operations Device")]
    [InlineData("Enterprise", "Dynamics CRM Online Enterprise", "Dynamics 365 Enterprise Customer Engagement Plan", "Dynamics 365 Customer Engagement Plan")]
    [InlineData("Professional", "Dynamics CRM Online Professional", "Dynamics 365 Enterprise Customer Engagement Plan", "Dynamics 365 Customer Engagement Plan")]
    [InlineData("Professional", "Dynamics CRM Online Professional", "Dynamics 365 for Sales", "Dynamics 365 Sales")]
    [InlineData("Professional", "Dynamics CRM Online Professional", "Dynamics 365 for Customer Service", "Dynamics 365 Customer Service")]
    [InlineData("Basic", "Dynamics CRM Online Basic", "Dynamics 365 for Team Members", "Dynamics 365 Team Members")]
    [InlineData("Basic", "Dynamics CRM Online Basic", "Dynamics 365 for Sales", "Dynamics 365 Sales")]
    [InlineData("Basic", "Dynamics CRM Online Basic", "Dynamics 365 for Customer Service", "Dynamics 365 Customer Service")]
    [InlineData("Basic", "Dynamics CRM Online Basic", "Dynamics 365 Enterprise Customer Engagement Plan", "Dynamics 365 Customer Engagement Plan")]
    [InlineData("Essential", "Dynamics CRM Online Essential", "Dynamics 365 for Team Members", "Dynamics 365 Team Members")]
    [InlineData("Field service add-on", "Dynamics CRM Online Field Service add-on", "Dynamics 365 Enterprise Customer Engagement Plan", "Dynamics 365 Customer Engagement Plan")]
    [InlineData("Field service add-on", "Dynamics CRM Online Field Service add-on", "Dynamics 365 for Field Service", "Dynamics 365 Field Service")]
    [InlineData("Project Service Authomation Add-on", "Dynamics CRM Online Project Service Automation add-on", "Dynamics 365 Customer Engagement Plan", "Dynamics 365 Customer Engagement Plan")]
    [InlineData("Project Service Authomation Add-on", "Dynamics CRM Online Project Service Automation add-on", "Dynamics 365 for Project Service Automation", "Dynamics 365 Project Service Automation")]
    public void The_names_of_the_documents_are_known(string documented, string source, string documentedTarget, string target)
    {
        var mapping = Assert.Single(SkuMap.BuiltIn.Search(documented), mapping => mapping.Source == source);

        Assert.Equal(target, TargetChooser.Find(SkuMap.BuiltIn, mapping, documentedTarget)?.Name);
        Assert.Equal(target, TargetChooser.Find(SkuMap.BuiltIn, mapping: null, documentedTarget)?.Name);
        Assert.Contains(mapping.Targets, other => other.Name == target);
    }

    // The document's example: "move a customer … for Dynamics AX Enterprise to Dynamics 365 for Operations".
    [Theory]
    [InlineData("Dynamics 365 for Operations")]
    [InlineData("Dynamics 365 for Operations, Enterprise Edition")]
    [InlineData("microsoft dynamics 365 for operations")]
    public void The_names_of_the_document_s_example_are_known(string documented)
    {
        var mapping = Assert.Single(SkuMap.BuiltIn.Search("Dynamics AX Enterprise"));

        Assert.Equal(mapping.Targets[0], TargetChooser.Find(SkuMap.BuiltIn, mapping, documented));
    }

    [Theory]
    [InlineData("Office 365 Enterprise E4")]
    [InlineData("Microsoft Office 365 E4")]
    public void Office_365_E4_is_known_by_both_its_names(string name)
    {
        Assert.Equal("Office 365 E4", Assert.Single(SkuMap.BuiltIn.Search(name)).Source);
    }

    [IdListFact]
    public void Each_id_is_in_the_published_lists()
    {
        var lists = IdLists.Text;

        Assert.All(MapTexts.BuiltIn.Concat(MapTexts.Examples), file => Assert.All(IdsOf(file.Value), id => Assert.Contains(id, lists, StringComparison.OrdinalIgnoreCase)));
    }

    // The end, and what replaces it, must both be published; what goes both ways is no retirement.
    [IdListFact]
    public void Each_row_is_sure_enough()
    {
        Assert.All(SkuMap.BuiltIn.Mappings.Where(mapping => !mapping.Family.StartsWith("Dynamics", StringComparison.Ordinal)), mapping =>
        {
            var line = Assert.Single(IdLists.RetiredLines, line => line.Contains(mapping.SourceSkuId!, StringComparison.OrdinalIgnoreCase));
            Assert.Matches("^[AC],", line);
            Assert.DoesNotContain("inferred", line, StringComparison.Ordinal);
            Assert.All(mapping.Targets, target => Assert.Contains(target.SkuId!, line, StringComparison.OrdinalIgnoreCase));
        });
    }

    private static IEnumerable<string> IdsOf(string map)
    {
        var json = JObject.Parse(map);
        var partNumbers = json.Descendants().OfType<JProperty>().Where(property => property.Name == "partNumber").Select(property => (string)property.Value!);
        return Regex.Matches(map, "[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}").Select(match => match.Value).Concat(partNumbers);
    }
}

/// <summary>The published lists of ids, which are not part of this repository: they lie beside the documentation's samples.</summary>
internal static class IdLists
{
    private static readonly string[] Names = ["retired-skus.csv", "sku-identifiers.csv"];

    private static readonly IReadOnlyList<string> Files = PublicSamples.Folder is { } folder
        ? [.. Names.Select(name => Path.Combine(Path.GetDirectoryName(Path.GetFullPath(folder))!, name))]
        : [];

    public static string? WhyAbsent { get; } = PublicSamples.WhyAbsent ?? (Files.All(File.Exists) ? null : $"There are no lists of ids: {string.Join(" and ", Files)}.");

    public static string Text => string.Concat(Files.Select(File.ReadAllText));

    public static IReadOnlyList<string> RetiredLines => File.ReadAllLines(Files[0]);
}

/// <summary>A test over the published lists of ids; skipped where they are not at hand.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class IdListFactAttribute : FactAttribute
{
    public IdListFactAttribute() => Skip = IdLists.WhyAbsent;
}
