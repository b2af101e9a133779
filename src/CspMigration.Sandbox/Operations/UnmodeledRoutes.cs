using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Routing;

namespace CspMigration.Sandbox.Operations;

/// <summary>
/// Routes of the service that the sandbox does not model. They answer 501 with a name, so that a segment of their path is not
/// taken for an id.
/// </summary>
internal static class UnmodeledRoutes
{
    private const string Customer = "/v1/customers/{customerId}";
    private const string Subscriptions = Customer + "/subscriptions";
    private const string Subscription = Subscriptions + "/{subscriptionId}";
    private const string Order = Customer + "/orders/{orderId}";

    public static IEnumerable<Route> Routes =>
    [
        .. Everything("invoices", "/v1/invoices"),
        .. Everything(
            "usage",
            "/v1/usagesummary",
            "/v1/customers/usagerecords",
            Customer + "/usagesummary",
            Customer + "/usagebudget",
            Subscriptions + "/usagerecords",
            Subscriptions + "/overage",
            Subscription + "/usagesummary",
            Subscription + "/usagerecords",
            Subscription + "/resourceusagerecords",
            Subscription + "/meterusagerecords",
            Subscription + "/utilizations"),
        .. Everything("service costs", Customer + "/servicecosts"),
        .. Everything("rate cards", "/v1/ratecards"),
        .. Everything("entitlements", Customer + "/entitlements", Subscription + "/azureEntitlements"),
        .. Everything("device policies", Customer + "/policies", Customer + "/deviceBatches", Customer + "/devicePolicyUpdates", Customer + "/batchJobStatus"),
        .. Everything("service requests", "/v1/servicerequests", Customer + "/servicerequests", "/v1/serviceincidents"),
        .. Everything("analytics", "/v1/analytics", Customer + "/analytics"),
        .. Everything("directory roles", Customer + "/directoryroles", Customer + "/users/{userId}/directoryroles"),
        .. Everything("password resets", Customer + "/users/{userId}/resetpassword"),
        .. Everything("transfers", Customer + "/transfers", Customer + "/transfereligibilities"),
        .. Everything("Azure upgrades", "/v1/productUpgrades"),
        .. Everything("self-serve policies", "/v1/selfServePolicy"),
        .. Everything("managed services", Customer + "/managedservices"),
        .. Everything("application consents", Customer + "/applicationconsents"),
        .. Everything("validation codes", "/v1/customers/all/validations"),
        .. Everything("agreement documents", "/v1/agreementtemplates"),
        .. Everything("the compliance of resellers", "/v1/compliance", "/v1/enrolledprograms", "/v1/accountsettings"),
        .. Everything("inventory checks", "/v1/extensions"),
        .. Everything("a customer's offer categories", Customer + "/offercategories"),
        .. Everything("activation and registration", Subscription + "/activate", Subscription + "/activationlinks", Subscription + "/registrations", Subscription + "/registrationstatus"),
        .. Everything("support contacts", Subscription + "/supportcontact"),
        .. Everything("order attachments", Order + "/attachment", Order + "/attachments", Order + "/activationlinks", Order + "/lineitems"),
        .. One("changes of the partner's own profiles", "PUT", "/v1/profiles/organization", "/v1/profiles/legalbusiness", "/v1/profiles/billing", "/v1/profiles/support"),
    ];

    private static IEnumerable<Route> Everything(string what, params string[] paths) => One(what, Route.AnyMethod, [.. paths.Select(path => path + Route.Below)]);

    private static IEnumerable<Route> One(string what, string method, params string[] templates) => templates.Select(template => Route.Missing(method, template, what));
}
