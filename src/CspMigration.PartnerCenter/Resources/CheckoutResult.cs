using System.Collections.Generic;
using System.Linq;
using CspMigration.PartnerCenter.Json;

namespace CspMigration.PartnerCenter.Resources;

/// <summary>What became of a submitted cart; part of it may have failed (docs/partner-center.md §9).</summary>
internal sealed class CheckoutResult
{
    private CheckoutResult(ResourceReader json)
    {
        Orders = [.. json.Resources("orders").Select(Order.Read)];
        Errors = [.. json.Resources("orderErrors").Select(error => new KeyValuePair<string?, string?>(error.Text("code"), error.Text("description")))];
    }

    public IReadOnlyList<Order> Orders { get; }

    /// <summary>Code and description of each part that failed.</summary>
    public IReadOnlyList<KeyValuePair<string?, string?>> Errors { get; }

    public static CheckoutResult Read(ResourceReader json) => new(json);
}
