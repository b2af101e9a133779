using CspMigration.Contracts;

namespace CspMigration.Core.Migration.Planning;

/// <summary>What a check found, where it did not fail.</summary>
internal sealed class Finding
{
    private Finding(ReadinessResult result, string message, string? remedy, string? errorId)
    {
        Result = result;
        Message = message;
        Remedy = remedy;
        ErrorId = errorId;
    }

    public ReadinessResult Result { get; }

    public string Message { get; }

    public string? Remedy { get; }

    /// <summary>The id of the error a later step will give; null where it will give none.</summary>
    public string? ErrorId { get; }

    public static Finding Pass(string message) => new(ReadinessResult.Pass, message, remedy: null, errorId: null);

    public static Finding Warn(string message, string remedy, string? errorId = null) => new(ReadinessResult.Warn, message, remedy, errorId);

    public static Finding NotApplicable(string message) => new(ReadinessResult.NotApplicable, message, remedy: null, errorId: null);
}
