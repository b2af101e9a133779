<#
.SYNOPSIS
    One way to provoke each error of the module, and what its record says; Errors.Tests.ps1 runs them.
.DESCRIPTION
    Act        what is run, on a freshly filled Scenario, connected and with an empty journal
    Command    the class after the engine's comma
    Category   the record's category
    Target     the record's target object, or the property Of it; $null where it concerns nothing in particular
    Advice     what the recommended action says
    Code       the service's own code, where the service spoke; Status its status, where it gave one but no code
    Ends       the command ends with it; without it, it is one failed record
    Where      no command can be brought to it in a test: the file and the test that show it elsewhere, and Because says why
#>

$buy = 'NewTargetSubscriptionCommand'
$connect = 'ConnectCspPartnerCommand'
$find = 'GetExpiringSubscriptionCommand'
$tokens = '/{tenant}/oauth2/v2.0/token'
$subscriptions = '/v1/customers/{customerId}/subscriptions'

@(
    @{
        Id = 'NotConnected'; Command = $find; Category = 'ConnectionError'; Target = { $null }; Ends = $true; Advice = 'Connect-CspPartner'
        Act = { Disconnect-CspPartner; Get-ExpiringSubscription }
    }
    @{
        Id = 'WrongPartner'; Command = $buy; Category = 'ConnectionError'; Target = { $source.SubscriptionId }; Advice = 'Connect to the partner'
        Act = {
            $row = $source | ConvertTo-Csv | ConvertFrom-Csv
            $row.PartnerTenantId = '22222222-2222-2222-2222-222222222222'
            $row | New-TargetSubscription
        }
    }
    @{
        Id = 'EmptyCustomer'; Command = $find; Category = 'InvalidArgument'; Target = { '' }; Advice = 'Name a customer'
        Act = { Get-ExpiringSubscription '' }
    }
    @{
        Id = 'CustomerNotFound'; Command = $find; Category = 'ObjectNotFound'; Target = { 'nobody at all' }; Advice = 'reseller relationship'
        Act = { Get-ExpiringSubscription 'nobody at all' }
    }
    @{
        Id = 'NoTarget'; Command = $buy; Category = 'ObjectNotFound'; Target = { $source.SubscriptionId }; Of = 'SubscriptionId'; Advice = 'Get-SkuMapping|Get-TargetOffer'
        Act = { $source | New-TargetSubscription -Target 'Dynamics 3650' }
    }
    @{
        Id = 'TargetNotOnSale'; Command = $buy; Category = 'ObjectNotFound'; Target = { $source.SubscriptionId }; Of = 'SubscriptionId'; Advice = 'Dynamics 365 Plan'
        Scenario = 'edge-cases'; Customer = 'Successor not on sale'
        Act = { $source | New-TargetSubscription }
    }
    @{
        Id = 'CountryMismatch'; Command = $buy; Category = 'PermissionDenied'; Target = { $source.SubscriptionId }; Of = 'SubscriptionId'; Advice = 'own country or region'
        Scenario = 'edge-cases'; Customer = 'Customer in another country'
        Act = { $source | New-TargetSubscription }
    }
    @{
        Id = 'SegmentMismatch'; Command = $buy; Category = 'PermissionDenied'; Target = { $source.SubscriptionId }; Of = 'SubscriptionId'; Advice = 'segment'
        Act = { $source | New-TargetSubscription -Target 'Dynamics 365 Team Members (Nonprofit Staff Pricing)' }
    }
    @{
        Id = 'NoDelegatedRights'; Command = $buy; Category = 'PermissionDenied'; Target = { $source.SubscriptionId }; Of = 'SubscriptionId'; Advice = 'which right is missing'; Code = '900308'
        Scenario = 'edge-cases'; Customer = 'No delegated rights'
        Act = { $source | New-TargetSubscription }
    }
    @{
        Id = 'AppOnlyToken'; Command = $buy; Category = 'PermissionDenied'; Target = { $source.SubscriptionId }; Of = 'SubscriptionId'; Advice = 'App\+User'; Code = '900329'
        Connection = @{ TenantId = '11111111-1111-1111-1111-111111111111' }; Token = 'app-only and opaque'
        Act = { $source | New-TargetSubscription }
    }
    @{
        Id = 'GraphNotAvailable'; Command = $connect; Category = 'PermissionDenied'; Target = { $null }; Ends = $true; Advice = 'LicenseApi Auto'
        Act = { Connect-CspPartner -Endpoint https://localhost -AccessToken (ConvertTo-SecureString x -AsPlainText -Force) -LicenseApi Graph }
    }
    @{
        Id = 'GroupNotSwitched'; Command = 'MoveUserLicenseCommand'; Category = 'InvalidOperation'; Target = { $null }; Ends = $true; Advice = 'Leave one of them out'
        Act = { Move-UserLicense -InputObject ($source | New-TargetSubscription -WhatIf) -User 'ada*' -GroupLicense Switch }
    }
    @{
        Id = 'MfaRequired'; Command = $find; Category = 'PermissionDenied'; Target = { $source.CustomerId }; Advice = 'multi-factor'; Code = '900421'
        Fault = @{ method = 'GET'; route = $subscriptions; action = 'status:401;code=900421'; times = 5 }
        Act = { Get-ExpiringSubscription }
    }
    @{
        Id = 'Unauthorized'; Command = $find; Category = 'PermissionDenied'; Target = { $source.CustomerId }; Advice = 'Connect again'; Status = 403
        Fault = @{ method = 'GET'; route = $subscriptions; action = 'status:403'; times = 5 }
        Act = { Get-ExpiringSubscription }
    }
    @{
        Id = 'OfferLimitReached'; Command = $buy; Category = 'LimitsExceeded'; Target = { $source.SubscriptionId }; Of = 'SubscriptionId'; Advice = 'Reuse, resize or reactivate'; Code = '800066'
        Fault = @{ method = 'POST'; route = '/v1/customers/{customerId}/orders'; action = 'status:403;code=800066' }
        Act = { $source | New-TargetSubscription }
    }
    @{
        Id = 'ResellerNotValid'; Command = $buy; Category = 'ObjectNotFound'; Target = { $source.SubscriptionId }; Of = 'SubscriptionId'; Advice = '-PartnerIdOnRecord'
        Scenario = 'edge-cases'; Customer = 'Reseller no longer valid'
        Act = { $source | New-TargetSubscription }
    }
    @{
        Id = 'TooFewSeats'; Command = $buy; Category = 'LimitsExceeded'; Target = { $source.SubscriptionId }; Of = 'SubscriptionId'; Advice = '-Quantity'
        Scenario = 'edge-cases'; Customer = 'More users than seats'
        Act = { $source | New-TargetSubscription }
    }
    @{
        Id = 'QuantityOutOfRange'; Command = $buy; Category = 'LimitsExceeded'; Target = { $source.SubscriptionId }; Of = 'SubscriptionId'; Advice = '-Quantity'
        Scenario = 'edge-cases'; Customer = 'Fewer seats than the minimum'
        Act = { $source | New-TargetSubscription }
    }
    @{
        Id = 'PrerequisiteMissing'; Command = $buy; Category = 'InvalidOperation'; Target = { $source.CustomerId }; Advice = 'base offers'
        Act = { New-TargetSubscription -CustomerId $source.CustomerId -Target 'Dynamics 365 Additional Database Storage' -Quantity 1 }
    }
    @{
        Id = 'AgreementMissing'; Command = $buy; Category = 'InvalidOperation'; Target = { $source.SubscriptionId }; Of = 'SubscriptionId'; Advice = 'Microsoft Customer Agreement'
        Scenario = 'edge-cases'; Customer = 'Agreement missing'
        Act = { $source | New-TargetSubscription }
    }
    @{
        Id = 'CartLineRefused'; Command = $buy; Category = 'InvalidOperation'; Target = { $source.SubscriptionId }; Of = 'SubscriptionId'; Advice = 'service''s reason'
        Scenario = 'edge-cases'; Customer = 'Cart line refused'
        Act = { $source | New-TargetSubscription }
    }
    @{
        Id = 'ProvisioningPending'; Command = 'MoveUserLicenseCommand'; Category = 'OperationTimeout'; Target = { $source.SubscriptionId }; Of = 'SourceSubscriptionId'; Advice = 'Run the same command again'
        Act = {
            $slow = Start-SandboxServer -Argument '--provisioning-delay', '3600000'
            try {
                $null = Connect-CspPartner -Endpoint $slow.Endpoint -AccessToken (New-SecretText 'any token') -JournalPath (Join-Path $TestDrive 'slow.jsonl')
                Get-ExpiringSubscription | New-TargetSubscription | Move-UserLicense -ProvisioningTimeout 0
            }
            finally { Stop-SandboxServer $slow }
        }
    }
    @{
        Id = 'ProvisioningFailed'; Command = 'MoveUserLicenseCommand'; Category = 'InvalidOperation'; Target = { $source.SubscriptionId }; Of = 'SourceSubscriptionId'; Advice = 'support request'
        Scenario = 'edge-cases'; Customer = 'Provisioning fails'
        Act = { $source | New-TargetSubscription | Move-UserLicense }
    }
    @{
        Id = 'MethodNotAvailable'; Command = $buy; Category = 'InvalidArgument'; Target = { $source.SubscriptionId }; Of = 'SubscriptionId'; Advice = '-Method Purchase'
        Scenario = 'new-commerce'; Customer = 'Neither'
        Act = { $source | New-TargetSubscription -Method Transition }
    }
    @{
        Id = 'TransitionFailed'
        Where = 'CspMigration.Migration.Tests/Rules/Rule27MethodTests.cs: A_transition_that_fails_is_reported_and_can_be_begun_again'
        Because = 'the sandbox carries out every transition that it takes'
    }
    @{
        Id = 'EndOfTermChanged'
        Where = 'CspMigration.Migration.Tests/Rules/Rule25EndOfTermTests.cs: What_somebody_has_had_renew_is_found_and_left_alone'
        Because = 'somebody else has to change the source, past the module'
    }
    @{
        Id = 'EndOfTermNotAvailable'; Command = 'SetSubscriptionCommand'; Category = 'InvalidArgument'; Target = { $source.SubscriptionId }; Of = 'SubscriptionId'; Advice = '-AutoRenew \$false'
        Act = { $source | Set-Subscription -EndOfTerm Cancel }
    }
    @{
        Id = 'HoldersRemain'; Command = 'SuspendSubscriptionCommand'; Category = 'InvalidOperation'; Target = { $source.SubscriptionId }; Advice = 'Move-UserLicense'
        Act = { $source | Suspend-Subscription }
    }
    @{
        Id = 'HoldersUnknown'; Command = 'UndoSubscriptionMigrationCommand'; Category = 'InvalidOperation'; Target = { $source[0].SubscriptionId }; Advice = '-JournalPath'
        Scenario = 'edge-cases'; Customer = 'Two sources and one target'
        Act = {
            $ended = $source | New-TargetSubscription | Move-UserLicense | Suspend-Subscription
            $null = Connect-Anew 'lost.jsonl'
            $ended | Where-Object SubscriptionId -EQ $source[0].SubscriptionId | Undo-SubscriptionMigration
        }
    }
    @{
        Id = 'AddOnStillActive'; Command = 'SuspendSubscriptionCommand'; Category = 'InvalidOperation'; Target = { $source.SubscriptionId }; Of = 'SourceSubscriptionId'; Advice = 'Suspend-Subscription -CustomerId [0-9a-f-]+ -SubscriptionId'
        Scenario = 'edge-cases'; Customer = 'Add-on that stays active'
        Act = { $source | New-TargetSubscription | Move-UserLicense | Suspend-Subscription }
    }
    @{
        Id = 'NotOurSubscription'; Command = 'SetSubscriptionCommand'; Category = 'ObjectNotFound'; Target = { '00000000-0000-0000-0000-000000000000' }; Advice = 'another channel'
        Act = { Set-Subscription -CustomerId $source.CustomerId -SubscriptionId '00000000-0000-0000-0000-000000000000' -Quantity 30 }
    }
    @{
        Id = 'TooLateToReactivate'; Command = 'ResumeSubscriptionCommand'; Category = 'InvalidOperation'; Target = { $source.SubscriptionId }; Of = 'SubscriptionId'; Advice = 'keep the target'
        Act = {
            $ended = $source | New-TargetSubscription | Move-UserLicense | Suspend-Subscription
            Step-SandboxClock $server P121D
            $ended | Resume-Subscription
        }
    }
    @{
        Id = 'TooLateToUndo'; Command = 'UndoSubscriptionMigrationCommand'; Category = 'InvalidOperation'; Target = { $source.SubscriptionId }; Advice = 'Suspend it, or turn its auto-renew off'
        Scenario = 'edge-cases'; Customer = 'Trial that converts'
        Act = { $source | New-TargetSubscription | Move-UserLicense | Suspend-Subscription | Undo-SubscriptionMigration }
    }
    @{
        Id = 'ResizeInDoubt'; Command = 'UndoSubscriptionMigrationCommand'; Category = 'InvalidOperation'; Target = { $source.SubscriptionId }; Advice = 'Set-Subscription -Quantity'
        Scenario = 'edge-cases'; Customer = 'Limited offer with too few seats'
        Act = {
            $ended = $source | New-TargetSubscription | Move-UserLicense | Suspend-Subscription
            $null = Connect-Anew 'lost.jsonl'
            $ended | Undo-SubscriptionMigration
        }
    }
    @{
        Id = 'PlanStale'; Command = $buy; Category = 'InvalidOperation'; Target = { Join-Path $TestDrive 'page.json' }; Ends = $true; Advice = 'plan'
        Act = {
            $plan = Join-Path $TestDrive 'page.json'
            '<html><body>Sign in</body></html>' | Set-Content $plan
            New-TargetSubscription -Plan $plan
        }
    }
    @{
        Id = 'MapInvalid'; Command = 'GetSkuMappingCommand'; Category = 'InvalidData'; Target = { Join-Path $TestDrive 'bad.json' }; Ends = $true; Advice = 'SkuMap\.schema\.json'
        Act = {
            $map = Join-Path $TestDrive 'bad.json'
            '{ "formatVersion": 1, "mappings": [{}], "targets": {} }' | Set-Content $map
            Get-SkuMapping -Path $map
        }
    }
    @{
        Id = 'JournalLocked'; Command = $buy; Category = 'ResourceBusy'; Target = { $source.SubscriptionId }; Of = 'SubscriptionId'; Advice = 'another journal'
        Act = {
            $null = Connect-Anew 'held.jsonl'
            $holder = [IO.File]::Open((Join-Path $TestDrive 'held.jsonl.lock'), 'OpenOrCreate', 'ReadWrite', 'None')
            try { $source | New-TargetSubscription } finally { $holder.Dispose() }
        }
    }
    @{
        Id = 'JournalUnwritable'; Command = $buy; Category = 'WriteError'; Target = { $source.SubscriptionId }; Of = 'SubscriptionId'; Advice = '-JournalPath'
        Act = {
            $null = Set-Content (Join-Path $TestDrive 'in the way') 'a file'
            $null = Connect-Anew 'in the way/journal.jsonl'
            $source | New-TargetSubscription
        }
    }
    @{
        Id = 'JournalDamaged'; Command = 'ConnectCspPartnerCommand'; Category = 'InvalidData'; Target = { $null }; Ends = $true; Advice = 'backup'
        Act = {
            'not a line of a journal' | Set-Content (Join-Path $TestDrive 'damaged.jsonl')
            Connect-Anew 'damaged.jsonl'
        }
    }
    @{
        Id = 'JournalTooNew'; Command = 'ConnectCspPartnerCommand'; Category = 'InvalidData'; Target = { $null }; Ends = $true; Advice = 'Do not delete the journal'
        Act = {
            '{"version":999,"kind":"foretold","at":"2030-01-01T00:00:00Z"}' | Set-Content (Join-Path $TestDrive 'new.jsonl')
            Connect-Anew 'new.jsonl'
        }
    }
    @{
        Id = 'JournalOfAnotherTenant'; Command = 'ConnectCspPartnerCommand'; Category = 'InvalidData'; Target = { $null }; Ends = $true; Advice = '-JournalPath'
        Act = {
            $null = Connect-Anew 'ours.jsonl'
            $null = $source | New-TargetSubscription
            Connect-Anew 'ours.jsonl' @{ TenantId = '22222222-2222-2222-2222-222222222222' }
        }
    }
    @{
        Id = 'ConfirmationNeeded'; Command = $buy; Category = 'InvalidArgument'; Target = { $null }; Ends = $true; Advice = '-Confirm:\$false'
        Act = { $source | New-TargetSubscription -Confirm:$true }
    }
    @{
        Id = 'Throttled'; Command = $find; Category = 'ResourceUnavailable'; Target = { $source.CustomerId }; Advice = 'Run the same command again'; Status = 429
        Fault = @{ method = 'GET'; route = $subscriptions; action = 'status:429;retry-after=3600'; times = 5 }
        Act = { Get-ExpiringSubscription }
    }
    @{
        Id = 'ServiceUnavailable'; Command = $find; Category = 'ResourceUnavailable'; Target = { $source.CustomerId }; Advice = 'Run the same command again'; Status = 503
        Fault = @{ method = 'GET'; route = $subscriptions; action = 'status:503;retry-after=3600'; times = 5 }
        Act = { Get-ExpiringSubscription }
    }
    @{
        Id = 'UnexpectedAnswer'; Command = $find; Category = 'ResourceUnavailable'; Target = { $source.CustomerId }; Advice = 'correlation id'; Status = 400
        Fault = @{ method = 'GET'; route = $subscriptions; action = 'status:400'; times = 5 }
        Act = { Get-ExpiringSubscription }
    }
    @{
        Id = 'RefreshTokenRefused'; Command = $connect; Category = 'PermissionDenied'; Target = { $null }; Ends = $true; Advice = 'sign in again'; Code = 'AADSTS700082'
        Fault = @{ method = 'POST'; route = $tokens; action = 'aadsts:700082' }
        Act = { Connect-CspPartner @signIn -RefreshToken (New-SecretText 'brought along') }
    }
    @{
        Id = 'CredentialRefused'; Command = $connect; Category = 'PermissionDenied'; Target = { $null }; Ends = $true; Advice = 'valid secret'; Code = 'AADSTS7000215'
        Fault = @{ method = 'POST'; route = $tokens; action = 'aadsts:7000215' }
        Act = { Connect-CspPartner @signIn -RefreshToken (New-SecretText 'brought along') }
    }
    @{
        Id = 'SignInRefused'; Command = $connect; Category = 'PermissionDenied'; Target = { $null }; Ends = $true; Advice = 'conditional access'; Code = 'AADSTS53003'
        Fault = @{ method = 'POST'; route = $tokens; action = 'aadsts:53003' }
        Act = { Connect-CspPartner @signIn -RefreshToken (New-SecretText 'brought along') }
    }
    @{
        Id = 'InteractionNeeded'; Command = $connect; Category = 'InvalidArgument'; Target = { $null }; Ends = $true; Advice = '-RefreshToken, -Credential'
        Act = { Connect-CspPartner -DeviceCode -Endpoint $server.Endpoint -Authority $server.Endpoint -TenantId 'contoso.com' -ApplicationId 'an application' }
    }
    @{
        Id = 'RefreshTokenNotStored'; Command = $connect; Category = 'InvalidOperation'; Target = { $null }; Advice = '-OnRefreshTokenRotated'
        Act = { Connect-CspPartner @signIn -RefreshToken (New-SecretText 'another one') -OnRefreshTokenRotated { throw 'no vault' } }
    }
    @{
        Id = 'RunLimitExceeded'; Command = 'InvokeSubscriptionMigrationCommand'; Category = 'LimitsExceeded'; Target = { $null }; Ends = $true; Advice = '-WhatIf'
        Act = { $source | Invoke-SubscriptionMigration -MaximumSeats 24 -Confirm:$false }
    }
    @{
        Id = 'ReportNotWritten'; Command = 'ExportSubscriptionMigrationReportCommand'; Category = 'InvalidArgument'; Target = { Join-Path $TestDrive 'no-folder/report.html' }; Ends = $true; Advice = 'folder'
        Act = { Export-SubscriptionMigrationReport -Path (Join-Path $TestDrive 'no-folder/report.html') }
    }
    @{
        Id = 'NothingToChange'; Command = 'SetSubscriptionCommand'; Category = 'InvalidArgument'; Target = { $null }; Ends = $true; Advice = '-Quantity'
        Act = { $source | Set-Subscription }
    }
    @{
        Id = 'AmbiguousEnd'; Command = 'SuspendSubscriptionCommand'; Category = 'InvalidArgument'; Target = { $null }; Ends = $true; Advice = 'one way'
        Act = { $source | Suspend-Subscription -AtTermEnd -Cancel }
    }
    @{
        Id = 'SourceOrPurchaseNeeded'; Command = $buy; Category = 'InvalidArgument'; Target = { $source.CustomerId }; Ends = $true; Advice = '-SubscriptionId'
        Act = { New-TargetSubscription -CustomerId $source.CustomerId }
    }
    @{
        Id = 'OneCustomerNeeded'; Command = 'InvokeSubscriptionMigrationCommand'; Category = 'InvalidArgument'; Target = { $source.SubscriptionId }; Ends = $true; Advice = 'one customer'
        Act = { Invoke-SubscriptionMigration -CustomerId $source.CustomerId, 'another' -SubscriptionId $source.SubscriptionId -Confirm:$false }
    }
    @{
        Id = 'UnknownScenario'; Command = $connect; Category = 'InvalidArgument'; Target = { 'fabrikam' }; Ends = $true; Advice = 'scenarios'
        Act = { Connect-CspPartner -Sandbox -Scenario fabrikam }
    }
    @{
        Id = 'ResellerMismatch'; Because = 'no customer of the sandbox has sources of two resellers'
        Where = 'CspMigration.Migration.Tests/Rules/Rule21PartnerOfRecordTests.cs: Two_resellers_of_what_can_be_had_once_are_an_error_and_its_remedy_helps'
    }
    @{
        Id = 'TargetExpires'; Because = 'somebody else has to end the target between two runs'
        Where = 'CspMigration.Migration.Tests/Rules/TargetDurationTests.cs: A_target_that_somebody_else_has_ended_is_an_error_and_its_remedy_helps'
    }
    @{
        Id = 'PlanChanged'; Because = 'somebody else has to change a subscription while a prompt stands, which a test answers without a person'
        Where = 'CspMigration.Migration.Tests/Changes/ConfirmationTests.cs: What_changes_at_every_prompt_ends_in_an_error_of_its_own_and_nothing_is_sent'
    }
    @{
        Id = 'RequestTimeout'; Because = 'a call is given up only after minutes, which a test passes on a clock of its own'
        Where = 'CspMigration.Core.Tests/PartnerCenter/Http/Transport/EndingTests.cs: A_reading_that_is_never_answered_is_given_up_as_a_request_timeout'
    }
)
