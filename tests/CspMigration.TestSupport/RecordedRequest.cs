using System;
using System.Collections.Generic;

namespace CspMigration.TestSupport;

/// <summary>A request as it reached the wire.</summary>
/// <param name="Method">GET, POST and so on.</param>
/// <param name="Uri">Where to.</param>
/// <param name="Headers">All headers, those of the body too; several values of one are joined by a comma.</param>
/// <param name="Body">The body; null where there was none.</param>
/// <param name="ExpectContinue">Whether the service is asked for leave to send the body; null where .NET decides.</param>
public sealed record RecordedRequest(string Method, Uri Uri, IReadOnlyDictionary<string, string> Headers, string? Body, bool? ExpectContinue)
{
    /// <summary>A header; null where it was not sent.</summary>
    public string? Header(string name) => Headers.TryGetValue(name, out var value) ? value : null;
}
