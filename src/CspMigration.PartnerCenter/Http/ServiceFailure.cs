using System.Net.Http;
using CspMigration.Contracts;
using CspMigration.PartnerCenter.Errors;
using CspMigration.PartnerCenter.Pacing;

namespace CspMigration.PartnerCenter.Http;

/// <summary>Turns a failed call into the module's exception: the service's code decides, its status where there is none (docs/partner-center.md §3).</summary>
internal static class ServiceFailure
{
    /// <summary>Whether a new token could change the service's mind: not where it names another cause than the token's age.</summary>
    public static bool RenewalMayHelp(Attempt attempt) => attempt.Error?.Code is not (ServiceCodes.WrongAudience or ServiceCodes.MfaMissing);

    public static CspMigrationException ToException(Exchange exchange, Attempt attempt)
    {
        if (attempt.SignInFailure is { } signIn)
        {
            return signIn.About(exchange.Request.Route.CustomerId, exchange.Request.Route.SubscriptionId);
        }

        var definition = Define(exchange.Request.Route, attempt);
        var outcomeUnknown = exchange.MayHaveActed && exchange.Request.Method != HttpMethod.Get;
        var message = Describe(exchange.Request, attempt) + (outcomeUnknown ? " Whether it was carried out is not known." : "");
        var isNoAnswer = exchange.IsFirstContact || IsOfProxy(attempt);
        return new CspMigrationException(definition.Id, message, isNoAnswer ? ServiceRemedies.CheckAddress() : ServiceRemedySelector.For(attempt.Error?.Code, exchange.Request) ?? definition.Remedy)
        {
            CustomerId = exchange.Request.Route.CustomerId,
            SubscriptionId = exchange.Request.Route.SubscriptionId,
            StatusCode = IsOfProxy(attempt) ? null : attempt.Status,
            ServiceCode = attempt.Error?.Code,
            ServiceDescription = attempt.Error?.Description,
            ServiceReasons = attempt.Error?.Reasons ?? [],
            CorrelationId = attempt.CorrelationId ?? exchange.Call.CorrelationId,
            RequestId = exchange.Request.RequestId.ToString(),
            OutcomeUnknown = outcomeUnknown,
        };
    }

    // The service's words first: they are what the reader needs, the call is for support.
    private static string Describe(ServiceRequest request, Attempt attempt)
    {
        var answer = attempt.Status is not { } status ? "no answer"
            : attempt.Error?.Code is { } code ? $"the service answered {status} with code {code}"
            : $"the service answered {status}";
        return attempt.Error?.Description?.Trim() is { Length: > 0 } words ? $"{words.TrimEnd('.')} ({answer} to {request.Method} {request.Route})."
            : attempt.Error is { IsPage: true } page ? $"{request.Method} {request.Route}: a web page came in place of the service's answer (status {attempt.Status}{(page.PageTitle is { } title ? $", title \"{title}\"" : "")})."
            : attempt.Reason is { } reason ? $"{request.Method} {request.Route}: {answer}: {reason}"
            : $"{request.Method} {request.Route}: {answer}.";
    }

    /// <summary>A refusal that came with a status of success.</summary>
    public static CspMigrationException InsideSuccess(ServiceRequest request, string? code, string? description)
    {
        var definition = ByCode(code) ?? PartnerCenterErrors.UnexpectedAnswer;
        return new CspMigrationException(
            definition.Id,
            $"{description?.TrimEnd('.')} (the service refused with code {code}: {request.Method} {request.Route}).",
            definition.Remedy)
        {
            CustomerId = request.Route.CustomerId,
            SubscriptionId = request.Route.SubscriptionId,
            ServiceCode = code,
            ServiceDescription = description,
            RequestId = request.RequestId.ToString(),
        };
    }

    /// <summary>A refusal the service gave for a part of what it accepted.</summary>
    public static CspMigrationException OfCode(string? code, string message, string customerId)
    {
        var definition = ByCode(code) ?? PartnerCenterErrors.CartLineRefused;
        return new CspMigrationException(definition.Id, message, definition.Remedy) { CustomerId = customerId, ServiceCode = code ?? "" };
    }

    // The service refuses in JSON: the status of a page says nothing about the customer, its subscriptions or the user's roles.
    private static bool IsOfProxy(Attempt attempt) => attempt is { Error.IsPage: true, Status: >= 400 and < 500 and not 401 };

    private static ErrorDefinition Define(ServiceRoute route, Attempt attempt)
    {
        return attempt.Outcome switch
        {
            AttemptOutcome.Throttled => PartnerCenterErrors.Throttled,
            AttemptOutcome.ServerError or AttemptOutcome.Broken => PartnerCenterErrors.ServiceUnavailable,
            AttemptOutcome.TimedOut => PartnerCenterErrors.RequestTimeout,
            AttemptOutcome.Garbled => PartnerCenterErrors.UnexpectedAnswer,
            _ when IsOfProxy(attempt) => PartnerCenterErrors.UnexpectedAnswer,
            _ => ByCode(attempt.Error?.Code) ?? ByStatus(route, attempt.Status),
        };
    }

    private static ErrorDefinition? ByCode(string? code)
    {
        return code switch
        {
            ServiceCodes.AppOnlyNotSupported => PartnerCenterErrors.AppOnlyToken,
            ServiceCodes.InsufficientPrivileges or ServiceCodes.GraphDenied or ServiceCodes.ConditionalAccess or ServiceCodes.NoCommerceRelationship => PartnerCenterErrors.NoDelegatedRights,
            ServiceCodes.MfaMissing => PartnerCenterErrors.MfaRequired,
            ServiceCodes.WrongAudience or ServiceCodes.ObsoletePartnerToken => PartnerCenterErrors.Unauthorized,
            ServiceCodes.PartnerNotInCountry or ServiceCodes.OfferNotInCountry => PartnerCenterErrors.CountryMismatch,
            ServiceCodes.TenantLacksTags or ServiceCodes.SegmentRefused => PartnerCenterErrors.SegmentMismatch,
            ServiceCodes.OfferUseLimit or ServiceCodes.SubscriptionsPerCustomer or ServiceCodes.AssetsPerCustomer => PartnerCenterErrors.OfferLimitReached,
            ServiceCodes.QuantityOutsideOffer or ServiceCodes.LineQuantityOutsideOffer or ServiceCodes.SeatsPerSubscription
                or ServiceCodes.SeatsPerAsset or ServiceCodes.QuantityCannotDecrease => PartnerCenterErrors.QuantityOutOfRange,
            ServiceCodes.NotEligibleForPurchase or ServiceCodes.NoLongerForSale or ServiceCodes.UseProducts
                or ServiceCodes.CatalogItemNotEligible => PartnerCenterErrors.TargetNotOnSale,
            ServiceCodes.AgreementMissing => PartnerCenterErrors.AgreementMissing,
            ServiceCodes.PrerequisiteMissing or ServiceCodes.UnrelatedAddOn => PartnerCenterErrors.PrerequisiteMissing,
            ServiceCodes.InvalidPartnerId or ServiceCodes.PartnerOfRecordFixed or ServiceCodes.ParticipantRefused => PartnerCenterErrors.ResellerNotValid,
            ServiceCodes.TenantNotFound => PartnerCenterErrors.CustomerNotFound,
            ServiceCodes.SubscriptionNotFound => PartnerCenterErrors.NotOurSubscription,
            _ => null,
        };
    }

    private static ErrorDefinition ByStatus(ServiceRoute route, int? status)
    {
        return status switch
        {
            401 or 403 => PartnerCenterErrors.Unauthorized,
            404 when route.SubscriptionId is not null => PartnerCenterErrors.NotOurSubscription,
            404 when route.IsOfCustomerAlone => PartnerCenterErrors.CustomerNotFound,
            _ => PartnerCenterErrors.UnexpectedAnswer,
        };
    }
}
