BeforeAll {
    . $PSScriptRoot/Common.ps1
    $server = Start-SandboxServer -Argument '--provisioning-delay', '0'
    $PSDefaultParameterValues = @{ 'New-TargetSubscription:Confirm' = $false; 'Move-UserLicense:Confirm' = $false; 'Suspend-Subscription:Confirm' = $false }

    # The error id without the cmdlet.
    function Get-ErrorId {
        param($Record)

        @($Record | ForEach-Object { $_.FullyQualifiedErrorId.Split(',')[0] })
    }

    function Assert-NoViolation { @((Get-SandboxState $server).violations).Count | Should -Be 0 }
}

AfterAll {
    Disconnect-CspPartner
    Stop-SandboxServer $server
}

Describe 'Rule 1' {
    It 'finds what is active, license based, does not renew and ends in the window; others when asked for' {
        $null = Reset-Sandbox $server edge-cases
        $expiring = Get-ExpiringSubscription
        $expiring.AutoRenewEnabled | Should -Not -Contain $true
        $expiring.IsTrial | Should -Not -Contain $true
        ($expiring | Where-Object RenewalStatus -NotLike 'Expires on 20*') | Should -BeNullOrEmpty
        $renewing = @(Get-ExpiringSubscription -IncludeAutoRenew -Within 300 | Where-Object AutoRenewEnabled)
        $renewing.Count | Should -BeGreaterThan 0
        ($renewing | Where-Object RenewalStatus -NotLike 'Auto renews on 20*') | Should -BeNullOrEmpty
        (Get-ExpiringSubscription -IncludeTrial | Where-Object IsTrial).Count | Should -Be 2
    }

    It 'passes on untouched what has been migrated and expires' {
        $null = Reset-Sandbox $server contoso
        $null = Get-ExpiringSubscription | New-TargetSubscription | Move-UserLicense | Suspend-Subscription -AtTermEnd
        $before = Get-SandboxWriteCount $server
        $again = Get-ExpiringSubscription -OutVariable found | New-TargetSubscription | Move-UserLicense | Suspend-Subscription -AtTermEnd
        $found.MigrationState | Should -Be 'Completed'
        $again.Outcome | Should -Be 'LeftToTermEnd'
        (Get-ExpiringSubscription | New-TargetSubscription | Move-UserLicense | Suspend-Subscription).Outcome | Should -Be 'LeftToTermEnd'
        Get-SandboxWriteCount $server | Should -Be $before
    }
}

Describe 'Rule 2, Rule 3 and Rule 5' {
    BeforeAll {
        $null = Reset-Sandbox $server seed-mapping
        $found = Get-ExpiringSubscription
        $bought = $found | New-TargetSubscription
        $between = @((Get-SandboxState $server).customers.subscriptions | Where-Object status -EQ 'active').Count
        $moved = $bought | Move-UserLicense
        $afterMove = @((Get-SandboxState $server).customers.subscriptions | Where-Object status -EQ 'active').Count
        $suspended = $moved | Suspend-Subscription
        $afterEnd = @((Get-SandboxState $server).customers.subscriptions | Where-Object status -EQ 'active').Count
    }

    It 'Rule 2: <Customer> becomes <Target>' -ForEach @(
        @{ Customer = 'AX Enterprise'; Target = 'Dynamics 365 Unified Operations Plan' }
        @{ Customer = 'AX Task'; Target = 'Dynamics 365 Unified Operations * Activity' }
        @{ Customer = 'AX Self Serve'; Target = 'Dynamics 365 Team Members' }
        @{ Customer = 'AX Device'; Target = 'Dynamics 365 Unified Operations * Device' }
    ) {
        ($bought | Where-Object CustomerName -EQ $Customer).OfferName | Should -BeLike $Target
    }

    It 'Rule 3: <Customer> becomes <Target>' -ForEach @(
        @{ Customer = 'CRM Online Enterprise'; Target = 'Dynamics 365 Customer Engagement Plan Tier 1 (1-99 users)' }
        @{ Customer = 'CRM Online Professional'; Target = 'Dynamics 365 Customer Engagement Plan Tier 1 (1-99 users)' }
        @{ Customer = 'CRM Online Basic'; Target = 'Dynamics 365 Team Members' }
        @{ Customer = 'CRM Online Essential'; Target = 'Dynamics 365 Team Members' }
        @{ Customer = 'CRM Field Service add-on'; Target = 'Dynamics 365 Customer Engagement Plan Tier 1 (1-99 users)' }
        @{ Customer = 'CRM Project Service Automation add-on'; Target = 'Dynamics 365 Customer Engagement Plan Tier 1 (1-99 users)' }
    ) {
        ($bought | Where-Object CustomerName -EQ $Customer).OfferName | Should -Be $Target
    }

    It 'Rule 5: old and new are active side by side until the last step' {
        $bought.Outcome | Select-Object -Unique | Should -Be 'Purchased'
        $moved.IsComplete | Select-Object -Unique | Should -BeTrue
        $suspended.Outcome | Select-Object -Unique | Should -Be 'Suspended'
        $afterMove | Should -Be $between
        $afterEnd | Should -Be ($between - 10)
        Assert-NoViolation
    }
}

Describe 'Rule 4' {
    It 'a map of one''s own adds a product; without it the product has no target' {
        $map = Join-Path $TestDrive 'campaigns.json'
        @'
{
  "formatVersion": 1,
  "mappings": [{ "family": "Mine", "source": { "name": "Campaigns", "offerIds": ["00000000-5A4D-4000-A000-000000000004"] }, "targets": ["Sales"] }],
  "targets": { "Sales": { "skuId": "1e1a282c-9c54-43a2-9310-98ef728faace", "offers": [{ "offerId": "E5AEEDC5-E2F0-4099-AA45-95802034D7F8" }] } }
}
'@ | Set-Content $map
        $null = Reset-Sandbox $server edge-cases
        Get-ExpiringSubscription 'Discontinued*' | New-TargetSubscription -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        Get-SandboxWriteCount $server | Should -Be 0
        $null = Reset-Sandbox $server edge-cases @{ SkuMapPath = $map }
        $bought = Get-ExpiringSubscription 'Discontinued*' | New-TargetSubscription
        $bought.OfferName | Should -Be 'Dynamics 365 for Sales Enterprise'
    }

    It 'a bad map is refused with file, line, column and reason' {
        $map = Join-Path $TestDrive 'bad.json'
        @'
{
  "formatVersion": 1,
  "mappings": [{ "family": "f", "source": { "name": "s" }, "targets": ["t"] }],
  "targets": { "t": { "skuId": "549c4efe-09a2-462b-9393-9b57dfdea76b" } }
}
'@ | Set-Content $map
        { Get-SkuMapping -Path $map } | Should -Throw -ErrorId 'MapInvalid,*'
        { Get-SkuMapping -Path $map } | Should -Throw '*bad.json, line 3, column *'
    }

    It 'a qualified offer is bought only when it is named' {
        $null = Reset-Sandbox $server contoso
        $source = Get-ExpiringSubscription
        ($source | New-TargetSubscription -WhatIf).OfferName | Should -Be 'Dynamics 365 Unified Operations Plan'
        ($source | New-TargetSubscription -WhatIf -Target 'D82E1DE4-DD2E-4627-9343-EE68C3C8349B').OfferName | Should -BeLike '*Qualified Offer*'
    }
}

Describe 'Rule 6' {
    It 'cycle, term and seats are the source''s unless they are named' {
        $null = Reset-Sandbox $server contoso
        $source = Get-ExpiringSubscription
        $default = $source | New-TargetSubscription -WhatIf
        $default.BillingCycle, $default.TermDuration, $default.Quantity | Should -Be @($source.BillingCycle, 'P1Y', 25)
        $named = $source | New-TargetSubscription -WhatIf -Commerce New -BillingCycle Annual -Term P1Y -Quantity 30
        $named.BillingCycle, $named.TermDuration, $named.Quantity | Should -Be @('annual', 'P1Y', 30)
    }

    It 'what is not sold so is an error that lists what is' {
        $null = Reset-Sandbox $server contoso
        Get-ExpiringSubscription | New-TargetSubscription -Commerce New -Term P3Y -ErrorVariable failures -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        Get-ErrorId $failures | Should -Be 'TargetNotOnSale'
        $failures[0].ErrorDetails.RecommendedAction | Should -Match 'P1Y'
    }

    It 'fewer seats than the offer is sold with are refused before anything is bought' {
        $null = Reset-Sandbox $server edge-cases
        Get-ExpiringSubscription 'Fewer seats than the minimum' | New-TargetSubscription -ErrorVariable failures -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        Get-ErrorId $failures | Should -Be 'QuantityOutOfRange'
        Get-SandboxWriteCount $server | Should -Be 0
    }
}

Describe 'Rules on the edge cases' {
    BeforeAll {
        $null = Reset-Sandbox $server edge-cases

        function Invoke-Migration {
            param([string] $Customer, [hashtable] $Find = @{}, [hashtable] $Buy = @{}, [hashtable] $End = @{})

            Get-ExpiringSubscription $Customer @Find -OutVariable script:found |
                New-TargetSubscription @Buy -OutVariable script:bought |
                Move-UserLicense -OutVariable script:moved |
                Suspend-Subscription @End -WarningVariable script:warnings -WarningAction SilentlyContinue
        }
    }

    It 'Rule 7: <Customer>: the target is <Outcome>' -ForEach @(
        @{ Customer = 'Limited offer with free seats'; Outcome = 'Reused' }
        @{ Customer = 'Limited offer with too few seats'; Outcome = 'Resized' }
        @{ Customer = 'Limited offer suspended'; Outcome = 'Reactivated' }
        @{ Customer = 'Successor with free seats'; Outcome = 'Reused' }
    ) {
        (Invoke-Migration $Customer).Outcome | Should -Be 'Suspended'
        $bought.Outcome | Should -Be $Outcome
    }

    It 'Rule 7: a limit that is used up is OfferLimitReached, and readiness says so' {
        $source = Get-ExpiringSubscription 'No more subscriptions'
        $readiness = $source | Test-SubscriptionMigration
        $readiness.Verdict, $readiness.ErrorId | Should -Be 'Blocked', 'OfferLimitReached'
        $source | New-TargetSubscription -ErrorVariable failures -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        Get-ErrorId $failures | Should -Be 'OfferLimitReached'
    }

    It 'Rule 8: a trial is converted, nobody moves, and it is kept' {
        (Invoke-Migration 'Trial that converts' -Find @{ IncludeTrial = $true }).Outcome | Should -Be 'Kept'
        $bought.Outcome | Should -Be 'Converted'
        $bought.TargetSubscriptionId | Should -Be $bought.SourceSubscriptionId
        $moved.Moved | Should -Be 0
    }

    It 'Rule 9: an add-on in the plan is covered, and ends before its base' {
        $ended = Invoke-Migration 'Add-on contained in the plan'
        $bought.Outcome | Should -Be 'Purchased', 'Covered'
        @($bought.TargetSubscriptionId | Select-Object -Unique).Count | Should -Be 1
        $ended.OfferName | Should -Be 'Field Service User Add-On', 'CRM Online Professional'
    }

    It 'Rule 11: each user''s license is cleared and set, and the result lists them' {
        $null = Invoke-Migration 'Plans matched by name'
        $moved.Users.Count | Should -BeGreaterOrEqual 6
        @($moved.Users | Where-Object Outcome -EQ 'Moved').Count | Should -Be 6
        @($moved.Users | Where-Object ExcludedPlans).Count | Should -BeGreaterThan 0
        @($moved.Users | Where-Object LostPlans).Count | Should -BeGreaterThan 0
    }

    It 'Rule 11: a user without a usage location is told apart, and moved with -UsageLocation' {
        $bought = Get-ExpiringSubscription 'No usage location' | New-TargetSubscription
        $moved = $bought | Move-UserLicense
        $moved.Failed, $moved.IsComplete | Should -Be @(2, $false)
        $moved | Suspend-Subscription -ErrorVariable failures -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        Get-ErrorId $failures | Should -Be 'HoldersRemain'
        ($bought | Move-UserLicense -UsageLocation US | Suspend-Subscription).Outcome | Should -Be 'Suspended'
    }

    It 'Rule 12: the same SKU on both sides moves nobody' {
        $map = "$PSScriptRoot/../EdgeCases.SkuMap.json"
        $null = Reset-Sandbox $server edge-cases @{ SkuMapPath = $map }
        (Invoke-Migration 'Same SKU on both sides').Outcome | Should -Be 'Suspended'
        $bought.LicenseMoveNeeded | Should -BeFalse
        $moved.Moved | Should -Be 0
    }

    It 'Rule 12: fewer seats than users are TooFewSeats unless the number is said' {
        $source = Get-ExpiringSubscription 'More users than seats'
        $source | New-TargetSubscription -ErrorVariable failures -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        Get-ErrorId $failures | Should -Be 'TooFewSeats'
        ($source | New-TargetSubscription -RightSize).Quantity | Should -BeGreaterThan $source.Quantity
    }

    It 'Rule 13: a new-commerce source ends with its term; -Immediate suspends it' {
        $ended = Invoke-Migration 'New commerce source'
        $ended.Outcome | Should -Be 'EndsWithTerm'
        (Get-SandboxSubscription $server $ended.SubscriptionId).status | Should -Be 'active'
        ($moved | Suspend-Subscription -Immediate).Outcome | Should -Be 'Suspended'
    }

    It 'Rule 13: -Cancel deletes it within seven days of its purchase' {
        $ended = Invoke-Migration 'New commerce source just bought' -Buy @{ Commerce = 'New' } -End @{ Cancel = $true }
        $ended.Outcome | Should -Be 'Cancelled'
        (Get-SandboxSubscription $server $ended.SubscriptionId).status | Should -Be 'deleted'
    }

    It 'Rule 14: -AtTermEnd leaves the source to expire and says when' {
        $ended = Invoke-Migration 'Paid for the year' -End @{ AtTermEnd = $true }
        $ended.Outcome | Should -Be 'LeftToTermEnd'
        $ended.Reason | Should -Match $found.CommitmentEndDate.ToString('yyyy-MM-dd')
        (Get-SandboxSubscription $server $ended.SubscriptionId).status | Should -Be 'active'
    }

    It 'Rule 15: units of another channel are found when asked for, and left to the customer' {
        Get-ExpiringSubscription 'Bought through another channel' | Should -BeNullOrEmpty
        (Invoke-Migration 'Bought through another channel' -Find @{ IncludeOtherChannel = $true }).Outcome | Should -Be 'LeftToOtherChannel'
        $found.Commerce, $found.SubscriptionId | Should -Be @('OtherChannel', $null)
        $moved.Moved | Should -Be 7
    }

    It 'Rule 16: who is only advised is an error that names the invitation, and the invitation is ready to send' {
        Get-ExpiringSubscription 'Advisor only' -ErrorVariable failures -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        Get-ErrorId $failures | Should -Be 'NoDelegatedRights'
        $failures[0].ErrorDetails.RecommendedAction | Should -Match 'Request-ResellerRelationship'
        $invitation = Request-ResellerRelationship -Customer 'admin@northwind.example'
        $invitation.Body | Should -Match ([regex]::Escape($invitation.Link))
    }

    It 'Rule 17: another country is refused before anything is bought' {
        $before = Get-SandboxWriteCount $server
        Get-ExpiringSubscription 'Customer in another country' | New-TargetSubscription -ErrorVariable failures -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        Get-ErrorId $failures | Should -Be 'CountryMismatch'
        Get-SandboxWriteCount $server | Should -Be $before
    }

    It 'Rule 18: what was discontinued is left, with a warning in a list and an error where it is asked for alone, readiness says when data is lost, and a named equivalent migrates it' {
        $source = Get-ExpiringSubscription 'Discontinued without target'
        $listed = $source, (Get-ExpiringSubscription 'Paid for the year') | New-TargetSubscription -WhatIf -WarningVariable warnings -WarningAction SilentlyContinue -ErrorAction Stop
        $listed.CustomerName | Should -Be 'Paid for the year'
        @($warnings).Count | Should -Be 1
        "$warnings" | Should -BeLike "1 subscription is left out*: Sandbox Campaigns of Discontinued without target ($($source.SubscriptionId))*"
        # The warning has the command to go on with.
        "$warnings" -match "Get-ExpiringSubscription '.+' -Product '.+' \| New-TargetSubscription -Target <target>" | Should -BeTrue
        $going = & ([scriptblock]::Create(($Matches[0] -replace '<target>', "'Dynamics 365 Team Members' -WhatIf")))
        $going.SourceSubscriptionId | Should -Be $source.SubscriptionId
        foreach ($alone in { $source | New-TargetSubscription }, { New-TargetSubscription -CustomerId $source.CustomerId -SubscriptionId $source.SubscriptionId }) {
            $ErrorActionPreference = 'Continue'
            $failures, $warnings = (& $alone 2>&1 3>&1).Where({ $_ -is [Management.Automation.ErrorRecord] }, 'Split')
            $failures.FullyQualifiedErrorId | Should -Be 'NoTarget,CspMigration.PowerShell.Commands.NewTargetSubscriptionCommand'
            $failures.TargetObject.SubscriptionId | Should -Be $source.SubscriptionId
            $warnings | Should -BeNullOrEmpty
        }

        $blocked = $source | Invoke-SubscriptionMigration -Confirm:$false -ErrorVariable failures -ErrorAction SilentlyContinue
        $blocked.State, $blocked.ErrorId | Should -Be @('Blocked', 'NoTarget')
        Get-ErrorId $failures | Should -Be 'NoTarget'
        $found = Invoke-SubscriptionMigration -CustomerId 'Discontinued*' -Confirm:$false -ErrorAction Stop -WarningVariable warnings -WarningAction SilentlyContinue
        $found.State | Should -Be 'Blocked'
        @($warnings).Count | Should -Be 1
        $readiness = $source | Test-SubscriptionMigration
        $readiness.ErrorId | Should -Be 'NoTarget'
        "$($readiness.Checks.Message) $($readiness.Checks.Remedy)" | Should -Match 'data'
        (Invoke-Migration 'Discontinued without target' -Buy @{ Target = 'Dynamics 365 Sales' }).Outcome | Should -Be 'Suspended'
    }

    It 'Rule 20: <Customer>: bought through new commerce with no flag given' -ForEach @(
        @{ Customer = 'Order refused' }
        @{ Customer = 'Successor not in the catalog' }
        @{ Customer = 'Successor listed but not for sale' }
    ) {
        (Invoke-Migration $Customer).Outcome | Should -Be 'Suspended'
        $bought.Commerce | Should -Be 'NewCommerce'
    }

    It 'Rule 20: nothing on sale names the row''s other targets, and buys none of them' {
        Get-ExpiringSubscription 'Successor not on sale' | New-TargetSubscription -ErrorVariable failures -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        Get-ErrorId $failures | Should -Be 'TargetNotOnSale'
        $failures[0].ErrorDetails.RecommendedAction | Should -Match 'Dynamics 365 Plan'
    }

    It 'Rule 21: the reseller of record stays, or another is named' {
        $source = Get-ExpiringSubscription 'Reseller of record'
        ($source | New-TargetSubscription -WhatIf).PartnerIdOnRecord | Should -Be $source.PartnerIdOnRecord
        $source.PartnerIdOnRecord | Should -Not -BeNullOrEmpty
        $bought = $source | New-TargetSubscription -PartnerIdOnRecord 1112223
        $bought.PartnerIdOnRecord | Should -Be '1112223'
        $path = "v1/customers/$($bought.CustomerId)/subscriptions/$($bought.TargetSubscriptionId)"
        (Invoke-RestMethod -Uri ([uri]::new($server.Endpoint, $path)) -Headers @{ Authorization = 'Bearer any' }).partnerId | Should -Be '1112223'
    }

    It 'Rule 21: a reseller that is not valid is refused before anything is sent, and readiness says so' {
        $before = Get-SandboxWriteCount $server
        $source = Get-ExpiringSubscription 'Reseller no longer valid'
        $readiness = $source | Test-SubscriptionMigration
        $readiness.Verdict, $readiness.ErrorId | Should -Be 'Blocked', 'ResellerNotValid'
        ($source | Test-SubscriptionMigration -PartnerIdOnRecord 1112223).Verdict | Should -Be 'Ready'
        $source | New-TargetSubscription -ErrorVariable failures -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        Get-ErrorId $failures | Should -Be 'ResellerNotValid'
        Get-SandboxWriteCount $server | Should -Be $before
    }

    It 'Rule 22: <Customer>: nothing is bought where licenses cannot be moved' -ForEach @(
        @{ Customer = 'No delegated rights'; Advice = 'security group that has these roles' }
        @{ Customer = 'Conditional access'; Advice = 'Conditional Access policies' }
        @{ Customer = 'Unknown to the directory'; Advice = 'its directory knows no relationship with you' }
    ) {
        $source = Get-ExpiringSubscription $Customer
        ($source | Test-SubscriptionMigration).Verdict | Should -Be 'Blocked'
        $source | New-TargetSubscription -ErrorVariable failures -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        Get-ErrorId $failures | Should -Be 'NoDelegatedRights'
        $failures[0].ErrorDetails.RecommendedAction | Should -Match $Advice
    }

    It 'Rule 23: one of two subscriptions of a SKU takes only the users the other cannot carry' {
        (Invoke-Migration 'One SKU twice and one expiring').Outcome | Should -Be 'Suspended'
        $moved.Moved, $moved.Skipped, $moved.Remaining | Should -Be @(4, 10, 0)
    }

    It 'Rule 23: two sources of one SKU are moved as one' {
        $ended = Invoke-Migration 'One SKU twice and both expiring'
        $ended.Outcome | Should -Be 'Suspended', 'Suspended'
        ($moved | Measure-Object -Property Moved -Sum).Sum | Should -Be 14
    }

    It 'leave nobody without a license' {
        Assert-NoViolation
    }
}

Describe 'What Test-SubscriptionMigration says of each edge case' {
    BeforeAll {
        $null = Reset-Sandbox $server edge-cases
        $found = Get-ExpiringSubscription -IncludeTrial -IncludeOtherChannel -ErrorAction Ignore
        $readiness = $found | Test-SubscriptionMigration
        $writes = Get-SandboxWriteCount $server
        $end = @{ ErrorAction = 'SilentlyContinue'; WarningAction = 'SilentlyContinue'; ErrorVariable = '+failures' }
        $null = $found | New-TargetSubscription @end -OutVariable bought | Move-UserLicense @end | Suspend-Subscription @end
        $errorOf = @{}
        foreach ($failure in $failures) { $errorOf[$failure.Exception.CustomerId] = Get-ErrorId $failure }
    }

    It 'sends nothing' {
        $writes | Should -Be 0
    }

    It 'is what happens, or the error had been named as one that only the run can tell' {
        $unforeseen = foreach ($row in $readiness) {
            $happened = $errorOf[$row.CustomerId]
            $foreseen = if ($row.ErrorId -ne 'NoTarget') { $row.ErrorId }
            if ($happened -eq $foreseen) {
                $isBought = @($bought | Where-Object CustomerId -EQ $row.CustomerId).Count -gt 0
                $isBought | Should -Be ($row.Verdict -ne 'Blocked') -Because $row.CustomerName
                continue
            }

            $row.Verdict | Should -Not -Be 'Blocked' -Because $row.CustomerName
            ($row.Checks | Where-Object Result -EQ Unknown).ErrorId | Should -Contain $happened -Because $row.CustomerName
            $row.CustomerName
        }

        $unforeseen | Sort-Object | Should -Be 'Cart line refused', 'Conflicting plans', 'Group with a second product', 'Held by a group alone', 'Held by a group and directly', 'License held through a group', 'Nested group', 'Provisioning fails'
    }
}

Describe 'Rule 10' {
    BeforeEach {
        $null = Reset-Sandbox $server contoso
        $source = Get-ExpiringSubscription
    }

    It 'a quantity, a name or the renewal can be changed on its own' {
        $changed = $source | Set-Subscription -Quantity 30 -FriendlyName 'Ours' -AutoRenew $true -Confirm:$false
        $changed.Quantity, $changed.FriendlyName, $changed.AutoRenewEnabled | Should -Be @(30, 'Ours', $true)
        $state = Get-SandboxSubscription $server $source.SubscriptionId
        $state.quantity, $state.friendlyName, $state.autoRenewEnabled | Should -Be @(30, 'Ours', $true)
    }

    It 'any reason but Migrated suspends with holders: <_>' -ForEach 'CustomerRequest', 'NonPayment', 'Fraud' {
        $source | Suspend-Subscription -ErrorVariable failures -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        Get-ErrorId $failures | Should -Be 'HoldersRemain'
        $ended = $source | Suspend-Subscription -Reason $_
        $ended.Outcome, $ended.Reason | Should -Be @('Suspended', $_)
    }

    It 'a subscription can be bought with no source, and once' {
        $first = New-TargetSubscription -CustomerId $source.CustomerId -Target 'Dynamics 365 Sales' -Quantity 3
        $again = New-TargetSubscription -CustomerId $source.CustomerId -Target 'Dynamics 365 Sales' -Quantity 3
        $other = New-TargetSubscription -CustomerId $source.CustomerId -Target 'Dynamics 365 Sales' -Quantity 3 -FriendlyName 'Second team'
        $first.Outcome, $again.Outcome, $other.Outcome | Should -Be @('Purchased', 'Resumed', 'Purchased')
        $again.TargetSubscriptionId | Should -Be $first.TargetSubscriptionId
        (Get-SandboxSubscription $server $other.TargetSubscriptionId).friendlyName | Should -Be 'Second team (new)'
    }
}

Describe 'Rule 13' {
    It 'suspending sets the status and nothing else of a legacy source' {
        $null = Reset-Sandbox $server contoso
        $ended = Get-ExpiringSubscription | New-TargetSubscription | Move-UserLicense | Suspend-Subscription
        $state = Get-SandboxSubscription $server $ended.SubscriptionId
        $state.status, $state.quantity | Should -Be @('suspended', 25)
    }
}

Describe 'Rule 19' {
    It 'in China a migration is blocked up front, and nothing is sent' {
        $partner = Reset-Sandbox $server 'contoso:cloud=China' @{ Environment = 'China' }
        $partner.Environment | Should -Be 'China'
        $source = Get-ExpiringSubscription
        ($source | Test-SubscriptionMigration).Verdict | Should -Be 'Blocked'
        $source | New-TargetSubscription -ErrorVariable failures -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failures[0].Exception.Message | Should -Match 'licenses'
        Get-SandboxWriteCount $server | Should -Be 0
    }

    It 'in the US Government cloud it runs' {
        $null = Reset-Sandbox $server 'contoso:cloud=USGovernment' @{ Environment = 'USGovernment' }
        (Get-ExpiringSubscription | New-TargetSubscription | Move-UserLicense | Suspend-Subscription).Outcome | Should -Be 'Suspended'
    }
}

Describe 'Rule 20' {
    It 'with legacy commerce <Legacy>, <Scenario> migrates through carts with no flag given' -ForEach @(
        @{ Legacy = 'closed'; Scenario = 'contoso'; Count = 1 }
        @{ Legacy = 'closed'; Scenario = 'seed-mapping'; Count = 10 }
        @{ Legacy = 'refused'; Scenario = 'seed-mapping'; Count = 10 }
    ) {
        $null = Connect-CspPartner -Sandbox -Scenario "${Scenario}:legacyCommerce=$Legacy"
        $ended = @(Get-ExpiringSubscription | New-TargetSubscription -OutVariable bought | Move-UserLicense | Suspend-Subscription)
        @($ended | Where-Object Outcome -EQ 'Suspended').Count | Should -Be $Count
        @($bought | Where-Object Commerce -EQ 'NewCommerce').Count | Should -Be $Count
    }
}

Describe 'Rule 22' {
    It 'an application''s own token is AppOnlyToken, and nothing is bought' {
        $null = Reset-Sandbox $server contoso @{ TenantId = '11111111-1111-1111-1111-111111111111' } -Token 'app-only and opaque'
        Get-ExpiringSubscription | New-TargetSubscription -ErrorVariable failures -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        Get-ErrorId $failures | Should -Be 'AppOnlyToken'
        Get-SandboxWriteCount $server | Should -Be 0
    }
}

Describe 'Rule 24' {
    BeforeEach {
        $null = Reset-Sandbox $server contoso
        $source = Get-ExpiringSubscription
        $ended = $source | New-TargetSubscription | Move-UserLicense | Suspend-Subscription
    }

    It 'says until when it can be reactivated and when its data is gone' {
        $ended.ReactivateBefore | Should -Be $source.CommitmentEndDate
        $ended.DataDeletedFrom | Should -Be $ended.ReactivateBefore
        $ended.DataDeletedBy.UtcDateTime.Date | Should -Be $ended.SuspendedOn.UtcDateTime.Date.AddDays(120)
    }

    It 'until then it can be made active again' {
        ($ended | Resume-Subscription -Confirm:$false).Status | Should -Be 'active'
        (Get-SandboxSubscription $server $source.SubscriptionId).status | Should -Be 'active'
    }

    It 'afterwards it is gone, and the error says so' {
        Step-SandboxClock $server P121D
        $ended | Resume-Subscription -Confirm:$false -ErrorVariable failures -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        Get-ErrorId $failures | Should -Be 'TooLateToReactivate'
    }
}

Describe 'Rules 25 to 29' {
    It 'Rule 25: a source of new commerce ends for good, and a change of seats keeps that' {
        $null = Reset-Sandbox $server new-commerce
        $source = Get-ExpiringSubscription 'Neither'
        $source.EndOfTerm | Should -Be 'Extends'
        ($source | New-TargetSubscription | Move-UserLicense | Suspend-Subscription).Outcome | Should -Be 'EndsWithTerm'
        ($source | Set-Subscription -Quantity 12 -Confirm:$false).EndOfTerm | Should -Be 'Ends'
        (Get-SandboxSubscription $server $source.SubscriptionId).scheduledActions.actionType | Should -Be 'Cancel'
        Assert-NoViolation
    }

    It 'Rule 25: where the service drops it, the warning names the day and the choice' {
        $null = Reset-Sandbox $server new-commerce
        $ended = Get-ExpiringSubscription 'Cancellation dropped' | New-TargetSubscription | Move-UserLicense |
            Suspend-Subscription -WarningVariable warnings -WarningAction SilentlyContinue
        $ended.Outcome | Should -Be 'AutoRenewOff'
        "$warnings" | Should -Match 'after \d{4}-\d\d-\d\d.*cancel at end of term'
    }

    It 'Rule 26: discovery says what the end will be' {
        $null = Reset-Sandbox $server new-commerce
        (Get-ExpiringSubscription 'Cancellation set').EndOfTerm | Should -Be 'Ends'
        (Get-ExpiringSubscription 'Extension pending').RenewalStatus | Should -BeLike 'Expires on *, then extends monthly'
        (Get-ExpiringSubscription 'Neither' | Set-Subscription -EndOfTerm Renew -Confirm:$false).EndOfTerm | Should -Be 'Renews'
    }

    It 'Rule 27: -Method Renewal is scheduled, and completed past the term, with no purchase' {
        $null = Reset-Sandbox $server new-commerce
        $done = Invoke-SubscriptionMigration -CustomerId 'Renewal only' -Method Renewal -Confirm:$false
        $done.State, $done.Target.Method, $done.Suspension.Outcome | Should -Be 'Scheduled', 'Renewal', 'Kept'
        Step-SandboxClock $server P32D
        $now = Get-SubscriptionMigration 'Renewal only' -Refresh
        $now.State, $now.TargetSubscriptionId | Should -Be 'Completed', $done.SourceSubscriptionId
        @((Get-SandboxState $server).customers | Where-Object companyName -EQ 'Renewal only' | ForEach-Object orders | Where-Object origin -EQ 'api').Count | Should -Be 0
        Assert-NoViolation
    }

    It 'Rule 27: an approved plan has its method' {
        $null = Reset-Sandbox $server new-commerce
        $plan = Join-Path $TestDrive 'plan.json'
        Get-ExpiringSubscription 'Transition of all seats' | New-TargetSubscription -Method Auto -WhatIf | ConvertTo-Json -Depth 6 | Set-Content -Encoding UTF8 $plan
        Get-SandboxWriteCount $server | Should -Be 0
        $bought = New-TargetSubscription -Plan $plan
        $bought.Method, $bought.Outcome | Should -Be 'Transition', 'Transitioned'
        { New-TargetSubscription -Plan $plan -Method Renewal } | Should -Throw
    }

    It 'Rule 28: what is scheduled is taken off, and a transition cannot be undone' {
        $null = Reset-Sandbox $server new-commerce
        $done = Invoke-SubscriptionMigration -CustomerId 'Renewal only' -Method Renewal -Confirm:$false
        ($done | Undo-SubscriptionMigration -Confirm:$false).State | Should -Be 'RolledBack'
        (Get-SandboxSubscription $server $done.SourceSubscriptionId).endOfTerm | Should -Be 'Extends'
        Invoke-SubscriptionMigration -CustomerId 'Transition of all seats' -Method Transition -Confirm:$false |
            Undo-SubscriptionMigration -Confirm:$false -ErrorVariable failures -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        Get-ErrorId $failures | Should -Be 'TooLateToUndo'
    }

    It 'Rule 29: a plan says for how long both are billed' {
        $null = Reset-Sandbox $server new-commerce
        (Get-ExpiringSubscription 'Neither' | New-TargetSubscription -WhatIf).OverlapDays | Should -Be 30
        (Get-ExpiringSubscription 'Renewal only' | New-TargetSubscription -Method Renewal -WhatIf).OverlapDays | Should -Be 0
    }
}

Describe 'Rule 32' {
    BeforeEach {
        $null = Reset-Sandbox $server retired
    }

    It 'what renews into a retired SKU is found when asked for, and marked' {
        $found = Get-ExpiringSubscription -Retired
        $marked = $found | Where-Object EndOfTerm -EQ RenewsIntoRetired
        $marked.CustomerName | Sort-Object | Should -Be 'No longer on sale, renewing', 'Retired and renewing', 'Retired legacy offer, renewing'
        $marked.RenewalStatus | Should -Match '^Auto renews on .* (retired|no longer on sale)'
        (Get-ExpiringSubscription).CustomerName | Sort-Object | Should -Be 'Replaced by no license', 'Retired and ending'
    }

    It 'Invoke-SubscriptionMigration does not look for it by itself' {
        $done = Invoke-SubscriptionMigration -Confirm:$false -WarningAction SilentlyContinue -ErrorAction SilentlyContinue
        $done | Where-Object State -EQ Completed | ForEach-Object CustomerName | Should -Be 'Retired and ending'
    }

    It 'the question before a purchase says that it renews' {
        $plan = Get-ExpiringSubscription 'Retired and renewing' -Retired | New-TargetSubscription -WhatIf -WarningVariable warnings -WarningAction SilentlyContinue
        $plan.IsPlanned | Should -BeTrue
        "$warnings" | Should -Match 'into a retired SKU.*renews unless the migration is finished'
        Get-SandboxWriteCount $server | Should -Be 0
    }

    It 'what no license replaces is NoTarget with the reason' {
        Get-ExpiringSubscription 'Replaced by no license' | New-TargetSubscription -ErrorVariable failures -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        Get-ErrorId $failures | Should -Be 'NoTarget'
        "$failures" | Should -BeLike '*is not a license*'
    }
}

Describe 'A customer of another channel' {
    It 'is taken over with one line, and each row says who cancels what' {
        $null = Reset-Sandbox $server another-channel
        $done = Get-ExpiringSubscription 'Fabrikam' -IncludeOtherChannel | New-TargetSubscription -WarningAction SilentlyContinue -WarningVariable warnings -OutVariable bought | Move-UserLicense | Suspend-Subscription
        $done.OfferName | Sort-Object | Should -Be 'Dynamics CRM Online Professional', 'Office 365 E3'
        $done.Outcome | Select-Object -Unique | Should -Be 'LeftToOtherChannel'
        $done.Reason | Select-Object -Unique | Should -BeLike '*customer cancels it there, near its end*'
        ($bought | Where-Object OfferName -EQ 'Office 365 E3').LicenseMoveNeeded | Should -BeFalse
        "$warnings" | Should -BeLike '*Sandbox Campaigns*-Target*'
        Assert-NoViolation
        Get-ExpiringSubscription 'Fabrikam' -IncludeOtherChannel | Where-Object OfferName -EQ 'Sandbox Campaigns' |
            New-TargetSubscription -Target 'Dynamics 365 Sales' | Move-UserLicense | Suspend-Subscription | ForEach-Object Outcome | Should -Be 'LeftToOtherChannel'
        Assert-NoViolation
    }
}
