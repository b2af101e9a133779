using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Errors;
using CspMigration.Sandbox.Gateway;
using CspMigration.Sandbox.Http;
using CspMigration.Sandbox.State;
using CspMigration.Sandbox.Wire;
using Newtonsoft.Json.Linq;

namespace CspMigration.Sandbox.Operations;

/// <summary>The days on which a new-commerce purchase of a term could end early: with a month, or with another subscription.</summary>
internal static class TermEndOperations
{
    private static readonly string[] Terms = ["P1M", "P1Y", "P3Y"];

    public static IEnumerable<Route> Routes =>
    [
        new("GET", "/v1/customers/{customerId}/subscriptions/customTermEndDates", Needs.Relationship, List),
    ];

    private static Answer List(Call call)
    {
        var term = call.Query["term_duration"];
        if (term == null || !Terms.Contains(term, Same.Comparer))
        {
            throw Refuse.BadInput($"term_duration must be one of {string.Join(", ", Terms)}.");
        }

        var lastDay = TermCalendar.LastDay(call.Now, term.ToUpperInvariant());
        var aligned = call.Account.Subscriptions
            .Where(subscription => subscription is { Commerce: Commerce.New, IsLive: true } && subscription.CommitmentEndDate <= lastDay)
            .GroupBy(subscription => subscription.CommitmentEndDate)
            .OrderBy(group => group.Key)
            .Select(group => new JObject
            {
                ["allowedCustomTermEndDateType"] = "subscriptionAligned",
                ["cotermSubscriptionIds"] = new JArray(group.Select(subscription => subscription.Id)),
                ["allowedCustomTermEndDate"] = Json.Moment(group.Key),
            });
        return Answer.Ok(Json.Collection([MonthEnd(call.Now, lastDay), .. aligned]));
    }

    private static JObject MonthEnd(DateTimeOffset now, DateTimeOffset lastDay)
    {
        var month = new DateTimeOffset(lastDay.Year, lastDay.Month, 1, 0, 0, 0, TimeSpan.Zero);
        var end = month.AddMonths(1).AddDays(-1) <= lastDay ? month.AddMonths(1).AddDays(-1) : month.AddDays(-1);
        return new JObject
        {
            ["allowedCustomTermEndDateType"] = "calendarMonthAligned",
            ["allowedCustomTermEndDate"] = Json.Moment(end > now ? end : lastDay),
        };
    }
}
