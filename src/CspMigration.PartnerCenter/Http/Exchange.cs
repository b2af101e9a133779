namespace CspMigration.PartnerCenter.Http;

/// <summary>One call with all its attempts: what the retry rules need to remember between them.</summary>
internal sealed class Exchange
{
    public Exchange(ServiceRequest request, CallContext call, long startedAt)
    {
        Request = request;
        Call = call;
        StartedAt = startedAt;
    }

    public ServiceRequest Request { get; }

    public CallContext Call { get; }

    public long StartedAt { get; }

    public int Failures { get; set; }

    /// <summary>Whether the service has never answered on this connection, so that the address may be wrong.</summary>
    public bool IsFirstContact { get; set; }

    /// <summary>Whether any attempt may have been carried out without a readable answer.</summary>
    public bool MayHaveActed { get; set; }

    /// <summary>The token the service did not accept; null while none was refused.</summary>
    public AccessToken? RefusedToken { get; set; }

    /// <summary>Whether a token was refused before and the present attempt has its replacement.</summary>
    public bool TokenRenewed { get; set; }
}
