namespace CspMigration.Core.Purchases;

/// <summary>The names of the checks.</summary>
internal static class ReadinessRule
{
    public const string Cloud = "Cloud";
    public const string Relationship = "Relationship";
    public const string Country = "Country";
    public const string Rights = "Rights";
    public const string Source = "Source";
    public const string AddOns = "Add-ons";
    public const string Target = "Target";
    public const string Successor = "Successor";
    public const string Seats = "Seats";
    public const string OnSale = "On sale";
    public const string Segment = "Segment";
    public const string Term = "Term and billing cycle";
    public const string Limit = "Limit";
    public const string Quantity = "Quantity";
    public const string Prerequisite = "Prerequisite";
    public const string Agreement = "Agreement";
    public const string PartnerOfRecord = "Partner of record";

    /// <summary>Only checked in readiness: the run sends the order and sees.</summary>
    public const string Order = "Order";

    /// <summary>Only the run can tell.</summary>
    public const string CartLine = "Cart line";

    /// <summary>Only the run can tell, unless the target is there already.</summary>
    public const string Provisioning = "Provisioning";

    /// <summary>Only checked in readiness: it needs every holder's licenses read.</summary>
    public const string Users = "Users";

    /// <summary>Only the run can tell.</summary>
    public const string GroupLicenses = "Group licenses";

    /// <summary>Only the run can tell.</summary>
    public const string ServicePlans = "Service plans";

    /// <summary>Only checked in readiness: the run warns of it in its last step.</summary>
    public const string Ending = "Old subscription";

    /// <summary>Whether and how the source gets its target in the way that is asked for.</summary>
    public const string Method = "Method";

    /// <summary>The verdict on each method, only checked in readiness.</summary>
    public const string MethodPurchase = "Method Purchase";

    /// <inheritdoc cref="MethodPurchase"/>
    public const string MethodTransition = "Method Transition";

    /// <inheritdoc cref="MethodPurchase"/>
    public const string MethodRenewal = "Method Renewal";

    /// <summary>Only checked in readiness: the run does not depend on it.</summary>
    public const string Alternative = "The service's own way";

    /// <summary>All of them in the order in which they are made: what comes after one that failed is not reached.</summary>
    public static readonly string[] InOrder =
    [
        Cloud, Relationship, Country, Rights, Source, AddOns, Target, Successor, Method, Seats, OnSale, Segment, Term, Limit, Quantity, Prerequisite,
        Agreement, PartnerOfRecord, Order, CartLine, Provisioning, Users, GroupLicenses, ServicePlans, Ending, MethodPurchase, MethodTransition, MethodRenewal, Alternative,
    ];
}
