using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using CspMigration.Contracts;
using CspMigration.PartnerCenter.Errors;

namespace CspMigration.Core.Errors;

/// <summary>Every error id of the module: those that a connection and the service can give, and those of the steps and the journal, which are defined here.</summary>
public static class ErrorCatalog
{
    internal static readonly ErrorDefinition WrongPartner = new("WrongPartner", ErrorKind.Connection);
    internal static readonly ErrorDefinition EmptyCustomer = new("EmptyCustomer", ErrorKind.InvalidInput);
    internal static readonly ErrorDefinition NoTarget = new("NoTarget", ErrorKind.NotFound);
    internal static readonly ErrorDefinition RefreshTokenNotStored = new("RefreshTokenNotStored", ErrorKind.InvalidState);
    internal static readonly ErrorDefinition TooFewSeats = new("TooFewSeats", ErrorKind.Limit);
    internal static readonly ErrorDefinition TargetExpires = new("TargetExpires", ErrorKind.InvalidState);
    internal static readonly ErrorDefinition ResellerMismatch = new("ResellerMismatch", ErrorKind.InvalidState);
    internal static readonly ErrorDefinition ProvisioningPending = new("ProvisioningPending", ErrorKind.Timeout);
    internal static readonly ErrorDefinition ProvisioningFailed = new("ProvisioningFailed", ErrorKind.InvalidState);
    internal static readonly ErrorDefinition MethodNotAvailable = new("MethodNotAvailable", ErrorKind.InvalidInput);
    internal static readonly ErrorDefinition TransitionFailed = new("TransitionFailed", ErrorKind.InvalidState);
    internal static readonly ErrorDefinition EndOfTermChanged = new("EndOfTermChanged", ErrorKind.InvalidState);
    internal static readonly ErrorDefinition EndOfTermNotAvailable = new("EndOfTermNotAvailable", ErrorKind.InvalidInput);
    internal static readonly ErrorDefinition HoldersRemain = new("HoldersRemain", ErrorKind.InvalidState);
    internal static readonly ErrorDefinition HoldersUnknown = new("HoldersUnknown", ErrorKind.InvalidState);
    internal static readonly ErrorDefinition GraphNotAvailable = new("GraphNotAvailable", ErrorKind.Permission);
    internal static readonly ErrorDefinition GroupNotSwitched = new("GroupNotSwitched", ErrorKind.InvalidState);
    internal static readonly ErrorDefinition AddOnStillActive = new("AddOnStillActive", ErrorKind.InvalidState);
    internal static readonly ErrorDefinition TooLateToReactivate = new("TooLateToReactivate", ErrorKind.InvalidState);
    internal static readonly ErrorDefinition TooLateToUndo = new("TooLateToUndo", ErrorKind.InvalidState);
    internal static readonly ErrorDefinition ResizeInDoubt = new("ResizeInDoubt", ErrorKind.InvalidState);
    internal static readonly ErrorDefinition PlanStale = new("PlanStale", ErrorKind.InvalidState);
    internal static readonly ErrorDefinition PlanChanged = new("PlanChanged", ErrorKind.Busy);
    internal static readonly ErrorDefinition MapInvalid = new("MapInvalid", ErrorKind.DamagedData);
    internal static readonly ErrorDefinition JournalLocked = new("JournalLocked", ErrorKind.Busy);
    internal static readonly ErrorDefinition JournalUnwritable = new("JournalUnwritable", ErrorKind.Storage);
    internal static readonly ErrorDefinition JournalDamaged = new("JournalDamaged", ErrorKind.DamagedData);
    internal static readonly ErrorDefinition JournalTooNew = new("JournalTooNew", ErrorKind.DamagedData);
    internal static readonly ErrorDefinition JournalOfAnotherTenant = new("JournalOfAnotherTenant", ErrorKind.DamagedData);
    internal static readonly ErrorDefinition ConfirmationNeeded = new("ConfirmationNeeded", ErrorKind.InvalidInput);
    internal static readonly ErrorDefinition RunLimitExceeded = new("RunLimitExceeded", ErrorKind.Limit);
    internal static readonly ErrorDefinition ReportNotWritten = new("ReportNotWritten", ErrorKind.InvalidInput);
    internal static readonly ErrorDefinition NothingToChange = new("NothingToChange", ErrorKind.InvalidInput);
    internal static readonly ErrorDefinition AmbiguousEnd = new("AmbiguousEnd", ErrorKind.InvalidInput);
    internal static readonly ErrorDefinition SourceOrPurchaseNeeded = new("SourceOrPurchaseNeeded", ErrorKind.InvalidInput);
    internal static readonly ErrorDefinition OneCustomerNeeded = new("OneCustomerNeeded", ErrorKind.InvalidInput);
    internal static readonly ErrorDefinition UnknownScenario = new("UnknownScenario", ErrorKind.InvalidInput);

    private static readonly Dictionary<string, ErrorDefinition> ById = new[] { typeof(PartnerCenterErrors), typeof(ErrorCatalog) }
        .SelectMany(catalog => catalog.GetFields(BindingFlags.Static | BindingFlags.NonPublic))
        .Where(field => field.FieldType == typeof(ErrorDefinition))
        .Select(field => (ErrorDefinition)field.GetValue(null))
        .ToDictionary(definition => definition.Id, StringComparer.Ordinal);

    /// <summary>All definitions.</summary>
    public static IReadOnlyCollection<ErrorDefinition> All => ById.Values;

    /// <summary>The exception for one occurrence of a cause, for a front end that finds it itself.</summary>
    /// <param name="errorId">The cause.</param>
    /// <param name="message">What happened, to whom.</param>
    /// <param name="action">What to do in the front end's own words, where that is more exact than what it says of the cause; null for that.</param>
    /// <exception cref="KeyNotFoundException">The id is not one of this module's.</exception>
    public static CspMigrationException Create(string errorId, string message, string? action = null) => Find(errorId).Exception(message, remedy: action is null ? null : Remedy.InWords(action));

    /// <summary>The definition of an id.</summary>
    /// <exception cref="KeyNotFoundException">The id is not one of this module's.</exception>
    public static ErrorDefinition Find(string errorId) => ById[errorId];
}
