namespace CspMigration.Contracts;

/// <summary>One check of a <see cref="MigrationReadiness"/>.</summary>
public sealed record ReadinessCheck
{
    internal ReadinessCheck()
    {
    }

    /// <summary>The rule's name.</summary>
    public string Rule { get; internal init; } = "";

    /// <summary>How it came out.</summary>
    public ReadinessResult Result { get; internal init; }

    /// <summary>The id of the error the real run would give, or may give where the result is unknown; null where it would give none.</summary>
    public string? ErrorId { get; internal init; }

    /// <summary>What was found.</summary>
    public string Message { get; internal init; } = "";

    /// <summary>What to do about it, where the result is unknown once it has happened; null where nothing needs doing.</summary>
    public string? Remedy { get; internal init; }

    /// <summary>The rule and its result.</summary>
    public override string ToString() => $"{Rule}: {Result}";
}
