using CspMigration.PartnerCenter.Http;
using Newtonsoft.Json.Linq;

namespace CspMigration.Graph.Batches;

/// <summary>One request of a batch.</summary>
/// <param name="Route">Where to.</param>
/// <param name="Body">What to change; null for a reading.</param>
internal sealed record BatchRequest(ServiceRoute Route, JObject? Body)
{
    public bool IsWrite => Body is not null;

    public JObject ToJson(string id)
    {
        var json = new JObject { ["id"] = id, ["method"] = IsWrite ? "POST" : "GET", ["url"] = "/" + Route.Path };
        if (Body is not null)
        {
            json["headers"] = new JObject { ["Content-Type"] = "application/json" };
            json["body"] = Body;
        }

        return json;
    }
}
