using System;
using System.Globalization;
using System.Linq;
using System.Net.Http;

namespace CspMigration.PartnerCenter.Http;

/// <summary>Reads <c>Retry-After</c>, which is a number of seconds, with Microsoft Graph perhaps with a fraction, or a date.</summary>
internal static class RetryAfterHeader
{
    public static TimeSpan? Read(HttpResponseMessage response, DateTimeOffset now)
    {
        return response.Headers.TryGetValues("Retry-After", out var values) ? Parse(values.FirstOrDefault(), now) : null;
    }

    /// <summary>How long to wait; null where the text says nothing of it.</summary>
    public static TimeSpan? Parse(string? text, DateTimeOffset now)
    {
        TimeSpan wait;
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds <= int.MaxValue)
        {
            wait = TimeSpan.FromSeconds(seconds);
        }
        else if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date))
        {
            wait = date - now;
        }
        else
        {
            return null;
        }

        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }
}
