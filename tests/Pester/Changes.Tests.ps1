BeforeAll {
    . $PSScriptRoot/Common.ps1
    $server = Start-SandboxServer -Argument '--provisioning-delay', '0'
    $PSDefaultParameterValues = @{}
    foreach ($command in 'New-TargetSubscription', 'Move-UserLicense', 'Suspend-Subscription', 'Resume-Subscription', 'Set-Subscription', 'Undo-SubscriptionMigration') {
        $PSDefaultParameterValues["${command}:Confirm"] = $false
    }

    function Get-ErrorId {
        param($Record)

        @($Record | ForEach-Object { $_.FullyQualifiedErrorId.Split(',')[0] })
    }

    function Invoke-Line {
        Get-ExpiringSubscription @args -OutVariable script:found |
            New-TargetSubscription -OutVariable script:bought |
            Move-UserLicense -OutVariable script:moved |
            Suspend-Subscription -OutVariable script:suspended | Out-Null
    }

    function Get-HolderCount {
        param([string] $SkuId)

        @((Get-SandboxState $server).customers.users | Where-Object { $_.licenses.skuId -contains $SkuId }).Count
    }
}

AfterAll {
    Disconnect-CspPartner
    Stop-SandboxServer $server
}

Describe 'Suspend-Subscription' {
    BeforeEach {
        $null = Reset-Sandbox $server contoso
        $source = Get-ExpiringSubscription
    }

    It 'takes the ids of a saved row with -Reason' {
        $ended = $source | ConvertTo-Csv | ConvertFrom-Csv | Suspend-Subscription -Reason NonPayment
        $ended.Outcome, $ended.Reason | Should -Be @('Suspended', 'NonPayment')
    }

    It 'refuses a saved move that left somebody behind' {
        $moved = $source | New-TargetSubscription | Move-UserLicense -User 'a*' | ConvertTo-Csv | ConvertFrom-Csv
        $moved.IsComplete | Should -Be 'False'
        $moved | Suspend-Subscription -ErrorVariable failures -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        Get-ErrorId $failures | Should -Be 'HoldersRemain'
        (Get-SandboxSubscription $server $source.SubscriptionId).status | Should -Be 'active'
    }

    It 'knows one end at a time: <First> and <Second> exclude one another' -ForEach @(
        @{ First = 'AtTermEnd'; Second = 'Immediate' }
        @{ First = 'AtTermEnd'; Second = 'Cancel' }
        @{ First = 'Immediate'; Second = 'Cancel' }
    ) {
        $ends = @{ $First = $true; $Second = $true }
        { $source | Suspend-Subscription @ends } | Should -Throw -ErrorId 'AmbiguousEnd,*'
        Get-SandboxWriteCount $server | Should -Be 0
    }

    It 'cancels a legacy subscription by suspending it' {
        $ended = $source | New-TargetSubscription | Move-UserLicense | Suspend-Subscription -Cancel
        $ended.Outcome | Should -Be 'Suspended'
    }

    It 'warns that nothing is refunded for what is paid for the year' {
        $null = Reset-Sandbox $server edge-cases
        $null = Get-ExpiringSubscription 'Paid for the year' | New-TargetSubscription | Move-UserLicense |
            Suspend-Subscription -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -Match 'nothing is refunded.*-AtTermEnd'
    }
}

Describe 'Resume-Subscription' {
    It 'takes what Suspend-Subscription gave, live or saved, a base before its add-on' {
        $null = Reset-Sandbox $server edge-cases
        Invoke-Line 'Add-on contained in the plan'
        $resumed = $suspended | ConvertTo-Json -Depth 6 | ConvertFrom-Json | Resume-Subscription
        $resumed.OfferName | Should -Be 'CRM Online Professional', 'Field Service User Add-On'
        $resumed.Status | Should -Be 'active', 'active'
    }

    It 'takes the record of a migration for its source' {
        $null = Reset-Sandbox $server contoso
        Invoke-Line
        $resumed = Get-SubscriptionMigration | Resume-Subscription
        $resumed.SubscriptionId, $resumed.Status | Should -Be @($found[0].SubscriptionId, 'active')
    }

    It 'changes nothing with -WhatIf' {
        $null = Reset-Sandbox $server contoso
        Invoke-Line
        $before = Get-SandboxWriteCount $server
        $null = $suspended | Resume-Subscription -WhatIf
        Get-SandboxWriteCount $server | Should -Be $before
    }
}

Describe 'Set-Subscription' {
    BeforeEach {
        $null = Reset-Sandbox $server contoso
        $source = Get-ExpiringSubscription
    }

    It 'sends only what is different' {
        $same = $source | Set-Subscription -Quantity 25 -AutoRenew $false
        $same.Quantity | Should -Be 25
        Get-SandboxWriteCount $server | Should -Be 0
        ($source | Set-Subscription -AutoRenew $true).RenewalStatus | Should -BeLike 'Auto renews on *'
        Get-SandboxWriteCount $server | Should -BeGreaterThan 0
    }

    It 'is an error for a subscription the customer does not have, and the next goes on' {
        $none = [pscustomobject]@{ CustomerId = $source.CustomerId; SubscriptionId = '00000000-0000-0000-0000-000000000000' }
        $changed = @($none, $source) | Set-Subscription -Quantity 30 -ErrorVariable failures -ErrorAction SilentlyContinue
        Get-ErrorId $failures | Should -Be 'NotOurSubscription'
        $changed.Quantity | Should -Be 30
    }

    It 'takes for its target <Way>' -ForEach @(
        @{ Way = 'what New-TargetSubscription gave'; Record = { $bought } }
        @{ Way = 'the same, saved'; Record = { $bought | ConvertTo-Csv | ConvertFrom-Csv } }
        @{ Way = 'what Get-SubscriptionMigration gives'; Record = { Get-SubscriptionMigration } }
    ) {
        Invoke-Line
        $changed = & $Record | Set-Subscription -Quantity 31
        $changed.SubscriptionId, $changed.Quantity | Should -Be @($bought[0].TargetSubscriptionId, 31)
    }

    It 'passes over a planned target, and says of a migration that has none which it is' {
        $null = $source | New-TargetSubscription -WhatIf | Set-Subscription -Quantity 30 -ErrorVariable failures
        $failures | Should -BeNullOrEmpty
        $none = [pscustomobject]@{ CustomerId = $source.CustomerId; TargetSubscriptionId = $null }
        $none | Set-Subscription -Quantity 30 -ErrorVariable failures -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        Get-ErrorId $failures | Should -Be 'NotOurSubscription'
        $failures[0].Exception.Problem | Should -BeLike "*$($source.CustomerId)*"
        Get-SandboxWriteCount $server | Should -Be 0
    }

    It 'changes nothing with -WhatIf' {
        $null = $source | Set-Subscription -Quantity 30 -WhatIf -WarningVariable raised
        $null = $source | Set-Subscription -Quantity 19 -WhatIf -WarningVariable lowered -WarningAction SilentlyContinue
        $raised | Should -BeNullOrEmpty
        $lowered | Should -BeLike '*20 users hold it, and 19 seats would be left for them.'
        Get-SandboxWriteCount $server | Should -Be 0
    }

    It 'gives with -WhatIf what would come of it, and a later cmdlet plans only' {
        $planned = $source | Set-Subscription -Quantity 30 -AutoRenew $true -WhatIf
        $planned.Quantity, $planned.AutoRenewEnabled, $planned.IsPlanned | Should -Be 30, $true, $true
        $source.IsPlanned | Should -BeFalse
        ($planned | New-TargetSubscription).IsPlanned | Should -BeTrue
        ($source | Suspend-Subscription -Reason CustomerRequest | Resume-Subscription -WhatIf).Status | Should -Be 'active'
        (Get-SandboxSubscription $server $source.SubscriptionId).status | Should -Be 'suspended'
    }

    It 'asks before it takes seats that users hold, also where other changes are not asked about' {
        $result = Invoke-FreshSession {
            Import-Module $env:CSPMIGRATION_MODULE
            $null = Connect-CspPartner -Sandbox
            $source = Get-ExpiringSubscription
            ($source | Set-Subscription -Quantity 24).Quantity
            try { $source | Set-Subscription -Quantity 10 -WarningAction SilentlyContinue } catch { $_.FullyQualifiedErrorId }
            ($source | Set-Subscription -Quantity 10 -Confirm:$false -WarningAction SilentlyContinue).Quantity
        }
        $result | Should -Be '24', 'ConfirmationNeeded,CspMigration.PowerShell.Commands.SetSubscriptionCommand', '10'
    }
}

Describe 'Request-ResellerRelationship' {
    BeforeAll {
        $null = Reset-Sandbox $server edge-cases
    }

    It 'takes a mail address or a domain, also from the pipeline, and sends nothing' {
        $invitations = 'admin@northwind.example', 'fabrikam.example' | Request-ResellerRelationship
        $invitations.Count | Should -Be 2
        $invitations[1].Body | Should -Match 'fabrikam\.example'
        $invitations.Link.Scheme | Should -Be 'https', 'https'
        Get-SandboxWriteCount $server | Should -Be 0
    }

    It 'refuses what is neither: <_>' -ForEach 'northwind', 'a b@northwind.example', 'https://northwind.example' {
        { Request-ResellerRelationship $_ } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
    }
}

Describe 'Undo-SubscriptionMigration' {
    It 'takes <Way>, and all is as it was' -ForEach @(
        @{ Way = 'what Suspend-Subscription gave' }
        @{ Way = 'what Move-UserLicense gave' }
        @{ Way = 'a saved move' }
        @{ Way = 'a saved suspension' }
        @{ Way = 'the ids alone, and finds the rest in the journal' }
        @{ Way = 'the ids alone, and finds the rest by the mark' }
    ) {
        $null = Reset-Sandbox $server contoso
        Invoke-Line
        $undone = switch ($Way) {
            'what Suspend-Subscription gave' { $suspended | Undo-SubscriptionMigration }
            'what Move-UserLicense gave' { $moved | Undo-SubscriptionMigration }
            'a saved move' { $moved | ConvertTo-Csv | ConvertFrom-Csv | Undo-SubscriptionMigration }
            'a saved suspension' { $suspended | ConvertTo-Json -Depth 6 | ConvertFrom-Json | Undo-SubscriptionMigration }
            'the ids alone, and finds the rest in the journal' {
                Undo-SubscriptionMigration -CustomerId $found[0].CustomerId -SubscriptionId $found[0].SubscriptionId
            }
            'the ids alone, and finds the rest by the mark' {
                $null = Connect-CspPartner -Endpoint $server.Endpoint -AccessToken (New-SecretText 'any token') -JournalPath (Join-Path $TestDrive "empty-$([guid]::NewGuid()).jsonl")
                Undo-SubscriptionMigration -CustomerId $found[0].CustomerId -SubscriptionId $found[0].SubscriptionId -WarningAction SilentlyContinue
            }
        }
        $undone.State, $undone.IsPlanned | Should -Be @('RolledBack', $false)
        $undone.LicenseMove.Moved | Should -Be 20
        $old = Get-SandboxSubscription $server $found[0].SubscriptionId
        $new = Get-SandboxSubscription $server $bought[0].TargetSubscriptionId
        $old.status, $new.status | Should -Be @('active', 'suspended')
        Get-HolderCount $old.skuId | Should -Be 20
        Get-HolderCount $new.skuId | Should -Be 0
        @((Get-SandboxState $server).violations).Count | Should -Be 0
    }

    It 'changes nothing with -WhatIf, and nothing the second time' {
        $null = Reset-Sandbox $server contoso
        Invoke-Line
        $before = Get-SandboxWriteCount $server
        $planned = $suspended | Undo-SubscriptionMigration -WhatIf
        $planned.IsPlanned | Should -BeTrue
        Get-SandboxWriteCount $server | Should -Be $before
        $null = $suspended | Undo-SubscriptionMigration
        $after = Get-SandboxWriteCount $server
        ($suspended | Undo-SubscriptionMigration).State | Should -Be 'RolledBack'
        Get-SandboxWriteCount $server | Should -Be $after
    }

    It 'deletes what was bought through new commerce within its seven days' {
        $null = Reset-Sandbox $server 'contoso:legacyCommerce=closed'
        Invoke-Line
        $null = $suspended | Undo-SubscriptionMigration
        (Get-SandboxSubscription $server $bought[0].TargetSubscriptionId).status | Should -Be 'deleted'
    }

    It 'on <Customer>: what was <Outcome> is <Afterwards> with <Quantity> seats' -ForEach @(
        @{ Customer = 'Limited offer with free seats'; Outcome = 'Reused'; Afterwards = 'active'; Quantity = 20 }
        @{ Customer = 'Limited offer with too few seats'; Outcome = 'Resized'; Afterwards = 'active'; Quantity = 6 }
        @{ Customer = 'Limited offer suspended'; Outcome = 'Reactivated'; Afterwards = 'suspended'; Quantity = 10 }
    ) {
        $null = Reset-Sandbox $server edge-cases
        Invoke-Line $Customer
        $bought.Outcome | Should -Be $Outcome
        ($suspended | Undo-SubscriptionMigration).State | Should -Be 'RolledBack'
        $target = Get-SandboxSubscription $server $bought[0].TargetSubscriptionId
        $target.status, $target.quantity | Should -Be @($Afterwards, $Quantity)
        (Get-SandboxSubscription $server $found[0].SubscriptionId).status | Should -Be 'active'
    }

    It 'a base is rolled back before its add-on, in one line' {
        $null = Reset-Sandbox $server edge-cases
        Invoke-Line 'Add-on contained in the plan'
        $undone = $suspended | Undo-SubscriptionMigration -WarningAction SilentlyContinue
        $undone.Source.OfferName | Should -Be 'CRM Online Professional', 'Field Service User Add-On'
        $undone.Source.Status | Should -Be 'active', 'active'
        (Get-SandboxSubscription $server $bought[0].TargetSubscriptionId).status | Should -Be 'suspended'
        @((Get-SandboxState $server).violations).Count | Should -Be 0
    }

    It 'a converted trial is TooLateToUndo' {
        $null = Reset-Sandbox $server edge-cases
        Invoke-Line 'Trial that converts' -IncludeTrial
        $suspended | Undo-SubscriptionMigration -ErrorVariable failures -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        Get-ErrorId $failures | Should -Be 'TooLateToUndo'
    }

    It 'passes over what was never bought, with one warning that sums it up' {
        $null = Reset-Sandbox $server edge-cases
        $names = 'No more subscriptions', 'Successor not on sale', 'Paid for the year'
        $null = Get-ExpiringSubscription $names | Invoke-SubscriptionMigration -Confirm:$false -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
        $undone = Get-SubscriptionMigration | Undo-SubscriptionMigration -ErrorVariable failures -WarningVariable warnings -WarningAction SilentlyContinue
        $failures | Should -BeNullOrEmpty
        $undone.CustomerName | Should -Be 'Paid for the year'
        @($warnings -match 'nothing was bought for').Count | Should -Be 1
        $warnings[-1] | Should -Match '^Of 3 migrations, nothing was bought for 2, which were passed over: '
        $warnings[-1] | Should -Match 'CRM Online Professional of No more subscriptions'
        $warnings[-1] | Should -Match 'Dynamics AX Enterprise of Successor not on sale'
    }

    It 'a planned record has nothing to take back' {
        $null = Reset-Sandbox $server contoso
        $planned = Get-ExpiringSubscription | New-TargetSubscription -WhatIf | Move-UserLicense
        $planned | Undo-SubscriptionMigration | Should -BeNullOrEmpty
        Get-SandboxWriteCount $server | Should -Be 0
    }
}

Describe 'Test-SubscriptionMigration' {
    It 'takes saved sources by their ids, from <_>, and those of a customer together' -ForEach 'CSV', 'JSON' {
        $null = Reset-Sandbox $server edge-cases
        $found = Get-ExpiringSubscription 'Two sources and one target', 'Fewer seats than the minimum'
        $saved = if ($_ -eq 'CSV') { $found | ConvertTo-Csv | ConvertFrom-Csv } else { $found | ConvertTo-Json -Depth 6 | ConvertFrom-Json }
        $live = $found | Test-SubscriptionMigration
        $readiness = $saved | Test-SubscriptionMigration
        $readiness.SubscriptionId | Should -Be $found.SubscriptionId
        $readiness | ForEach-Object { "$($_.Verdict) $($_.ErrorId) $($_.Quantity)" } | Should -Be ($live | ForEach-Object { "$($_.Verdict) $($_.ErrorId) $($_.Quantity)" })
        (Test-SubscriptionMigration -CustomerId $found[0].CustomerName -SubscriptionId $found[0].SubscriptionId).SubscriptionId | Should -Be $found[0].SubscriptionId
    }

    It 'says what a purchase with <Name> would end in' -ForEach @(
        @{ Name = 'an add-on that nobody sells'; Wanted = @{ AddOn = 'No such add-on' } }
        @{ Name = 'a day on which a legacy term shall end'; Wanted = @{ TermEndDate = [datetime]::Today.AddDays(200) } }
    ) {
        $null = Reset-Sandbox $server contoso
        $source = Get-ExpiringSubscription
        $null = $source | New-TargetSubscription @Wanted -WhatIf -ErrorVariable failures -ErrorAction SilentlyContinue
        $readiness = $source | Test-SubscriptionMigration @Wanted
        $readiness.Verdict, $readiness.ErrorId | Should -Be 'Blocked', $failures[0].Exception.ErrorId
    }
}

Describe 'The edge cases, in one line over all customers' {
    BeforeAll {
        $lines = Import-Csv "$PSScriptRoot/../EdgeCases.csv"
        $null = Reset-Sandbox $server edge-cases @{ SkuMapPath = "$PSScriptRoot/../EdgeCases.SkuMap.json" }
        $readiness = Get-ExpiringSubscription -IncludeTrial -IncludeOtherChannel -ErrorAction SilentlyContinue | Test-SubscriptionMigration
        $writesBefore = Get-SandboxWriteCount $server
        Get-ExpiringSubscription -IncludeTrial -IncludeOtherChannel -ErrorAction SilentlyContinue |
            New-TargetSubscription -ErrorVariable purchaseErrors -ErrorAction SilentlyContinue -WarningAction SilentlyContinue |
            Move-UserLicense -ErrorVariable moveErrors -ErrorAction SilentlyContinue |
            Suspend-Subscription -ErrorVariable endErrors -ErrorAction SilentlyContinue -WarningAction SilentlyContinue -OutVariable ended | Out-Null
        $state = Get-SandboxState $server
        $names = @{}
        foreach ($customer in $state.customers) { $names[$customer.id] = $customer.companyName }
        $failures = @($purchaseErrors) + @($moveErrors) + @($endErrors) | Where-Object { $_ -is [Management.Automation.ErrorRecord] }
    }

    It 'readiness gives each source the verdict and error id of the table, and sends nothing' {
        $expected = $lines | Where-Object Verdict | ForEach-Object { "$($_.Customer): $($_.SourceOffer): $($_.Verdict) $($_.ErrorId)" } | Sort-Object
        $given = $readiness | ForEach-Object { "$($_.CustomerName): $($_.OfferName): $($_.Verdict) $($_.ErrorId)" } | Sort-Object
        $given | Should -Be $expected
        $writesBefore | Should -Be 0
    }

    It 'each customer ends with the error the table says, and no other has one' {
        $expected = $lines | Where-Object FinalError | ForEach-Object { "$($_.Customer): $($_.FinalError)" } | Sort-Object
        $given = $failures | ForEach-Object { "$($names[$_.Exception.CustomerId]): $(Get-ErrorId $_)" } | Sort-Object
        $given | Should -Be $expected
    }

    It 'each source that comes to its end comes to the one the table says' {
        $expected = $lines | Where-Object Suspension | ForEach-Object { "$($_.Customer): $($_.Suspension)" } | Sort-Object
        $given = $ended | ForEach-Object { "$($_.CustomerName): $($_.Outcome)" } | Sort-Object
        $given | Should -Be $expected
    }

    It 'leaves nobody without a license, and buys nothing twice' {
        @($state.violations).Count | Should -Be 0
    }
}
