using Newtonsoft.Json.Linq;

namespace CspMigration.Core.PartnerCenter.Http;

/// <summary>The service's answer to a call that was carried out.</summary>
internal sealed class ServiceReply
{
    public ServiceReply(int status, JToken? body, string? location)
    {
        Status = status;
        Body = body;
        Location = location;
    }

    public int Status { get; }

    /// <summary>The body; null where it was empty.</summary>
    public JToken? Body { get; }

    /// <summary>Where to look for the end of something accepted with 202.</summary>
    public string? Location { get; }
}
