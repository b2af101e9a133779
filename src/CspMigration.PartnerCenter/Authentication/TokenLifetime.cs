using System;

namespace CspMigration.PartnerCenter.Authentication;

/// <summary>When an access token is renewed: before it ends, so that no call meets its end.</summary>
internal static class TokenLifetime
{
    /// <summary>How long to leave a renewal that failed alone while the old token is still good.</summary>
    public static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    /// <summary>Five minutes before the end, and for a token of less than ten minutes at half its life.</summary>
    public static DateTimeOffset RenewalOf(DateTimeOffset issuedOn, DateTimeOffset expiresOn)
    {
        var half = TimeSpan.FromTicks((expiresOn - issuedOn).Ticks / 2);
        return expiresOn - (half < Margin ? half : Margin);
    }
}
