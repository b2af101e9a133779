using System;
using System.Collections.Generic;

namespace CspMigration.Sandbox.State;

/// <summary>A cart of a customer.</summary>
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

    /// <summary>Seven days after its creation, whatever was changed since.</summary>
    public DateTimeOffset ExpiresOn => CreatedOn + Life;

    public IReadOnlyList<CartLine> Lines { get; private set; } = [];

    /// <summary>Whether it was checked out; then it can only be read.</summary>
    public bool IsSubmitted { get; set; }

    /// <summary>Whether the client sent the partner attestation.</summary>
    public bool? IsAttested { get; private set; }

    public void Replace(IReadOnlyList<CartLine> lines, bool? isAttested, DateTimeOffset now)
    {
        Lines = lines;
        IsAttested = isAttested;
        ModifiedOn = now;
    }
}
