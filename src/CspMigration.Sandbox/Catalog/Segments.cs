using System.Collections.Generic;

namespace CspMigration.Sandbox.Catalog;

/// <summary>The segments of customers.</summary>
internal static class Segments
{
    public const string Commercial = "commercial";
    public const string Education = "education";
    public const string Government = "government";
    public const string Nonprofit = "nonprofit";

    public static IReadOnlyList<string> All { get; } = [Commercial, Education, Government, Nonprofit];
}
