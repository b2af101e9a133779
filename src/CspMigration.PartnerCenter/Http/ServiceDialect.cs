using System;

namespace CspMigration.PartnerCenter.Http;

/// <summary>In what services differ that are otherwise spoken to alike.</summary>
internal abstract class ServiceDialect
{
    /// <summary>Partner Center's.</summary>
    public static readonly ServiceDialect PartnerCenter = new PartnerCenterDialect();

    /// <summary>The part of every path that comes first: <c>v1/</c>.</summary>
    public abstract string Root { get; }

    /// <summary>The header of an answer with the id for the service's support.</summary>
    public abstract string CorrelationHeader { get; }

    /// <summary>Adds what every request carries, apart from the token.</summary>
    /// <param name="request">The request.</param>
    /// <param name="call">Whose call it is.</param>
    /// <param name="add">Adds a header.</param>
    public abstract void AddHeaders(ServiceRequest request, CallContext call, Action<string, string> add);

    private sealed class PartnerCenterDialect : ServiceDialect
    {
        private const string Locale = "en-US";

        private static readonly string ClientName = "CspMigration/" + typeof(ServiceDialect).Assembly.GetName().Version.ToString(3);

        public override string Root => "v1/";

        public override string CorrelationHeader => "MS-CorrelationId";

        public override void AddHeaders(ServiceRequest request, CallContext call, Action<string, string> add)
        {
            add("MS-RequestId", request.RequestId.ToString());
            add("MS-CorrelationId", call.CorrelationId);
            add("MS-Contract-Version", "v1");
            add("MS-PartnerCenter-Application", "CspMigration");
            add("MS-PartnerCenter-Client", ClientName);
            add("X-Locale", Locale);
        }
    }
}
