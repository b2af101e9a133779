using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Errors;
using CspMigration.Sandbox.Http;
using CspMigration.Sandbox.Operations.Purchasing;
using CspMigration.Sandbox.Routing;
using CspMigration.Sandbox.State;
using CspMigration.Sandbox.Wire;
using Newtonsoft.Json.Linq;

namespace CspMigration.Sandbox.Operations.Subscriptions;

/// <summary>The route of the days on which the first term of a purchase can end early.</summary>
internal static class TermEndOperations
{
    public static IEnumerable<Route> Routes =>
    [
        new("GET", "/v1/customers/{customerId}/subscriptions/customTermEndDates", Needs.Relationship, List),
    ];

    private static Answer List(Call call)
    {
        var term = call.Query.Word("term_duration", Words.Terms) ?? throw Refusals.BadInput($"The query has no term_duration: it is one of {Words.Terms}.");
        var today = TermCalendar.Day(call.Now);
        var aligned = TermEndDates.Subscriptions(call.Account, today, term)
            .GroupBy(subscription => subscription.CommitmentEndDate)
            .OrderBy(group => group.Key)
            .Select(group => new JObject
            {
                ["allowedCustomTermEndDateType"] = "subscriptionAligned",
                ["cotermSubscriptionIds"] = new JArray(group.Select(subscription => subscription.Id)),
                ["allowedCustomTermEndDate"] = Json.Moment(group.Key),
            });
        var monthEnd = new JObject
        {
            ["allowedCustomTermEndDateType"] = "calendarMonthAligned",
            ["allowedCustomTermEndDate"] = Json.Moment(TermEndDates.LastMonthEnd(today, term)),
        };
        return Answer.Ok(Json.Collection([monthEnd, .. aligned], $"/customers/{call.Customer.Id}/subscriptions/customTermEndDates?{call.Query.Text}"));
    }
}
