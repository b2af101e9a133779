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

    /// <summary>Counted from its creation, whatever was changed since.</summary>
    public DateTimeOffset ExpiresOn => CreatedOn + Life;

    public IReadOnlyList<CartLine> Lines { get; private set; } = [];

    /// <summary>Checked out: it can be read but not used again.</summary>
    public bool IsSubmitted { get; set; }

    /// <summary>Whether the client attested that the partners of record were told.</summary>
    public bool? IsAttested { get; private set; }

    public void Replace(IReadOnlyList<CartLine> lines, bool? isAttested, DateTimeOffset now)
    {
        Lines = lines;
        IsAttested = isAttested;
        ModifiedOn = now;
    }
}
