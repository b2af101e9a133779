using System;
using CspMigration.PartnerCenter.Http;

namespace CspMigration.Graph.Http;

/// <summary>How Microsoft Graph differs from Partner Center (learn.microsoft.com/graph/use-the-api).</summary>
internal sealed class GraphDialect : ServiceDialect
{
    public static readonly GraphDialect Instance = new();

    private GraphDialect()
    {
    }

    public override string Root => "v1.0/";

    public override string CorrelationHeader => "request-id";

    public override void AddHeaders(ServiceRequest request, CallContext call, Action<string, string> add)
    {
        add("client-request-id", request.RequestId.ToString());
    }
}
