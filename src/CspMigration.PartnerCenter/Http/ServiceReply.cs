using Newtonsoft.Json.Linq;

namespace CspMigration.PartnerCenter.Http;

/// <summary>The service's answer to a call that was carried out.</summary>
internal sealed class ServiceReply
{
    public ServiceReply(int status, JToken? body)
    {
        Status = status;
        Body = body;
    }

    public int Status { get; }

    /// <summary>The body; null where it was empty or JSON null.</summary>
    public JToken? Body { get; }
}
