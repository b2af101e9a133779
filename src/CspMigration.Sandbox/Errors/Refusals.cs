using System.Linq;
using CspMigration.Sandbox.Catalog;
using CspMigration.Sandbox.State;

namespace CspMigration.Sandbox.Errors;

/// <summary>
/// Every error of the service, with its status and code. Code 0 is the generic one, for causes to which the public documentation
/// assigns none.
/// </summary>
internal static class Refusals
{
    // A line of a cart has other codes for these.
    public const int ProductNotFound = 400013;
    public const int SkuNotFound = 400018;
    public const int AvailabilityNotFound = 400019;
    public const int ItemNotEligible = 800020;
    public const int PartnerIdNotValid = 900247;
    public const int LineQuantityOutOfRange = 900275;
    public const int CycleNotSupported = 6001;
    public const int TermNotSupported = 800121;
    public const int TermEndNotAligned = 900242;

    private const int Generic = 0;

    public static GatewayException Unauthorized(string why) => new(401, why);

    public static GatewayException NoSuchRoute(string path) => new(404, $"Resource not found: {path}");

    public static GatewayException MethodNotAllowed(string method) => new(405, $"The resource does not support {method}.");

    public static GatewayException RateLimited(int seconds) =>
        new(429, $"Rate limit is exceeded. Try again in {seconds} seconds.") { RetryAfter = seconds };

    public static ServiceException NotModeled(string what) =>
        new(501, Generic, $"The sandbox does not model {what}. docs/partner-center.md says what it models.");

    public static ServiceException AppOnlyToken() =>
        new(403, 900329, "This operation needs a user: a token of the application alone is not supported.");

    public static ServiceException NoDelegation(Customer customer, DelegationRefusal refusal) => refusal switch
    {
        DelegationRefusal.ConditionalAccess => new(403, 900309, "Access is blocked by the customer's Conditional Access policies."),
        DelegationRefusal.NoRelationship => NoRelationship(customer),
        _ => new(403, 900308, "The user has no delegated administration privileges at this customer."),
    };

    public static ServiceException NoRelationship(Customer customer) =>
        new(403, 20002, $"There is no commerce relationship between the partner and customer {customer.Id}.");

    public static ServiceException NoSuchCustomer(string id) => new(404, 1000, $"Customer {id} was not found.");

    public static ServiceException NoSuchOrder(string id) => new(404, 20000, $"Order {id} was not found.");

    public static ServiceException NoSuchSubscription(string id) => new(404, 20003, $"Subscription {id} was not found.");

    public static ServiceException NoSuchUser(string id) => new(404, 60002, $"User {id} was not found.");

    public static ServiceException NoSuchOffer(string id) => new(404, 1000, $"Offer {id} was not found.");

    public static ServiceException NoSuchCountry(string code) => new(404, 1000, $"Country {code} was not found.");

    public static ServiceException DomainTaken(string domain) => InvalidProperty("domain", $"{domain} is taken.");

    public static ServiceException BadInput(string why) => new(400, 800002, why);

    public static ServiceException InvalidProperty(string property, string why) => new(400, 3000, $"Invalid property {property}: {why}", property);

    public static ServiceException NoRequestId(string text) => InvalidProperty("MS-RequestId", $"{text} is not a GUID.");

    // Subscriptions
    public static ServiceException QuantityOfSuspended() => new(400, 2001, "The quantity of a suspended subscription cannot be changed.");

    public static ServiceException Suspended() => new(400, 800091, "The subscription is suspended and cannot be updated.");

    public static ServiceException Deleted() => new(400, 2011, "A deleted subscription cannot be updated.");

    public static ServiceException Ended() => new(400, 900279, "The subscription has ended: updates are no longer allowed.");

    public static ServiceException Extended() => new(
        400, 900279, "The subscription is in its extended service term: it can be canceled or converted back, other updates are not allowed.");

    public static ServiceException StaleEtag() => new(400, 2055, "The etag is no longer valid: the resource has changed since it was read.");

    public static ServiceException BillingCycleBelongsToOrder() => new(400, 2054, "The billing cycle is changed on the order.");

    public static ServiceException StatusChange(string from, string to) =>
        new(400, 800096, $"The status cannot be changed here from {from} to {to}.");

    public static ServiceException ParentNotActive(string parentId) =>
        new(409, 27009, $"The subscription cannot be enabled while its parent {parentId} is not active.");

    public static ServiceException NotAutoRenewable() => new(400, 800093, "The subscription is not eligible for automatic renewal.");

    public static ServiceException PartnerOfRecordChange() => new(400, 800098, "The partner of record cannot be changed here: it follows the parent subscription.");

    public static ServiceException NoSuchPartner(string partnerId) => new(404, 1000, $"Partner id {partnerId} was not found.");

    public static ServiceException InvalidPartnerId(string partnerId) => new(400, PartnerIdNotValid, $"The partner id {partnerId} is not valid.");

    public static ServiceException SubscriptionQuantity(int minimum, int maximum) =>
        new(400, 2002, $"The quantity must be between {minimum} and {maximum}.");

    // Orders
    public static ServiceException LineQuantity(int line, int minimum, int maximum) =>
        new(400, LineQuantityOutOfRange, $"The quantity of line item {line} must be between {minimum} and {maximum}.");

    public static ServiceException PropertyNotAllowed(string property) =>
        new(400, 2000, $"The property {property} is not allowed on this call.", property);

    public static ServiceException NotAttested() => new(
        400, 900206, "The partner attestation is missing: partnerOnRecordAttestationAccepted must be true where a partner of record is named.");

    public static ServiceException LineNumber(int count) => new(400, 800071, $"The line item numbers must be from 0 to {count - 1}.");

    public static ServiceException OrderNotCancelable(Order order, Customer customer) => new(
        400, 800063, $"Order {order.Id} can't be canceled. Use PATCH /customers/{customer.Id}/subscriptions/<subscriptionId> to suspend subscriptions.");

    public static ServiceException NoUpdate(string offerId) => new(400, 2006, $"Updates of subscriptions for offer {offerId} are not allowed here.");

    public static ServiceException BillingCycleFixed() => new(400, 800097, "The billing cycle cannot be changed in the middle of a term.");

    public static ServiceException InvalidOffer(string id) => new(400, 800004, $"{id} is not a valid offer id.");

    public static ServiceException NotAnOffer(string id) => new(400, 2100, $"The offers API does not know {id}: use products and SKUs.");

    public static ServiceException NoLongerSold(Offer offer) => new(403, 2091, $"The offer {offer.Name} is no longer available for purchase.");

    public static ServiceException CountryNotOnboarded(string country) => new(403, 2030, $"The partner is not onboarded to sell in {country}.");

    public static ServiceException NotInCountry(Offer offer, string country) => new(400, 800070, $"The offer {offer.Name} is not available in {country}.");

    public static ServiceException NotQualified(Offer offer) =>
        new(400, 800086, $"The customer lacks the tags for the offer {offer.Name}, which is sold to {offer.Segment} customers.");

    public static ServiceException UnsupportedCycle(Offer offer, string cycle) =>
        new(400, CycleNotSupported, $"The offer {offer.Name} cannot be billed {cycle}: it supports {string.Join(", ", offer.BillingCycles.ToArray())}.");

    public static ServiceException LineNotActive(string subscriptionId) => new(400, 6000, $"Subscription {subscriptionId} of the order is not active.");

    public static ServiceException OfferLimit(Offer offer, int limit) =>
        new(400, 27006, $"The use limit of the offer {offer.Name} is exceeded: {limit} for each customer.");

    public static ServiceException UnrelatedAddOn(Offer offer) => new(400, 800029, $"The add-on {offer.Name} does not belong to a subscription of the given parent.");

    public static ServiceException NoAgreement() => new(403, 13605, "The customer has not accepted the customer agreement.");

    // New commerce
    public static ServiceException NoSuchProduct(string id) => new(404, ProductNotFound, $"Product {id} was not found.");

    public static ServiceException NoSuchProductSku(string id) => new(404, SkuNotFound, $"SKU {id} was not found.");

    public static ServiceException NoSuchAvailability(string id) => new(404, AvailabilityNotFound, $"Availability {id} was not found.");

    public static ServiceException TargetSegment(string segment) => new(400, 400030, $"The target segment {segment} is not available here.");

    public static ServiceException TargetView(string? view) => new(400, 400036, $"The target view {view ?? "is missing and"} is not known.");

    public static ServiceException PrerequisiteMissing(ProductSku sku) =>
        new(400, 400041, $"{sku.Title} needs one of {string.Join(", ", sku.Prerequisites.ToArray())}, owned or in the same cart.");

    public static ServiceException NoSuchCart(string id) => new(404, 1000, $"Cart {id} was not found.");

    public static ServiceException CartSubmitted(string id) => new(400, 800065, $"Cart {id} was already submitted.");

    // Migrations to new commerce
    public static ServiceException NotMigratable(Subscription subscription, MigrationError error, string why)
    {
        var (status, code) = error switch
        {
            MigrationError.NotActive => (400, 900215),
            MigrationError.BeingProcessed => (400, 900216),
            MigrationError.HasPromotions => (400, 900218),
            MigrationError.AddOnNotEligible => (400, 900219),
            MigrationError.ProductUnavailable => (400, 900220),
            MigrationError.TermOrCycleNotSupported => (400, 900222),
            MigrationError.ActiveForLessThanOneMonth => (403, 900226),
            MigrationError.InvalidPartnerOnRecord => (400, PartnerIdNotValid),
            MigrationError.TermEndOutside => (400, 900291),
            MigrationError.TermEndNotAligned => (400, 900292),
            _ => (400, 900217),
        };
        return new(status, code, $"Subscription {subscription.Id} cannot be migrated to New Commerce because {why}.");
    }

    /// <summary>For a subscription with several reasons against its migration.</summary>
    public static ServiceException NotMigratable(Subscription subscription, string why) =>
        new(400, 900221, $"Subscription {subscription.Id} cannot be migrated to New Commerce because of one or more reasons: {why}.");

    public static ServiceException MigrationQuantity(Subscription subscription, ProductSku sku) => new(
        400, LineQuantityOutOfRange, $"The quantity of subscription {subscription.Id} must be between {sku.MinimumQuantity} and {sku.MaximumQuantity}.");

    public static ServiceException AddOnTwice() => new(
        400, 900248, "Migration cannot be performed because two or more add-on migrations were specified with the same current subscription id.");

    public static ServiceException AddOnUnknown() => new(
        400, 900262, "Subscription cannot be migrated because one or more of its add-on migrations do not exist, are not active or belong to another subscription.");

    public static ServiceException NoSuchMigration(string id) => new(400, 900224, $"New-Commerce migration {id} could not be found.");

    public static ServiceException NoSuchSchedule(string id) => new(404, 1000, $"New-Commerce migration schedule {id} was not found.");

    public static ServiceException ScheduleClosed(string id) => BadInput($"New-Commerce migration schedule {id} was carried out or canceled.");

    public static ServiceException CancellationWindow(Subscription subscription) =>
        new(400, 900117, $"Subscription {subscription.Id} is outside of its cancellation window.");

    public static ServiceException QuantityDecrease(int refundable) =>
        new(400, 800090, $"The quantity cannot be decreased by more than the {refundable} seats that can be refunded.");

    public static ServiceException NotEligible(ProductSku sku) => new(403, ItemNotEligible, $"{sku.Title} is not available to this customer.");

    public static ServiceException UnsupportedCycle(ProductSku sku, string cycle) =>
        new(400, CycleNotSupported, $"{sku.Title} is not sold billed {cycle}: it is sold for {Terms(sku)}.");

    public static ServiceException UnsupportedTerm(ProductSku sku, string term) =>
        new(400, TermNotSupported, $"{sku.Title} is not sold for the term {(term.Length == 0 ? "that is missing" : term)}: it is sold for {Terms(sku)}.");

    public static ServiceException TermEnd(int line) => new(
        400,
        TermEndNotAligned,
        $"The custom term end date of line item {line} is not within the first term, or is neither the end of a month nor that of an active subscription of the customer's.");

    public static ServiceException NextTermEndOutside() =>
        new(400, 900245, "The custom term end date of the next term instructions must be within the first term after the renewal.");

    public static ServiceException NextTermEndNotAligned() => new(
        400, 900246, "The custom term end date of the next term instructions is neither the end of a month nor that of an active subscription of the customer's.");

    public static ServiceException NoSuchPromotion(string id) => new(400, 27007, $"{id} is not a promotion of this product, term and billing cycle.");

    public static ServiceException NoSuchPromotionId(string id) => new(404, 1000, $"Promotion {id} was not found.");

    public static ServiceException CartLine(int code, string why) => new(400, code, why);

    public static ServiceException NotConvertible(string why) => new(400, ItemNotEligible, why);

    // Relationships and transitions
    public static ServiceException AgreementExists() => new(400, 600061, "A partner confirmed agreement already exists for the customer.");

    public static ServiceException NotForLegacy() => new(403, 900263, "This API method is not supported for legacy subscriptions.");

    public static ServiceException PendingOperation() => new(409, 900278, "There is a pending operation on this subscription. Please try again after 24 hours.");

    public static ServiceException NotTransitionable(TransitionError error) => error switch
    {
        TransitionError.ConcurrencyConflicts or TransitionError.NotProvisioned => PendingOperation(),
        TransitionError.ConflictingServiceTypes => InvalidProperty("transitionType", "there are conflicting subscriptions: licenses cannot be transferred."),
        _ => Suspended(),
    };

    public static ServiceException TransitionTarget(int code, string why) => new(400, code, "The target transition ToSubscriptionId field is invalid. " + why);

    public static ServiceException TransitionTermShorter() => new(400, 900267, "Target transition can't have a term duration shorter than that of the source subscription.");

    public static ServiceException TransitionTerm() => new(400, 900268, "The term duration on the target transition is invalid.");

    public static ServiceException TransitionBillingCycle() => new(400, 900269, "The billing cycle is invalid.");

    public static ServiceException TransitionCycleLonger() => new(400, 900270, "The billing cycle cannot be longer than the term.");

    public static ServiceException StillActive(string subscriptionId) =>
        InvalidProperty("relationshipToPartner", $"subscription {subscriptionId} is still active.");

    public static ServiceException UnsupportedInCloud(string what, Cloud cloud) => new(403, Generic, $"{what} is not supported in the cloud {cloud}.");

    public static ServiceException NoMultiFactor() => new(401, 900421, "The user did not sign in with multiple factors.");

    // Licenses
    public static ServiceException NoUsageLocation(User user) => new(
        400,
        Generic,
        "License assignment cannot be done for user with invalid usage location.",
        $"InvalidUsageLocation : User {user.Id} has no usage location.");

    public static ServiceException NoFreeSeat(Customer customer, DirectorySku sku) => new(
        400,
        60012,
        "There are no free licenses left. Buy more and try again.",
        $"LicenseQuotaExceeded : Account {customer.Id} has no available license of SKU {sku.Id}.");

    public static ServiceException ConflictingPlans(User user, ServicePlan one, ServicePlan other) => new(
        400,
        Generic,
        "The license assignment failed because of conflicting service plans.",
        $"MutuallyExclusiveServicePlans : {one.Name} ({one.Id}) and {other.Name} ({other.Id}) cannot both be on for user {user.Id}.");

    public static ServiceException GroupHeld(User user, DirectorySku sku) => new(
        400,
        Generic,
        "The license is inherited from a group membership and cannot be removed from the user directly.",
        $"GroupBasedLicense : User {user.Id}, SKU {sku.Id}.");

    public static ServiceException NotHeld(User user, string skuId) => new(
        400,
        Generic,
        "The user does not have the license that is to be removed.",
        $"LicenseNotAssigned : User {user.Id}, SKU {skuId}.");

    public static ServiceException NotSubscribed(string skuId) => InvalidProperty("skuId", $"the customer has no SKU {skuId} to assign.");

    private static string Terms(ProductSku sku) => string.Join(", ", sku.Terms.Select(term => term.Duration + " " + term.BillingCycle).ToArray());
}
