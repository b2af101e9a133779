using System;
using System.Net.Http;

namespace CspMigration.PartnerCenter.Http;

/// <summary>Reads <c>Retry-After</c>, which is a number of seconds or a date.</summary>
internal static class RetryAfterHeader
{
    public static TimeSpan? Read(HttpResponseMessage response, DateTimeOffset now)
    {
        var header = response.Headers.RetryAfter;
        var wait = header?.Delta ?? (header?.Date is { } date ? date - now : null);
        return wait is { } duration && duration < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }
}
