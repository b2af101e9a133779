using CspMigration.Contracts;
using CspMigration.Core.Errors;
using CspMigration.PartnerCenter.Errors;

namespace CspMigration.Core.Purchases;

/// <summary>What a check found, where it did not fail.</summary>
internal sealed class Finding
{
    private Finding(ReadinessResult result, string message, Remedy? remedy, string? errorId)
    {
        Result = result;
        Message = message;
        Remedy = remedy;
        ErrorId = errorId;
    }

    public ReadinessResult Result { get; }

    public string Message { get; }

    public Remedy? Remedy { get; }

    /// <summary>The id of the error a later step will give, or may give; null where it will give none.</summary>
    public string? ErrorId { get; }

    public static Finding Pass(string message) => new(ReadinessResult.Pass, message, remedy: null, errorId: null);

    public static Finding Warn(string message, Remedy remedy, string? errorId = null) => new(ReadinessResult.Warn, message, remedy, errorId);

    /// <summary>No reading shows it: what is not known, the error it may end in, and what to do then.</summary>
    public static Finding Unknown(string message, ErrorDefinition mayEndIn) => Unknown(message, mayEndIn.Id, mayEndIn.Remedy);

    /// <summary>The same with a remedy of its own.</summary>
    public static Finding Unknown(string message, string errorId, Remedy remedy) =>
        new(ReadinessResult.Unknown, message, Remedies.IfItFails(errorId, remedy), errorId);

    public static Finding NotApplicable(string message) => new(ReadinessResult.NotApplicable, message, remedy: null, errorId: null);
}
