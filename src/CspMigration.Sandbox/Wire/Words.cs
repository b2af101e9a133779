using CspMigration.Sandbox.Catalog;
using CspMigration.Sandbox.Spelling;
using CspMigration.Sandbox.State;

namespace CspMigration.Sandbox.Wire;

/// <summary>The enumerations that clients send, in the service's spelling.</summary>
internal static class Words
{
    public const string Reseller = "transaction_reseller";
    public const string ConsumptionReseller = "consumption_reseller";
    public const string AdditionalReseller = "additional_transaction_reseller";

    public static Vocabulary Qualifications { get; } = new([.. Qualification.Names]);

    public static Vocabulary EducationSegments { get; } = new("K12", "HigherEducation");

    /// <summary>Clients send <c>unknown</c> for an unspecified billing cycle.</summary>
    public static Vocabulary BillingCycles { get; } = new("monthly", "annual", "one_time", "biennial", "triennial", "none", "unknown");

    public static Vocabulary Terms { get; } = new("P1M", "P1Y", "P3Y");

    public static Vocabulary SubscriptionStatuses { get; } = new("none", "active", "suspended", "deleted", "expired", "pending", "disabled");

    /// <summary>The schedule type of an action at the end of the term.</summary>
    public const string TermEnd = "TermEnd";

    public static Vocabulary ScheduleTypes { get; } = new(TermEnd, "CustomDate");

    public static Vocabulary ScheduledActionTypes { get; } = new([.. System.Enum.GetNames(typeof(ScheduledActionType)), "Transition"]);

    public static Vocabulary OrderStatuses { get; } = new("unknown", "none", "completed", "pending", "cancelled", "canceled", "suspended");

    public static Vocabulary Participants { get; } = new(Reseller, ConsumptionReseller, AdditionalReseller);

    public static Vocabulary Relationships { get; } = new("unknown", "none", "reseller", "advisor", "syndication", "microsoft_support");

    public static Vocabulary UserStates { get; } = new("active", "inactive");

    public static Vocabulary FilterOperators { get; } = new(
        "equals", "not_equals", "greater_than", "greater_than_or_equals", "less_than", "less_than_or_equals", "substring", "and", "or", "starts_with", "not_starts_with");

    public static Vocabulary CustomerFields { get; } = new("CompanyName", "Domain", "IndirectReseller", "IndirectCloudSolutionProvider");

    public static Vocabulary UserFields { get; } = new("UserState", "UserStatus");

    public static Vocabulary AuditFields { get; } = new("CompanyName", "CustomerId", "ResourceType");

    public static Vocabulary SortFields { get; } = new("DisplayName", "UserPrincipalName", "UsageLocation");

    public static Vocabulary SortDirections { get; } = new("Ascending", "Descending");

    public static Vocabulary SegmentNames { get; } = new([.. Segments.All]);
}
