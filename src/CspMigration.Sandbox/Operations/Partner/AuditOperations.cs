using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using CspMigration.Sandbox.Errors;
using CspMigration.Sandbox.Http;
using CspMigration.Sandbox.Operations.Requests;
using CspMigration.Sandbox.Routing;
using CspMigration.Sandbox.Spelling;
using CspMigration.Sandbox.State;
using CspMigration.Sandbox.Wire;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace CspMigration.Sandbox.Operations.Partner;

/// <summary>The audit records of the partner.</summary>
internal static class AuditOperations
{
    private const int OldestDays = 90;

    public static IEnumerable<Route> Routes => [new("GET", "/v1/auditrecords", Needs.None, List)];

    private static Answer List(Call call)
    {
        var start = Day(call, "startDate") ?? throw Refusals.BadInput("The query has no startDate.");
        if (start < TermCalendar.Day(call.Now).AddDays(-OldestDays))
        {
            throw Refusals.BadInput($"startDate must not be more than {OldestDays} days ago.");
        }

        var end = TermCalendar.EndOf(Day(call, "endDate") ?? call.Now);
        var filter = Filter.Of(call, Words.AuditFields);
        var records = call.World.Audit.Between(start, end).Where(record => filter == null || Matches(record, filter)).ToList();
        return Answer.Ok(Paging.Page(call, "/auditrecords", records, Resource));
    }

    private static DateTimeOffset? Day(Call call, string name)
    {
        if (call.Query[name] is not { } text)
        {
            return null;
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var day)
            ? TermCalendar.Day(day)
            : throw Refusals.BadInput($"{name} is not a date.");
    }

    private static bool Matches(AuditRecord record, Filter filter)
    {
        var value = filter.Field switch
        {
            "CompanyName" => record.Customer.CompanyName,
            "CustomerId" => record.Customer.Id,
            _ => record.ResourceType,
        };
        if (filter.Operator == "substring")
        {
            return value.IndexOf(filter.Value, StringComparison.OrdinalIgnoreCase) >= 0;
        }

        filter.Expect("equals");
        return filter.Field == "ResourceType" ? Vocabulary.AreSame(value, filter.Value) : AnyCase.AreEqual(value, filter.Value);
    }

    private static JObject Resource(AuditRecord record) => new()
    {
        ["partnerId"] = PartnerIdentity.TenantId,
        ["customerId"] = record.Customer.Id,
        ["customerName"] = record.Customer.CompanyName,
        ["userPrincipalName"] = PartnerIdentity.UserPrincipalName,
        ["resourceType"] = record.ResourceType,

        // The value is a text with JSON in it.
        ["resourceNewValue"] = new JObject { ["Id"] = record.ResourceId }.ToString(Formatting.None),
        ["operationType"] = record.Operation,
        ["operationDate"] = Json.Moment(record.Date),
        ["operationStatus"] = "succeeded",
        ["customizedData"] = new JArray(),
        ["attributes"] = Json.Attributes("AuditRecord"),
    };
}
