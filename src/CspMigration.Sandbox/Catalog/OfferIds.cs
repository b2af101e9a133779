namespace CspMigration.Sandbox.Catalog;

/// <summary>The ids of offers that scenarios use; offers.json has their details.</summary>
internal static class OfferIds
{
    // Retired
    public const string AxEnterprise = "9E23E01E-00D0-4402-A5EF-27B275411D5A";
    public const string AxTask = "87E44AEF-6B4C-402C-8A17-BCD33BF68C51";
    public const string AxSelfServe = "3A602B12-43AA-45CB-8FCD-A3FB61C75FF9";
    public const string AxDevice = "82E1CCA5-8E8E-4385-9919-1C2AB2E1776F";
    public const string CrmEnterprise = "00000000-5A4D-4000-A000-000000000001";
    public const string CrmProfessional = "921CB1B8-A289-4437-A0B8-11104BCC3CBA";
    public const string CrmBasic = "FFB8BB89-9573-4E76-840F-6521450325A1";
    public const string CrmEssential = "D431DE8A-1AC2-49DD-A6F5-07F3A0A880FF";
    public const string FieldServiceAddOn = "845E8166-3091-4991-B762-E875771BF945";
    public const string ProjectServiceAddOn = "CE541D2E-E204-4934-A66A-AC12421E0784";
    public const string Campaigns = "00000000-5A4D-4000-A000-000000000004";
    public const string OfficeE4 = "00000000-5A4D-4000-A000-000000000006";

    // On sale, in some scenarios at least
    public const string OperationsPlan = "1EC5A993-0779-43A9-A857-AC8FE83E977B";
    public const string Activity = "6130626E-BEE0-4E76-8ABB-E919B0EC9483";
    public const string OperationsDevice = "16E05C5C-B536-42A0-A26E-D920C267D723";
    public const string TeamMembers = "B2CCB51A-43C2-47D4-92DB-DBF14553A185";
    public const string EngagementPlan = "BB30B486-53BE-4ECF-BB85-6F50979F0579";
    public const string EngagementPlanFromHundred = "349FC43D-F262-4703-9F46-9B030FB9A6F9";
    public const string EngagementPlanTrial = "F7D11014-C85B-485C-96F8-AE7280BAFBD9";
    public const string EngagementPlanFromBasic = "04E69BE9-3BF0-4461-8EEE-C83DAE1439C8";
    public const string ServiceDesk = "00000000-5A4D-4000-A000-000000000003";
}
