using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Xunit;

namespace CspMigration.Sandbox.Tests;

/// <summary>docs/partner-center.md lists every route of the sandbox with its source.</summary>
public class DocumentationTests
{
    private static readonly List<string[]> Rows = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "partner-center.md"))
        .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
        .Select(line => line.Trim('|', ' ').Split(" | "))
        .ToList();

    [Fact]
    public void Every_route_has_one_row_and_every_row_a_route()
    {
        var documented = Rows.Select(row => row[0].Trim('`')).Order(StringComparer.Ordinal);
        Assert.Equal(SandboxTenant.Routes.Select(route => route.ToString()).Order(StringComparer.Ordinal), documented);
    }

    [Fact]
    public void A_modeled_route_documents_what_is_modeled_and_what_is_not()
    {
        foreach (var route in SandboxTenant.Routes)
        {
            var row = Rows.Single(row => row[0] == $"`{route}`");
            Assert.Equal(route.IsModeled ? 4 : 3, row.Length);
            Assert.All(row, cell => Assert.NotEqual("", cell.Trim()));
        }
    }

    [Fact]
    public void Every_row_has_a_public_source() =>
        Assert.All(Rows, row => Assert.Matches(@"^\[[^\]]+\]\(https://(learn\.microsoft|github)\.com/", row[^1]));
}
