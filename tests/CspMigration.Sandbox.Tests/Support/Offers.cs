namespace CspMigration.Sandbox.Tests.Support;

/// <summary>Ids of offers and SKUs.</summary>
internal static class Offers
{
    public const string AxEnterprise = "9E23E01E-00D0-4402-A5EF-27B275411D5A";
    public const string AxTask = "87E44AEF-6B4C-402C-8A17-BCD33BF68C51";
    public const string OperationsPlan = "1EC5A993-0779-43A9-A857-AC8FE83E977B";
    public const string OperationsPlanSku = "ccba3cfe-71ef-423a-bd87-b6df3dce59a9";
    public const string TeamMembers = "B2CCB51A-43C2-47D4-92DB-DBF14553A185";
    public const string TeamMembersSku = "7ac9fe77-66b7-4e5e-9e46-10eed1cff547";
    public const string EngagementPlan = "BB30B486-53BE-4ECF-BB85-6F50979F0579";
    public const string EngagementPlanFromHundred = "349FC43D-F262-4703-9F46-9B030FB9A6F9";
    public const string EngagementPlanSku = "ea126fc5-a19e-42e2-a731-da9d437bffcf";
    public const string EngagementPlanTrial = "F7D11014-C85B-485C-96F8-AE7280BAFBD9";
    public const string SalesProSku = "be9f9771-1c64-4618-9907-244325141096";
    public const string SalesSku = "1e1a282c-9c54-43a2-9310-98ef728faace";
    public const string Storage = "00000000-5A4D-4000-A000-000000000002";
    public const string NonprofitTeamMembers = "00000000-5A4D-4000-A000-000000000005";
    public const string ServiceDesk = "00000000-5A4D-4000-A000-000000000003";
}
