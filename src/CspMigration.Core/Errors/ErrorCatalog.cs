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
    internal static readonly ErrorDefinition WrongPartner = new(
        "WrongPartner", ErrorKind.Connection,
        "Connect to the partner the record came from, or read the record again with the present connection.");

    internal static readonly ErrorDefinition EmptyCustomer = new(
        "EmptyCustomer", ErrorKind.InvalidInput,
        "Name a customer, or give no customer parameter and no pipeline input to take all customers.");

    internal static readonly ErrorDefinition NoTarget = new(
        "NoTarget", ErrorKind.NotFound,
        "Look at Get-SkuMapping, name a target with -Target (Get-TargetOffer lists what is on sale), or have Connect-CspPartner -SkuMapPath load a map that has the product.");

    internal static readonly ErrorDefinition RefreshTokenNotStored = new(
        "RefreshTokenNotStored", ErrorKind.InvalidState,
        "Mend the script block given with -OnRefreshTokenRotated and connect again; if the former refresh token is refused by then, sign in anew.");

    internal static readonly ErrorDefinition TooFewSeats = new(
        "TooFewSeats", ErrorKind.Limit,
        "Buy more seats with -Quantity, or take licences from users who no longer need one.");

    internal static readonly ErrorDefinition TargetExpires = new(
        "TargetExpires", ErrorKind.InvalidState,
        "Have the target renew with Set-Subscription -AutoRenew $true, or name another target; then run the command again.");

    internal static readonly ErrorDefinition ResellerMismatch = new(
        "ResellerMismatch", ErrorKind.InvalidState,
        "Decide which reseller is to be on record for all seats, and name it (-PartnerIdOnRecord), or name another target (-Target).");

    internal static readonly ErrorDefinition ProvisioningPending = new(
        "ProvisioningPending", ErrorKind.Timeout,
        "Run the same line again later: it goes on where this run stopped.");

    internal static readonly ErrorDefinition ProvisioningFailed = new(
        "ProvisioningFailed", ErrorKind.InvalidState,
        "Open a support request for the new subscription; run the same line again when it is provisioned.");

    internal static readonly ErrorDefinition HoldersRemain = new(
        "HoldersRemain", ErrorKind.InvalidState,
        "Move the remaining users first; Move-UserLicense lists them with the reason for each.");

    internal static readonly ErrorDefinition HoldersUnknown = new(
        "HoldersUnknown", ErrorKind.InvalidState,
        "Run the command again later: the numbers of a new or changed SKU can be missing for some time. If they stay missing, look at the customer's licenses in Partner Center.");

    internal static readonly ErrorDefinition GraphNotAvailable = new(
        "GraphNotAvailable", ErrorKind.Permission,
        "Grant the application consent in the customer's tenant and the user the roles that docs/licenses.md lists, or connect again with: -LicenseApi Auto");

    internal static readonly ErrorDefinition AddOnStillActive = new(
        "AddOnStillActive", ErrorKind.InvalidState,
        "Migrate the add-on together with its base; Get-ExpiringSubscription finds it with -IncludeAutoRenew where it renews, and with a -Within that reaches its end. Where nobody needs it any more, suspend it first, with -Reason CustomerRequest where users still hold it.");

    internal static readonly ErrorDefinition TooLateToReactivate = new(
        "TooLateToReactivate", ErrorKind.InvalidState,
        "The old subscription is gone: keep the successor, or buy a new subscription.");

    internal static readonly ErrorDefinition TooLateToUndo = new(
        "TooLateToUndo", ErrorKind.InvalidState,
        "Keep what is there now; what can still be changed by hand is in the message.");

    internal static readonly ErrorDefinition ResizeInDoubt = new(
        "ResizeInDoubt", ErrorKind.InvalidState,
        "Look at the subscription's quantity in Partner Center, then have Set-Subscription -Quantity set it.");

    internal static readonly ErrorDefinition PlanStale = new(
        "PlanStale", ErrorKind.InvalidState,
        "Make the plan again from the present state and have it approved.");

    internal static readonly ErrorDefinition PlanChanged = new(
        "PlanChanged", ErrorKind.Busy,
        "Run the command again when nobody else is changing the customer's subscriptions: it shows what is to be done then.");

    internal static readonly ErrorDefinition MapInvalid = new(
        "MapInvalid", ErrorKind.DamagedData,
        "Mend the map there and load it again; about_SkuMap and SkuMap.schema.json in the module's folder describe the format.");

    internal static readonly ErrorDefinition JournalLocked = new(
        "JournalLocked", ErrorKind.Busy,
        "Wait for the other process, or have Connect-CspPartner -JournalPath give this one a journal of its own.");

    internal static readonly ErrorDefinition JournalUnwritable = new(
        "JournalUnwritable", ErrorKind.Storage,
        "Nothing is bought or changed that cannot be written down first: make room on the disk, see that the file and its folder may be read and written, or have Connect-CspPartner -JournalPath take another file; then run the same line again.");

    internal static readonly ErrorDefinition JournalDamaged = new(
        "JournalDamaged", ErrorKind.DamagedData,
        "Restore the journal from a backup, or move it away: purchases are also recognised by their friendly names.");

    internal static readonly ErrorDefinition JournalTooNew = new(
        "JournalTooNew", ErrorKind.DamagedData,
        "Update the module on this machine (Update-Module CspMigration), then run the command again. Do not delete the journal: it is whole, and knows what was bought.");

    internal static readonly ErrorDefinition JournalOfAnotherTenant = new(
        "JournalOfAnotherTenant", ErrorKind.DamagedData,
        "Connect with -JournalPath to the journal of this partner, or to a new file.");

    internal static readonly ErrorDefinition ConfirmationNeeded = new(
        "ConfirmationNeeded", ErrorKind.InvalidInput,
        "Nobody can be asked in this session: check the plan with -WhatIf, then repeat the line with: -Confirm:$false");

    internal static readonly ErrorDefinition RunLimitExceeded = new(
        "RunLimitExceeded", ErrorKind.Limit,
        "Look at the plan with -WhatIf and without the limit, then migrate fewer customers at once or raise the limit.");

    internal static readonly ErrorDefinition ReportNotWritten = new(
        "ReportNotWritten", ErrorKind.InvalidInput,
        "Name another file, or look whether the folder exists and may be written to.");

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
    /// <param name="action">What to do, where it is more exact than the cause's own; null for that.</param>
    /// <exception cref="KeyNotFoundException">The id is not one of this module's.</exception>
    public static CspMigrationException Create(string errorId, string message, string? action = null) => Find(errorId).Exception(message, action: action);

    /// <summary>The definition of an id.</summary>
    /// <exception cref="KeyNotFoundException">The id is not one of this module's.</exception>
    public static ErrorDefinition Find(string errorId) => ById[errorId];
}
