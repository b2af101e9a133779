namespace CspMigration.Core.Changes;

/// <summary>A change in the words in which it is confirmed.</summary>
public sealed record ConfirmationRequest
{
    /// <summary>What would be done, as a sentence without its end.</summary>
    public required string Action { get; init; }

    /// <summary>For which customer.</summary>
    public required string Customer { get; init; }

    /// <summary>What else to know, as a sentence; empty for nothing.</summary>
    public string Remark { get; init; } = "";

    /// <summary>Whether it is confirmed even where other changes of its command are not: users may lose access by it, or it changes more than its records name.</summary>
    public bool HasHighImpact { get; init; }

    /// <summary>Whether the record behind it is itself planned: the change is shown, and there is no prompt.</summary>
    public bool IsPlanned { get; init; }
}
