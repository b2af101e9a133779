using System;
using CspMigration.Contracts;
using CspMigration.PartnerCenter.Http;
using CspMigration.PartnerCenter.Pacing;
using CspMigration.TestSupport;
using Newtonsoft.Json.Linq;
using Xunit;

namespace CspMigration.Core.Tests.PartnerCenter.Http;

public sealed class ServiceFailureTests
{
    private static readonly Guid Correlation = new("0f8fad5b-d9cb-469f-a165-70867728950e");

    // Codes and reactions as the service's documentation lists them, the error ids as the design names them.
    [Theory]
    [InlineData(403, "900329", "AppOnlyToken")]
    [InlineData(403, "900308", "NoDelegatedRights")]
    [InlineData(403, "900309", "NoDelegatedRights")]
    [InlineData(403, "20002", "NoDelegatedRights")]
    [InlineData(401, "900421", "MfaRequired")]
    [InlineData(401, "900420", "Unauthorized")]
    [InlineData(400, "900316", "Unauthorized")]
    [InlineData(401, "400", "Unauthorized")]
    [InlineData(403, "2032", "Unauthorized")]
    [InlineData(403, "2030", "CountryMismatch")]
    [InlineData(400, "800070", "CountryMismatch")]
    [InlineData(400, "800086", "SegmentMismatch")]
    [InlineData(400, "400030", "SegmentMismatch")]
    [InlineData(400, "27006", "OfferLimitReached")]
    [InlineData(403, "800066", "OfferLimitReached")]
    [InlineData(403, "800089", "OfferLimitReached")]
    [InlineData(400, "2002", "QuantityOutOfRange")]
    [InlineData(400, "900275", "QuantityOutOfRange")]
    [InlineData(403, "800067", "QuantityOutOfRange")]
    [InlineData(403, "800088", "QuantityOutOfRange")]
    [InlineData(400, "800090", "QuantityOutOfRange")]
    [InlineData(403, "2085", "TargetNotOnSale")]
    [InlineData(403, "2091", "TargetNotOnSale")]
    [InlineData(400, "2100", "TargetNotOnSale")]
    [InlineData(403, "800020", "TargetNotOnSale")]
    [InlineData(403, "13605", "AgreementMissing")]
    [InlineData(400, "400041", "PrerequisiteMissing")]
    [InlineData(400, "800029", "PrerequisiteMissing")]
    [InlineData(400, "900247", "ResellerNotValid")]
    [InlineData(400, "800098", "ResellerNotValid")]
    [InlineData(404, "60003", "CustomerNotFound")]
    [InlineData(404, "20003", "NotOurSubscription")]
    [InlineData(400, "3000", "UnexpectedAnswer")]
    [InlineData(409, "800014", "UnexpectedAnswer")]
    [InlineData(404, "20000", "UnexpectedAnswer")]
    public void A_code_decides_which_error_it_is(int status, string code, string errorId)
    {
        var e = Fail(ServiceRoute.Of($"customers/c1/orders"), Refusal(status, $$"""{"code":{{code}},"description":"Words."}"""));

        Assert.Equal(errorId, e.ErrorId);
        Assert.Equal(code, e.ServiceCode);
        Assert.Equal(status, e.StatusCode);
    }

    [Theory]
    [InlineData("20002", "customers/c1/subscriptions", "Request-ResellerRelationship")]
    [InlineData("20002", "customers/c1/orders/o1/provisioningstatus", "Request-ResellerRelationship")]
    [InlineData("20002", "customers/c1/users?size=500", "admin relationship")]
    [InlineData("20002", "customers/c1/subscribedskus", "admin relationship")]
    [InlineData("20002", "customers/c1/subscriptions/s1/provisioningstatus", "admin relationship")]
    [InlineData("900308", "customers/c1/users/u1/licenses", "Directory Readers and License Administrator")]
    [InlineData("900308", "profiles/organization", "App+User")]
    [InlineData("900309", "customers/c1/users", "Conditional Access")]
    public void What_the_customer_has_not_allowed_is_advised_on_by_code_and_by_what_was_asked(string code, string path, string advice)
    {
        var e = Fail(ServiceRoute.OfLink(path), Refusal(403, $$"""{"code":{{code}},"description":"Words."}"""));

        Assert.Equal("NoDelegatedRights", e.ErrorId);
        Assert.Contains(advice, e.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void Setting_a_usage_location_needs_a_role_of_its_own()
    {
        var patch = new Exchange(ServiceRequest.Patch(ServiceRoute.Of($"customers/{"c1"}/users/{"u1"}"), new JObject()), Call(), startedAt: 0);

        var e = ServiceFailure.ToException(patch, Refusal(403, """{"code":900308,"description":"Words."}"""));

        Assert.Contains("User Administrator", e.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401, "customers/c1/users", "Unauthorized")]
    [InlineData(403, "customers/c1/users", "Unauthorized")]
    [InlineData(404, "customers/c1", "CustomerNotFound")]
    [InlineData(404, "customers/c1/subscriptions", "CustomerNotFound")]
    [InlineData(404, "customers/c1/orders", "UnexpectedAnswer")]
    [InlineData(404, "customers/c1/subscriptions/s1", "NotOurSubscription")]
    [InlineData(404, "customers/c1/subscriptions/s1/provisioningstatus", "NotOurSubscription")]
    [InlineData(404, "customers/c1/users/u1", "UnexpectedAnswer")]
    [InlineData(400, "customers/c1", "UnexpectedAnswer")]
    [InlineData(409, "customers/c1", "UnexpectedAnswer")]
    [InlineData(412, "customers/c1/subscriptions/s1", "UnexpectedAnswer")]
    [InlineData(302, "customers/c1", "UnexpectedAnswer")]
    public void Without_a_known_code_the_status_and_the_route_decide(int status, string path, string errorId)
    {
        Assert.Equal(errorId, Fail(ServiceRoute.OfLink(path), Refusal(status, "")).ErrorId);
        Assert.Equal(errorId, Fail(ServiceRoute.OfLink(path), Refusal(status, """{"code":0,"description":"Generic."}""")).ErrorId);
    }

    [Theory]
    [InlineData(403, "customers/c1/users")]
    [InlineData(404, "customers/c1")]
    [InlineData(404, "customers/c1/subscriptions/s1")]
    [InlineData(407, "customers/c1/orders")]
    public void A_page_in_place_of_an_answer_is_a_proxys_and_says_nothing_about_roles_or_what_is_there(int status, string path)
    {
        var e = Fail(ServiceRoute.OfLink(path), Refusal(status, "<!DOCTYPE html><html><head><TITLE lang='en'>Blocked &amp; logged</TITLE></head><body>No.</body></html>"));

        Assert.Equal("UnexpectedAnswer", e.ErrorId);
        Assert.Null(e.StatusCode);
        Assert.Contains($"status {status}, title \"Blocked & logged\"", e.Problem, StringComparison.Ordinal);
        Assert.Contains("proxy", e.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Throttled", "Throttled")]
    [InlineData("ServerError", "ServiceUnavailable")]
    [InlineData("Broken", "ServiceUnavailable")]
    [InlineData("TimedOut", "RequestTimeout")]
    [InlineData("Garbled", "UnexpectedAnswer")]
    public void What_is_no_refusal_is_told_by_how_it_ended_whatever_the_code(string outcome, string errorId)
    {
        var error = ServiceError.Read("""{"code":2002,"description":"Words."}""");
        var attempt = Attempt.FailedWith(Enum.Parse<AttemptOutcome>(outcome), 503, error, retryAfter: null, correlationId: null);

        Assert.Equal(errorId, Fail(ServiceRoute.Of($"customers"), attempt).ErrorId);
    }

    [Fact]
    public void The_message_has_all_that_support_asks_for()
    {
        var attempt = Attempt.FailedWith(
            AttemptOutcome.Refused, 400, ServiceError.Read("""{"code":2002,"description":"The quantity is out of range."}"""), retryAfter: null, "corr-of-the-service");

        var e = Fail(ServiceRoute.Of($"customers/{"c1"}/subscriptions/{"s1"}"), attempt, out var exchange);

        Assert.Equal("The quantity is out of range (the service answered 400 with code 2002 to GET /v1/customers/c1/subscriptions/s1).", e.Problem);
        Assert.Equal("The quantity is out of range.", e.ServiceDescription);
        Assert.Equal("c1", e.CustomerId);
        Assert.Equal("s1", e.SubscriptionId);
        Assert.Equal("corr-of-the-service", e.CorrelationId);
        Assert.Equal(exchange.Request.RequestId.ToString(), e.RequestId);
        Assert.NotEmpty(e.RecommendedAction);
        Assert.False(e.OutcomeUnknown);
    }

    [Fact]
    public void Where_the_service_gives_no_correlation_id_it_is_the_one_that_was_sent()
    {
        Assert.Equal(Correlation.ToString(), Fail(ServiceRoute.Of($"customers"), Refusal(400, "")).CorrelationId);
    }

    [Fact]
    public void No_answer_is_said_to_be_none()
    {
        var e = Fail(ServiceRoute.Of($"customers"), Attempt.Failed(AttemptOutcome.Broken, "the wire is cut"));

        Assert.Equal("GET /v1/customers: no answer: the wire is cut", e.Problem);
        Assert.Null(e.StatusCode);
        Assert.Null(e.ServiceCode);
        Assert.Null(e.CustomerId);
    }

    [Fact]
    public void A_change_that_may_have_been_carried_out_says_so_and_a_reading_never_does()
    {
        var broken = Attempt.Failed(AttemptOutcome.Broken, "the wire is cut");
        var post = new Exchange(ServiceRequest.Post(ServiceRoute.Of($"customers"), new JObject(), Guid.NewGuid()), Call(), startedAt: 0) { MayHaveActed = true };
        var get = new Exchange(ServiceRequest.Get(ServiceRoute.Of($"customers")), Call(), startedAt: 0) { MayHaveActed = true };

        var change = ServiceFailure.ToException(post, broken);
        var reading = ServiceFailure.ToException(get, broken);

        Assert.True(change.OutcomeUnknown);
        Assert.EndsWith("Whether it was carried out is not known.", change.Problem, StringComparison.Ordinal);
        Assert.False(reading.OutcomeUnknown);
        Assert.DoesNotContain("carried out", reading.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"code":900420}""", false)]
    [InlineData("""{"code":"900421"}""", false)]
    [InlineData("""{"code":400}""", true)]
    [InlineData("", true)]
    public void A_new_token_helps_unless_the_service_names_another_cause(string body, bool helps)
    {
        var attempt = Attempt.FailedWith(AttemptOutcome.Unauthorized, 401, ServiceError.Read(body), retryAfter: null, correlationId: null);

        Assert.Equal(helps, ServiceFailure.RenewalMayHelp(attempt));
    }

    private static CallContext Call() => new(Correlation, new RecordingObserver());

    private static Attempt Refusal(int status, string body)
    {
        return Attempt.FailedWith(AttemptOutcome.Refused, status, ServiceError.Read(body), retryAfter: null, correlationId: null);
    }

    private static CspMigrationException Fail(ServiceRoute route, Attempt attempt) => Fail(route, attempt, out _);

    private static CspMigrationException Fail(ServiceRoute route, Attempt attempt, out Exchange exchange)
    {
        exchange = new Exchange(ServiceRequest.Get(route), Call(), startedAt: 0);
        return ServiceFailure.ToException(exchange, attempt);
    }
}
