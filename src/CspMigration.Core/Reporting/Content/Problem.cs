using System;
using System.Linq;
using CspMigration.Contracts;
using CspMigration.Core.Errors;
using CspMigration.Core.Wording;

namespace CspMigration.Core.Reporting.Content;

/// <summary>A source whose migration has stopped.</summary>
/// <param name="Customer">The customer.</param>
/// <param name="Offer">The old offer.</param>
/// <param name="EndsOn">When its term ends.</param>
/// <param name="ErrorId">The cause.</param>
/// <param name="Message">What happened and what to do.</param>
/// <param name="Remedy">What to do, as data; null where only the message has it.</param>
/// <param name="ServiceWords">The service's own words in the message; null where it has none.</param>
internal sealed record Problem(string Customer, string Offer, DateTimeOffset? EndsOn, string ErrorId, string Message, Remedy? Remedy, string? ServiceWords)
{
    /// <summary>Whether the same command again goes on; else someone has to act before. An id of a later version is not known to.</summary>
    public bool IsTransient => ErrorCatalog.All.Any(definition => definition.Id == ErrorId && definition.IsTransient);

    /// <summary>What happened, without what to do and without ids.</summary>
    public string Cause => RemedyAdvice.CauseIn(Message, Remedy);
}
