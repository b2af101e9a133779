namespace CspMigration.Core.PartnerCenter.Http;

/// <summary>The service's answer to a call that was carried out.</summary>
internal sealed class ServiceReply
{
    public ServiceReply(int status, object? body, string? location)
    {
        Status = status;
        Body = body;
        Location = location;
    }

    public int Status { get; }

    /// <summary>The body; null where it was empty.</summary>
    public object? Body { get; }

    /// <summary>Where to look for the end of something accepted with 202.</summary>
    public string? Location { get; }
}
