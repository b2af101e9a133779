using System;
using System.Collections.Generic;

namespace CspMigration.PowerShell.Wording;

/// <summary>What to do about each error, by its id, where the failure itself does not know better.</summary>
internal static class ErrorSentences
{
    public static readonly IReadOnlyDictionary<string, string> ById = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["NotConnected"] =
            "Run Connect-CspPartner first, or pass -Context with what it returned.",
        ["CustomerNotFound"] =
            "Check the customer's name, domain or id (Partner Center lists all customers; Get-ExpiringSubscription those with something that expires), and that the customer still has a reseller relationship with you.",
        ["TargetNotOnSale"] =
            "Name another target with -Target; Get-TargetOffer lists what is on sale for the customer.",
        ["CountryMismatch"] =
            "A partner can sell only to customers in its own country or region: the customer needs a partner there.",
        ["SegmentMismatch"] =
            "Have the customer qualified for the segment in Partner Center, or name a target of the customer's own segment.",
        ["NoDelegatedRights"] =
            "Ask the customer for a reseller relationship and delegated rights (GDAP: Directory Readers and License Administrator), then run the same command again.",
        ["GraphNotAvailable"] =
            "Grant the application consent in the customer's tenant and the user the roles that docs/licenses.md lists, or connect again with: -LicenseApi Auto",
        ["GroupNotSwitched"] =
            "Fix the reason, then run the same command again; or change the license of the group by hand.",
        ["AppOnlyToken"] =
            "With -RefreshToken, -DeviceCode or -Interactive, connect on behalf of an admin agent (App+User).",
        ["MfaRequired"] =
            "Sign in again with multi-factor authentication and connect with the new token.",
        ["Unauthorized"] =
            "Connect again; check that the token is for Partner Center and that the user is an admin agent.",
        ["RefreshTokenRefused"] =
            "The refresh token has expired, was revoked or was used before: sign in again as an admin agent, with -DeviceCode or -Interactive, and keep the token that -OnRefreshTokenRotated gets.",
        ["CredentialRefused"] =
            "Check the application id and its secret or certificate against the application's registration.",
        ["SignInRefused"] =
            "Look up the code in the message; check tenant, application and user.",
        ["InteractionNeeded"] =
            "Connect with -RefreshToken, -Credential or -CertificateThumbprint: this session can't show a sign-in.",
        ["OfferLimitReached"] =
            "Reuse, resize or reactivate the subscription of this offer that the customer already has, or name another target.",
        ["QuantityOutOfRange"] =
            "With -Quantity, give a number of seats within the offer's limits.",
        ["PrerequisiteMissing"] =
            "First have New-TargetSubscription -CustomerId -Target -Quantity buy one of the base offers for the customer.",
        ["AgreementMissing"] =
            "Record the customer's acceptance of the Microsoft Customer Agreement in Partner Center, then run the same command again.",
        ["ResellerNotValid"] =
            "Name a reseller with -PartnerIdOnRecord whose Microsoft partner id is valid, or have the id corrected in Partner Center and connect again.",
        ["CartLineRefused"] =
            "Read the service's reason and fix it, or name another target, term, end of the term, billing cycle or partner of record (-Target, -Term, -TermEndDate, -BillingCycle, -PartnerIdOnRecord).",
        ["NotOurSubscription"] =
            "Check the subscription's id; one bought through another channel is canceled there, by the customer.",
        ["Throttled"] =
            "Run the same command again later: it continues where this run stopped.",
        ["ServiceUnavailable"] =
            "Run the same command again later: it continues where this run stopped.",
        ["RequestTimeout"] =
            "Run the same command again: it continues where this run stopped.",
        ["UnexpectedAnswer"] =
            "Look up the service's code; give Microsoft support the correlation id where the reason is not yours.",
        ["WrongPartner"] =
            "Connect to the partner the record came from, or read the record again with the present connection.",
        ["EmptyCustomer"] =
            "Name a customer, or give no customer parameter and no pipeline input to take all customers.",
        ["NoTarget"] =
            "Look at Get-SkuMapping, name a target with -Target (Get-TargetOffer lists what is on sale), or have Connect-CspPartner -SkuMapPath load a map that has the product.",
        ["RefreshTokenNotStored"] =
            "Fix the script block given with -OnRefreshTokenRotated and connect again; if the former refresh token is refused by then, sign in again.",
        ["TooFewSeats"] =
            "Buy more seats with -Quantity, or take licenses from users who no longer need one.",
        ["TargetExpires"] =
            "Have the target renew with Set-Subscription -AutoRenew $true, or name another target; then run the command again.",
        ["ResellerMismatch"] =
            "Decide which reseller is to be on record for all seats, and name it (-PartnerIdOnRecord), or name another target (-Target).",
        ["ProvisioningPending"] =
            "Run the same command again later: it continues where this run stopped.",
        ["ProvisioningFailed"] =
            "Open a support request for the new subscription; run the same command again when it is provisioned.",
        ["MethodNotAvailable"] =
            "Name a method that the source has, or none: Test-SubscriptionMigration says of each whether it is available.",
        ["TransitionFailed"] =
            "Partner Center shows the reason. Nothing has been changed; running the command again begins another transition.",
        ["EndOfTermChanged"] =
            "Decide whether the source is to end: Set-Subscription -EndOfTerm Cancel has it end, -EndOfTerm Renew has it renew.",
        ["EndOfTermNotAvailable"] =
            "Cancel and Extend belong to new commerce. A legacy subscription ends with its term when auto-renew is off: Set-Subscription -AutoRenew $false",
        ["HoldersRemain"] =
            "Move the remaining users first; Move-UserLicense lists them with the reason for each.",
        ["HoldersUnknown"] =
            "Run the command again later: the numbers of a new or changed SKU can be missing for some time. If they stay missing, look at the customer's licenses in Partner Center.",
        ["AddOnStillActive"] =
            "Migrate the add-on together with its base; Get-ExpiringSubscription finds it with -IncludeAutoRenew where it renews, and with a -Within that reaches its end. If it is no longer needed, suspend it first, with -Reason CustomerRequest where users still hold it.",
        ["TooLateToReactivate"] =
            "The source is gone: keep the target, or buy a new subscription.",
        ["TooLateToUndo"] =
            "Keep what is there now; what can still be changed by hand is in the message.",
        ["ResizeInDoubt"] =
            "Look at the subscription's quantity in Partner Center, then have Set-Subscription -Quantity set it.",
        ["PlanStale"] =
            "Make the plan again from the present state and have it approved.",
        ["PlanChanged"] =
            "Run the command again when no other user or process is changing the customer's subscriptions: it shows what is to be done then.",
        ["MapInvalid"] =
            "Fix the map there and load it again; about_SkuMap and SkuMap.schema.json in the module's folder describe the format.",
        ["JournalLocked"] =
            "Wait for the other process, or have Connect-CspPartner -JournalPath give this one a journal of its own.",
        ["JournalUnwritable"] =
            "Nothing is bought or changed that cannot be written down first: make room on the disk, see that the file and its folder may be read and written, or have Connect-CspPartner -JournalPath take another file; then run the same command again.",
        ["JournalDamaged"] =
            "Restore the journal from a backup, or move it away: purchases are also recognized by their friendly names.",
        ["JournalTooNew"] =
            "Update the module on this machine (Update-Module CspMigration), then run the command again. Do not delete the journal: it is whole, and knows what was bought.",
        ["JournalOfAnotherTenant"] =
            "Connect with -JournalPath to the journal of this partner, or to a new file.",
        ["ConfirmationNeeded"] =
            "This session can't show a prompt: check the plan with -WhatIf, then repeat the command with: -Confirm:$false",
        ["RunLimitExceeded"] =
            "Look at the plan with -WhatIf and without the limit, then migrate fewer customers at once or raise the limit.",
        ["ReportNotWritten"] =
            "Name another file, or look whether the folder exists and may be written to.",
    };
}
