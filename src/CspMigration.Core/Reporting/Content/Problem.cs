using System;
using System.Linq;
using CspMigration.Core.Errors;

namespace CspMigration.Core.Reporting.Content;

/// <summary>A source whose migration has stopped.</summary>
/// <param name="Customer">The customer.</param>
/// <param name="Offer">The old offer.</param>
/// <param name="EndsOn">When its term ends.</param>
/// <param name="ErrorId">The cause.</param>
/// <param name="Message">What happened and what to do.</param>
internal sealed record Problem(string Customer, string Offer, DateTimeOffset? EndsOn, string ErrorId, string Message)
{
    /// <summary>Whether the same command again goes on; else somebody has to act before. An id of a later version is not known to.</summary>
    public bool IsTransient => ErrorCatalog.All.Any(definition => definition.Id == ErrorId && definition.IsTransient);
}
