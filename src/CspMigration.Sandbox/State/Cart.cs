using System;
using System.Collections.Generic;

namespace CspMigration.Sandbox.State;

/// <summary>What a partner is about to buy for a customer.</summary>
internal sealed class Cart
{
    private static readonly TimeSpan Life = TimeSpan.FromDays(7);

    public Cart(string id, DateTimeOffset createdOn)
    {
        Id = id;
        CreatedOn = createdOn;
        ModifiedOn = createdOn;
    }

    public string Id { get; }

    public DateTimeOffset CreatedOn { get; }

    public DateTimeOffset ModifiedOn { get; private set; }

    public DateTimeOffset ExpiresOn => ModifiedOn + Life;

    public IReadOnlyList<CartLine> Lines { get; private set; } = [];

    /// <summary>Checked out: it can be read but not used again.</summary>
    public bool IsSubmitted { get; set; }

    public void Replace(IReadOnlyList<CartLine> lines, DateTimeOffset now)
    {
        Lines = lines;
        ModifiedOn = now;
    }
}
