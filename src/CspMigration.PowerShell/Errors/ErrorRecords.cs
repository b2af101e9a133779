using System;
using System.Management.Automation;
using CspMigration.Contracts;
using CspMigration.Core.Errors;
using CspMigration.PartnerCenter.Errors;

namespace CspMigration.PowerShell.Errors;

/// <summary>Makes every error record of the module.</summary>
internal static class ErrorRecords
{
    private static readonly Version FirstThatShowsActions = new(7, 5);

    // That of its assembly, which is 3.0 in Windows PowerShell 5.1.
    private static readonly Version PowerShellVersion = typeof(ErrorRecord).Assembly.GetName().Version;

    /// <summary>The record of a failure.</summary>
    /// <param name="error">The failure.</param>
    /// <param name="target">The input object it concerns; null for the customer or subscription the failure names.</param>
    public static ErrorRecord From(CspMigrationException error, object? target)
    {
        return new ErrorRecord(error, error.ErrorId, CategoryOf(error.ErrorId), target ?? error.SubscriptionId ?? error.CustomerId)
        {
            ErrorDetails = new ErrorDetails(SubjectOf(target) + TextOf(error, PowerShellVersion)) { RecommendedAction = error.RecommendedAction },
        };
    }

    // What PowerShell does not show beside the text: Windows PowerShell shows the id and PowerShell 7.5 the recommended action; 7.4 neither.
    private static string TextOf(CspMigrationException error, Version powerShell)
    {
        var id = powerShell.Major < FirstThatShowsActions.Major ? "" : $" ({error.ErrorId})";
        var action = powerShell < FirstThatShowsActions ? $" {error.RecommendedAction}" : "";
        return error.Problem + id + action;
    }

    // Many customers go down one pipeline: the message alone has to say whose it is.
    private static string SubjectOf(object? record)
    {
        var (customer, offer) = record switch
        {
            ExpiringSubscription source => (source.CustomerName, source.OfferName),
            TargetSubscription target => (target.CustomerName, target.Source?.OfferName ?? target.OfferName),
            LicenseMove move => (move.CustomerName, move.Target?.Source?.OfferName),
            SubscriptionMigration migration => (migration.CustomerName, migration.Source?.OfferName),
            SuspendedSubscription suspended => (suspended.CustomerName, suspended.OfferName),
            _ => (null, null),
        };
        return customer is null ? "" : offer is null ? $"{customer}: " : $"{customer}, {offer}: ";
    }

    private static ErrorCategory CategoryOf(string errorId)
    {
        return ErrorCatalog.Find(errorId).Kind switch
        {
            ErrorKind.Connection => ErrorCategory.ConnectionError,
            ErrorKind.Permission => ErrorCategory.PermissionDenied,
            ErrorKind.NotFound => ErrorCategory.ObjectNotFound,
            ErrorKind.InvalidInput => ErrorCategory.InvalidArgument,
            ErrorKind.Limit => ErrorCategory.LimitsExceeded,
            ErrorKind.InvalidState => ErrorCategory.InvalidOperation,
            ErrorKind.Busy => ErrorCategory.ResourceBusy,
            ErrorKind.DamagedData => ErrorCategory.InvalidData,
            ErrorKind.Storage => ErrorCategory.WriteError,
            ErrorKind.Timeout => ErrorCategory.OperationTimeout,
            _ => ErrorCategory.ResourceUnavailable,
        };
    }
}
