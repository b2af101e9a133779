using System;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Tasks;

namespace CspMigration.Migration.Tests.Support;

/// <summary>Answers about the members of a group, with other license assignments for one of them.</summary>
internal static class MemberAnswers
{
    /// <param name="response">The answer.</param>
    /// <param name="userId">The member.</param>
    /// <param name="change">Given the assignments as JSON, what to pass on.</param>
    public static async Task<HttpResponseMessage> WithMemberAsync(this HttpResponseMessage response, string userId, Func<string, string> change)
    {
        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        if (body["value"] is JsonArray members && members.FirstOrDefault(member => (string?)member!["id"] == userId) is { } member)
        {
            member["licenseAssignmentStates"] = JsonNode.Parse(change(member["licenseAssignmentStates"]!.ToJsonString()));
        }

        response.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        return response;
    }
}
