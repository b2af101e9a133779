BeforeDiscovery {
    $ways = @(
        @{ Way = 'the embedded sandbox' }
        @{ Way = 'the server' }
    )
}

Describe 'The four-cmdlet line on <Way>' -ForEach $ways {
    BeforeAll {
        . $PSScriptRoot/Common.ps1
        $server = $null
        if ($Way -eq 'the server') {
            $server = Start-SandboxServer
            $journal = Join-Path $TestDrive 'journal.jsonl'
            $partner = Connect-CspPartner -Endpoint $server.Endpoint -AccessToken (New-SecretText 'any token') -JournalPath $journal
        }
        else {
            $partner = Connect-CspPartner -Sandbox
        }

        function Invoke-Line {
            Get-ExpiringSubscription -Within 90 -OutVariable script:found |
                New-TargetSubscription -Confirm:$false -OutVariable script:bought |
                Move-UserLicense -Confirm:$false -OutVariable script:moved |
                Suspend-Subscription -Confirm:$false -OutVariable script:suspended
        }

        Invoke-Line | Out-Null
    }

    AfterAll {
        Disconnect-CspPartner
        if ($server) { Stop-SandboxServer $server }
    }

    It 'connects to the partner the sandbox plays' {
        $partner.PartnerTenantId | Should -Be '11111111-1111-1111-1111-111111111111'
    }

    It 'finds the one subscription that expires' {
        $found.Count | Should -Be 1
        $found[0].OfferName | Should -Be 'Dynamics AX Enterprise'
        $found[0].RenewalStatus | Should -BeLike 'Expires on *'
        $found[0].Targets[0].Name | Should -Be 'Dynamics 365 Unified Operations Plan'
    }

    It 'buys as many seats of the default target' {
        $bought.Count | Should -Be 1
        $bought[0].Outcome | Should -Be 'Purchased'
        $bought[0].Quantity | Should -Be 25
        $bought[0].OfferId | Should -Be '1EC5A993-0779-43A9-A857-AC8FE83E977B'
        $bought[0].IsPlanned | Should -BeFalse
    }

    It 'moves all users' {
        $moved.Count | Should -Be 1
        $moved[0].Moved | Should -Be 20
        $moved[0].Remaining | Should -Be 0
        $moved[0].IsComplete | Should -BeTrue
    }

    It 'suspends the source and says until when it can be undone' {
        $suspended.Count | Should -Be 1
        $suspended[0].Outcome | Should -Be 'Suspended'
        $suspended[0].ReactivateBefore | Should -Be $found[0].CommitmentEndDate
    }

    if ($Way -eq 'the server') {
        It 'leaves the sandbox as the documents say' {
            $state = Get-SandboxState $server
            $customer = $state.customers[0]
            $old = $customer.subscriptions | Where-Object id -EQ $found[0].SubscriptionId
            $new = $customer.subscriptions | Where-Object id -EQ $bought[0].TargetSubscriptionId
            $old.status | Should -Be 'suspended'
            $new.status | Should -Be 'active'
            $new.quantity | Should -Be 25
            $new.autoRenewEnabled | Should -BeTrue
            @($customer.subscriptions).Count | Should -Be 2
            @($customer.users | Where-Object { $_.licenses.skuId -contains $new.skuId }).Count | Should -Be 20
            @($customer.users | Where-Object { $_.licenses.skuId -contains $old.skuId }).Count | Should -Be 0
            @($state.violations).Count | Should -Be 0
        }

        It 'keeps switched-off plans off where the new plan has them' {
            $state = Get-SandboxState $server
            $withExclusions = @($moved[0].Users | Where-Object ExcludedPlans)
            $withExclusions.Count | Should -BeGreaterThan 0
            foreach ($user in $withExclusions) {
                $license = ($state.customers[0].users | Where-Object id -EQ $user.UserId).licenses | Where-Object skuId -EQ $bought[0].SkuId
                $license.disabledPlans | Sort-Object | Should -Be ($user.ExcludedPlans | Sort-Object)
            }

            @($moved[0].Users | Where-Object LostPlans).Count | Should -BeGreaterThan 0
        }
    }

    It 'writes nothing when it is run again, and says so in one warning' {
        if ($server) { $before = Get-SandboxWriteCount $server }
        $lines = @(Invoke-Line 3>&1)
        $lines.Count | Should -Be 1
        $lines[0] | Should -BeOfType ([Management.Automation.WarningRecord])
        "$($lines[0])" | Should -Be 'Nothing to migrate: no subscription came from the pipeline. The journal has one migration, which is completed; Get-SubscriptionMigration shows it.'
        if ($server) { Get-SandboxWriteCount $server | Should -Be $before }
    }

    It 'leaves nothing that was found unsaid: what the map does not know is named, and noted as blocked' {
        if ($server) { $null = Reset-Sandbox $server edge-cases } else { $null = Connect-CspPartner -Sandbox -Scenario edge-cases }
        $customers = 'Discontinued without target', 'Same SKU on both sides', 'Paid for the year'
        $sources = Get-ExpiringSubscription $customers
        $sources | New-TargetSubscription -WhatIf -WarningAction Ignore | Out-Null
        Get-SubscriptionMigration | Should -BeNullOrEmpty -Because 'a plan writes nothing down'
        $sources | New-TargetSubscription -Confirm:$false -WarningVariable warnings 3>$null | Out-Null
        $known = Get-SubscriptionMigration
        $known.SourceSubscriptionId | Sort-Object | Should -Be ($sources.SubscriptionId | Sort-Object)
        foreach ($left in $known | Where-Object State -EQ 'Blocked') {
            $left.ErrorId | Should -Be 'NoTarget'
            "$warnings" | Should -BeLike "*$($left.Source.OfferName) of $($left.CustomerName) ($($left.SourceSubscriptionId))*"
        }

        @($known | Where-Object State -EQ 'Blocked').Count | Should -Be 2
        @($warnings).Count | Should -Be 1
    }

    It 'finds what was left out blocked no longer when a target is named' {
        Get-ExpiringSubscription 'Discontinued without target' | New-TargetSubscription -Target 'Dynamics 365 Team Members' -Confirm:$false | Out-Null
        $now = Get-SubscriptionMigration 'Discontinued without target'
        $now.State, $now.ErrorId | Should -Be @('Purchased', $null)
    }
}

Describe 'A line that was interrupted' {
    BeforeAll {
        . $PSScriptRoot/Common.ps1
        $server = Start-SandboxServer
        $null = Connect-CspPartner -Endpoint $server.Endpoint -AccessToken (New-SecretText 'any token') -JournalPath (Join-Path $TestDrive 'journal.jsonl')
    }

    AfterAll {
        Disconnect-CspPartner
        Stop-SandboxServer $server
    }

    It 'buys once, whatever the number of runs' {
        $first = Get-ExpiringSubscription | New-TargetSubscription -Confirm:$false
        $second = Get-ExpiringSubscription | New-TargetSubscription -Confirm:$false
        $first.Outcome | Should -Be 'Purchased'
        $second.Outcome | Should -Be 'Resumed'
        $second.TargetSubscriptionId | Should -Be $first.TargetSubscriptionId
    }

    It 'goes on from the ids alone' {
        $source = Get-ExpiringSubscription
        $source.MigrationState | Should -Be 'Purchased'
        $bought = $source | New-TargetSubscription -Confirm:$false | ConvertTo-Csv | ConvertFrom-Csv
        $moved = $bought | Move-UserLicense -Confirm:$false
        $moved.Moved | Should -Be 20
        $suspended = $moved | ConvertTo-Json -Depth 6 | ConvertFrom-Json | Suspend-Subscription -Confirm:$false
        $suspended.Outcome | Should -Be 'Suspended'
        @((Get-SandboxState $server).violations).Count | Should -Be 0
    }

    It 'says so where the source is suspended already' {
        $state = Get-SandboxState $server
        $old = $state.customers[0].subscriptions | Where-Object status -EQ 'suspended'
        $before = Get-SandboxWriteCount $server
        $again = Suspend-Subscription -CustomerId $state.customers[0].id -SubscriptionId $old.id -Confirm:$false
        $again.Outcome | Should -Be 'AlreadySuspended'
        Get-SandboxWriteCount $server | Should -Be $before
    }
}
