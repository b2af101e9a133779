using System.Collections.Generic;

namespace CspMigration.HelpBuilder.Markdown;

/// <summary>An example: what to type, what is printed (null where nothing is shown), and words on it.</summary>
internal sealed record Example(string Title, string Code, string? Output, IReadOnlyList<string> Remarks);
