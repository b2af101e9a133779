namespace CspMigration.Migration.Tests.Support;

/// <summary>Ids the documents' products are known by.</summary>
internal static class Ids
{
    public const string AxEnterprise = "9E23E01E-00D0-4402-A5EF-27B275411D5A";
    public const string OperationsPlan = "1EC5A993-0779-43A9-A857-AC8FE83E977B";
    public const string EverythingPlan = "725D5132-22A7-42D8-8A9B-988549A565F7";
    public const string Activity = "6130626E-BEE0-4E76-8ABB-E919B0EC9483";
    public const string TeamMembers = "B2CCB51A-43C2-47D4-92DB-DBF14553A185";
    public const string OperationsDevice = "16E05C5C-B536-42A0-A26E-D920C267D723";
    public const string EngagementPlan1 = "BB30B486-53BE-4ECF-BB85-6F50979F0579";
    public const string EngagementPlan2 = "349FC43D-F262-4703-9F46-9B030FB9A6F9";
    public const string EngagementPlan3 = "A82E4A9D-7DA4-41F9-9129-19C2D54100BC";
    public const string EngagementPlan4 = "ADE46300-5273-4080-B1F6-8FEDA26DCECF";
    public const string EngagementPlan5 = "C891F143-B4D2-4F2A-BEEA-E2C96A044B1F";
    public const string EngagementPlanTrial = "F7D11014-C85B-485C-96F8-AE7280BAFBD9";
    public const string Sales = "E5AEEDC5-E2F0-4099-AA45-95802034D7F8";
    public const string CustomerService = "58CD6573-6784-4467-B2FC-1A06BB874ED6";
    public const string FieldService = "5EB287F2-F34F-4BC8-A8B0-C2E9B23F7430";
    public const string ProjectService = "DF406C18-5DEB-4F8B-9AF3-0F743FFFEDC9";

    // Directory SKUs.
    public const string EngagementPlanSku = "ea126fc5-a19e-42e2-a731-da9d437bffcf";
    public const string CrmProfessionalSku = "d17b27af-3f49-4822-99f9-56a661538792";
}
