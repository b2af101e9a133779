BeforeAll {
    . $PSScriptRoot/Common.ps1
    $server = Start-SandboxServer -Argument '--provisioning-delay', '0'
    $PSDefaultParameterValues = @{ 'New-TargetSubscription:Confirm' = $false; 'Move-UserLicense:Confirm' = $false; 'Suspend-Subscription:Confirm' = $false; 'Set-Subscription:Confirm' = $false }
}

AfterAll {
    Disconnect-CspPartner
    Stop-SandboxServer $server
}

Describe 'Get-TargetOffer' {
    BeforeAll {
        $null = Reset-Sandbox $server edge-cases
        $all = Get-TargetOffer
    }

    It 'lists both commerces in one form, in the partner''s country' {
        $all.Commerce | Select-Object -Unique | Sort-Object | Should -Be 'Legacy', 'NewCommerce'
        $all.Country | Select-Object -Unique | Should -Be 'US'
        $all.IsTrial | Should -Not -Contain $true
        (Get-TargetOffer -Commerce New).Commerce | Select-Object -Unique | Should -Be 'NewCommerce'
    }

    It 'finds by name, with wildcards' {
        $found = Get-TargetOffer 'Dynamics 365 Sales*'
        @($found).Count | Should -BeGreaterThan 1
        ($found.Name | Where-Object { $_ -notlike 'Dynamics 365 Sales*' }) | Should -BeNullOrEmpty
        Get-TargetOffer 'No such offer*' -ErrorAction Stop | Should -BeNullOrEmpty
        { Get-TargetOffer 'No such offer' -ErrorAction Stop } | Should -Throw -ErrorId 'NoTarget,*'
    }

    It 'finds by country' {
        $canada = Get-TargetOffer 'Sandbox Service Desk' -Country CA
        $canada.Country | Should -Be 'CA'
        { Get-TargetOffer 'Sandbox Service Desk' -Country US -ErrorAction Stop } | Should -Throw -ErrorId 'NoTarget,*' -ExpectedMessage 'Nothing in the catalog of US*'
    }

    It 'finds what a customer may buy, also from the pipeline' {
        $row = Get-ExpiringSubscription 'Education customer'
        $byId = Get-TargetOffer 'Dynamics 365 Plan' -CustomerId $row.CustomerId
        $piped = $row | Get-TargetOffer 'Dynamics 365 Plan'
        $byId.Id | Should -Be $piped.Id
        $byId.Country | Select-Object -Unique | Should -Be 'US'
    }

    It 'finds by billing cycle' {
        $annual = Get-TargetOffer -BillingCycle Annual
        @($annual).Count | Should -BeGreaterThan 0
        ($annual | Where-Object { $_.BillingCycles -notcontains 'annual' }) | Should -BeNullOrEmpty
    }

    It 'finds by segment' {
        $nonprofit = Get-TargetOffer -Segment Nonprofit
        $nonprofit.Segment | Select-Object -Unique | Should -Be 'nonprofit'
        $nonprofit.Name | Should -Contain 'Dynamics 365 Team Members (Nonprofit Staff Pricing)'
    }

    It 'leaves out what cannot be bought, unless asked for it' {
        $null = Reset-Sandbox $server 'contoso:legacyCommerce=closed'
        Get-TargetOffer 'Dynamics 365 Plan*' | ForEach-Object Commerce | Select-Object -Unique | Should -Be 'NewCommerce'
        $listed = Get-TargetOffer 'Dynamics 365 Plan*' -IncludeUnavailable
        $closed = $listed | Where-Object Commerce -EQ Legacy
        $closed | Should -Not -BeNullOrEmpty
        $closed.IsAvailableForPurchase | Should -Not -Contain $true
        $closed | Out-String -Width 80 | Should -Match ' Closed '
        $null = Reset-Sandbox $server edge-cases
    }

    It 'finds trials, and only them, when asked for' {
        $trials = Get-TargetOffer -Trial
        $trials.IsTrial | Select-Object -Unique | Should -BeTrue
        $all.Id | Should -Not -Contain $trials[0].Id
    }

    It 'shows what a purchase is checked against' {
        $plan = $all | Where-Object Id -EQ '725D5132-22A7-42D8-8A9B-988549A565F7'
        $plan.MinimumQuantity | Should -Be 20
        $limited = $all | Where-Object Id -EQ 'B2CCB51A-43C2-47D4-92DB-DBF14553A185'
        $limited.Limit, $limited.LimitUnit | Should -Be @(1, 'Concurrent')
    }
}

Describe '-Target' {
    BeforeAll {
        $null = Reset-Sandbox $server seed-mapping
        $source = Get-ExpiringSubscription 'CRM Online Professional'
    }

    It 'takes the <Form>' -ForEach @(
        @{ Form = 'offer id'; Target = 'E5AEEDC5-E2F0-4099-AA45-95802034D7F8' }
        @{ Form = 'offer id in another case'; Target = 'e5aeedc5-e2f0-4099-aa45-95802034d7f8' }
        @{ Form = 'directory SKU'; Target = '1e1a282c-9c54-43a2-9310-98ef728faace' }
        @{ Form = 'part number'; Target = 'DYN365_ENTERPRISE_SALES' }
        @{ Form = 'name'; Target = 'Dynamics 365 Sales' }
    ) {
        $planned = $source | New-TargetSubscription -WhatIf -Target $Target
        $planned.OfferId | Should -Be 'E5AEEDC5-E2F0-4099-AA45-95802034D7F8'
    }

    It 'takes product:sku, which is new commerce' {
        $planned = $source | New-TargetSubscription -WhatIf -Target 'CFQ7TTC0SB02:0001'
        $planned.Commerce, $planned.OfferId, $planned.OfferName | Should -Be @('NewCommerce', 'CFQ7TTC0SB02:0001', 'Dynamics 365 Plan')
    }

    It 'completes names from the map' {
        $line = 'New-TargetSubscription -Target ''Dynamics 365 Cust'
        $names = (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText
        $names | Should -Contain '''Dynamics 365 Customer Service'''
    }

    It 'that nobody knows is NoTarget' {
        $source | New-TargetSubscription -WhatIf -Target 'Dynamics 3650' -ErrorVariable failures -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failures.FullyQualifiedErrorId | Should -Be 'NoTarget,CspMigration.PowerShell.Commands.NewTargetSubscriptionCommand'
        "$failures" | Should -Not -Match 'Did you mean'
    }

    It 'that is nearly one of the map or the catalog comes with the question whether that was meant: <Typed>' -ForEach @(
        @{ Typed = 'Dynamics 365 Team Member'; Meant = 'Dynamics 365 Team Members' }
        @{ Typed = 'dynamics 356 plan'; Meant = 'Dynamics 365 Plan' }
        @{ Typed = 'database storage'; Meant = 'Dynamics 365 Additional Database Storage' }
    ) {
        $source | New-TargetSubscription -WhatIf -Target $Typed -ErrorVariable failures -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        "$failures" | Should -BeLike "*""$Typed"". Did you mean ""$Meant""*"
    }
}

Describe 'A purchase without a source' {
    It 'that lacks <Lacking> is told what to specify' -ForEach @(
        @{ Lacking = 'the quantity'; Given = @{ Target = 'Dynamics 365 Plan' } }
        @{ Lacking = 'the target'; Given = @{ Quantity = 20 } }
        @{ Lacking = 'both'; Given = @{} }
    ) {
        $null = Reset-Sandbox $server seed-mapping
        { New-TargetSubscription -CustomerId 'AX Task' @Given } | Should -Throw -ErrorId 'SourceOrPurchaseNeeded,*' -ExpectedMessage '*-SubscriptionId*-Target and -Quantity*'
        Get-SandboxWriteCount $server | Should -Be 0
    }

    It 'is none where ids come from the pipeline, whatever customer is named beside them' {
        $null = Reset-Sandbox $server seed-mapping
        $source = Get-ExpiringSubscription 'AX Task'
        $ids = $source | Select-Object SubscriptionId
        ($ids | New-TargetSubscription -CustomerId 'AX Task' -Target 'Dynamics 365 Plan' -WhatIf).SourceSubscriptionId | Should -Be $source.SubscriptionId
        ($source | ConvertTo-Csv | ConvertFrom-Csv | New-TargetSubscription -Target 'Dynamics 365 Plan' -Quantity 30 -WhatIf).SourceSubscriptionId | Should -Be $source.SubscriptionId
    }
}

Describe 'How many seats' {
    It 'are the source''s, those asked for, or those needed' {
        $null = Reset-Sandbox $server seed-mapping
        $source = Get-ExpiringSubscription 'CRM Online Professional'
        ($source | New-TargetSubscription -WhatIf).Quantity | Should -Be 25
        ($source | New-TargetSubscription -WhatIf -Quantity 40).Quantity | Should -Be 40
        ($source | New-TargetSubscription -WhatIf -RightSize).Quantity | Should -Be 12
    }

    It 'are no fewer than the target is sold with' {
        $null = Reset-Sandbox $server seed-mapping
        (Get-ExpiringSubscription 'AX Enterprise' | New-TargetSubscription -WhatIf -RightSize).Quantity | Should -Be 20
    }

    It 'of two sources with one target are added, less one for each user of both' {
        $null = Reset-Sandbox $server edge-cases
        $bought = Get-ExpiringSubscription 'Two sources and one target' | New-TargetSubscription
        $bought.Outcome | Should -Be 'Purchased', 'Covered'
        $bought.Quantity | Select-Object -Unique | Should -Be 17
    }
}

Describe 'The purchase''s name' {
    It 'ends in the mark, after -FriendlyName' {
        $null = Reset-Sandbox $server contoso
        $bought = Get-ExpiringSubscription | New-TargetSubscription -FriendlyName 'Operations'
        (Get-SandboxSubscription $server $bought.TargetSubscriptionId).friendlyName | Should -Be "Operations (from $($bought.SourceSubscriptionId.Substring(0, 8).ToUpperInvariant()))"
    }
}

Describe 'Without a source' {
    It 'a trial can be bought' {
        $null = Reset-Sandbox $server contoso
        $customer = (Get-ExpiringSubscription).CustomerId
        $bought = New-TargetSubscription -CustomerId $customer -Target 'F7D11014-C85B-485C-96F8-AE7280BAFBD9' -Quantity 25
        $bought.Outcome, $bought.Quantity | Should -Be @('Purchased', 25)
        $bought.SourceSubscriptionId | Should -BeNullOrEmpty
    }

    It 'what is there with other seats is said to be, and a plan of it is refused with the line to use' {
        $null = Reset-Sandbox $server contoso
        $line = @{ CustomerId = 'Contoso'; Target = 'Dynamics 365 Team Members' }
        $plan = Join-Path $TestDrive 'without-source.json'
        New-TargetSubscription @line -Quantity 3 -WhatIf | ConvertTo-Json -Depth 6 | Set-Content $plan
        $null = New-TargetSubscription @line -Quantity 3
        $again = New-TargetSubscription @line -Quantity 5 -WarningVariable warnings -WarningAction SilentlyContinue
        $again.Outcome, $again.Quantity | Should -Be @('Resumed', 3)
        "$warnings" | Should -BeLike '*3 seats, not 5*Set-Subscription*'
        New-TargetSubscription -Plan $plan -ErrorVariable failures -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failures.Exception.ErrorId | Should -Be 'PlanStale'
        $failures[0].ErrorDetails.RecommendedAction | Should -BeLike '*-CustomerId -Target -Quantity*'
    }

    It 'add-ons come with it' {
        $null = Reset-Sandbox $server contoso
        $customer = (Get-ExpiringSubscription).CustomerId
        $null = New-TargetSubscription -CustomerId $customer -Target 'Dynamics 365 Plan' -Quantity 20 -AddOn 'Dynamics 365 Additional Database Storage'
        (Get-SandboxState $server).customers[0].subscriptions.offerName | Should -Contain 'Dynamics 365 Additional Database Storage'
    }

    It 'add-ons come in the number that is asked for, as <_>' -ForEach 'text', 'hashtable', 'both' {
        $null = Reset-Sandbox $server contoso
        $storage = 'Dynamics 365 Additional Database Storage'
        $addOn = switch ($_) { 'text' { "$storage=5" } 'hashtable' { @{ $storage = 5 } } 'both' { , @(@{ $storage = '5' }) } }
        $bought = Get-ExpiringSubscription | New-TargetSubscription -AddOn $addOn
        $bought.AddOns.Count, $bought.AddOnQuantities[0] | Should -Be @(1, 5)
        ((Get-SandboxState $server).customers[0].subscriptions | Where-Object offerName -EQ $storage).quantity | Should -Be 5
    }

    It 'an add-on with <Wanted> units is refused before anything is read' -ForEach @(
        @{ Wanted = '0'; AddOn = 'Storage=0' }
        @{ Wanted = 'no number of'; AddOn = 'Storage=' }
        @{ Wanted = 'half'; AddOn = 'Storage=1.5' }
        @{ Wanted = 'a word for'; AddOn = @{ Storage = 'five' } }
        @{ Wanted = 'two numbers of'; AddOn = 'Storage=1', 'storage=2' }
    ) {
        foreach ($command in 'New-TargetSubscription', 'Test-SubscriptionMigration') {
            { Get-ExpiringSubscription | & $command -AddOn $AddOn } | Should -Throw -ErrorId 'ParameterArgument*,*' -ExpectedMessage '*=*5*'
        }

        { Get-ExpiringSubscription | New-TargetSubscription -AddOn 'Storage=five' -ErrorAction Stop } | Should -Throw -ErrorId 'NoTarget,*'
    }
}

Describe 'A saved row' {
    It 'binds by its ids from <_>' -ForEach 'CSV', 'JSON', 'CliXml' {
        $null = Reset-Sandbox $server seed-mapping
        $rows = Get-ExpiringSubscription 'AX Task', 'CRM Online Basic'
        $path = Join-Path $TestDrive 'rows'
        $saved = switch ($_) {
            'CSV' { $rows | Export-Csv $path; Import-Csv $path }
            'JSON' { $rows | ConvertTo-Json -Depth 6 | Set-Content $path; Get-Content $path -Raw | ConvertFrom-Json }
            'CliXml' { $rows | Export-Clixml $path; Import-Clixml $path }
        }
        $bought = $saved | New-TargetSubscription
        $bought.CustomerName | Should -Be $rows.CustomerName
        $bought.Outcome | Should -Be 'Purchased', 'Purchased'
    }

    It 'that was edited is read anew: only its ids count' {
        $null = Reset-Sandbox $server contoso
        $row = Get-ExpiringSubscription | ConvertTo-Csv | ConvertFrom-Csv
        $row.Quantity = 99
        $row.OfferId = '921CB1B8-A289-4437-A0B8-11104BCC3CBA'
        $bought = $row | New-TargetSubscription
        $bought.Quantity, $bought.OfferId | Should -Be @(25, '1EC5A993-0779-43A9-A857-AC8FE83E977B')
    }

    It 'of any step feeds the next: a purchase from JSON, a move from CSV' {
        $null = Reset-Sandbox $server contoso
        $bought = Get-ExpiringSubscription | New-TargetSubscription | ConvertTo-Json -Depth 6 | ConvertFrom-Json
        $moved = $bought | Move-UserLicense | ConvertTo-Csv | ConvertFrom-Csv
        $moved.Moved | Should -Be '20'
        ($moved | Suspend-Subscription).Outcome | Should -Be 'Suspended'
    }

    It 'of a purchase does not bind to Suspend-Subscription' {
        $null = Reset-Sandbox $server contoso
        $bought = Get-ExpiringSubscription | New-TargetSubscription
        { $bought | Suspend-Subscription -ErrorAction Stop } | Should -Throw
        { $bought | ConvertTo-Csv | ConvertFrom-Csv | Suspend-Subscription -ErrorAction Stop } | Should -Throw
        (Get-SandboxSubscription $server $bought.TargetSubscriptionId).status | Should -Be 'active'
    }
}

Describe 'What a refusal recommends' {
    BeforeAll {
        $null = Reset-Sandbox $server edge-cases
    }

    It 'mends it as it is pasted, and the run goes on from there: <Customer>' -ForEach @(
        @{ Customer = 'More users than seats'; Id = 'TooFewSeats'; Seats = 8 }
        @{ Customer = 'Fewer seats than the minimum'; Id = 'QuantityOutOfRange'; Seats = 5 }
    ) {
        $null = Invoke-SubscriptionMigration -CustomerId $Customer -Confirm:$false -ErrorVariable failure -ErrorAction SilentlyContinue
        $failure[0].Exception.ErrorId | Should -Be $Id
        $failure[0].ErrorDetails.RecommendedAction -match ': (New-TargetSubscription .*)$' | Should -BeTrue
        $bought = & ([scriptblock]::Create($Matches[1]))
        $bought.Outcome, $bought.Quantity | Should -Be @('Purchased', $Seats)
        (Invoke-SubscriptionMigration -CustomerId $Customer -Confirm:$false).State | Should -Be 'Completed'
    }

    It 'names a target that can be had: <Customer>' -ForEach @(
        @{ Customer = 'No more subscriptions'; Id = 'OfferLimitReached'; Given = @{} }
        @{ Customer = 'Successor not on sale'; Id = 'TargetNotOnSale'; Given = @{} }
        @{ Customer = 'Reseller of record'; Id = 'NoTarget'; Given = @{ Target = 'Dynamics 365 Sale' } }
    ) {
        $source = Get-ExpiringSubscription $Customer
        $null = $source | New-TargetSubscription @Given -ErrorVariable failure -ErrorAction SilentlyContinue
        $failure[0].Exception.ErrorId | Should -Be $Id
        # The line is for this source alone, and runs as it stands: what else can be had is a comment behind it.
        $failure[0].ErrorDetails.RecommendedAction -match ": (New-TargetSubscription -CustomerId $($source.CustomerId) -SubscriptionId $($source.SubscriptionId) -Target '.*)$" | Should -BeTrue
        $bought = & ([scriptblock]::Create($Matches[1]))
        $bought.Outcome, $bought.SourceSubscriptionId | Should -Be @('Purchased', $source.SubscriptionId)
    }

    It 'names a term that can be had for the sources at hand, as it is pasted: <Customer>' -ForEach @(
        @{ Customer = 'No usage location'; Line = 'New-TargetSubscription -CustomerId * -SubscriptionId * -Term P1Y -BillingCycle *' }
        @{ Customer = 'Two sources and one target'; Line = "'*', '*' | New-TargetSubscription -CustomerId * -SubscriptionId { `$_ } -Term P1Y -BillingCycle *" }
    ) {
        $sources = Get-ExpiringSubscription $Customer
        $null = $sources | New-TargetSubscription -Term P1M -ErrorVariable failure -ErrorAction SilentlyContinue
        $failure[0].Exception.ErrorId | Should -Be 'TargetNotOnSale'
        $advice = $failure[0].ErrorDetails.RecommendedAction -replace '^It is sold with: '
        $advice | Should -BeLike $Line
        $bought = & ([scriptblock]::Create($advice))
        $bought.SourceSubscriptionId | Sort-Object | Should -Be ($sources.SubscriptionId | Sort-Object)
        @($bought.TargetSubscriptionId | Select-Object -Unique).Count | Should -Be 1
        $bought.TermDuration | Select-Object -Unique | Should -Be 'P1Y'
    }
}

Describe '-Plan' {
    BeforeEach {
        $null = Reset-Sandbox $server seed-mapping
        $plan = Join-Path $TestDrive 'plan'
    }

    It 'that holds nothing buys nothing, and a warning says so' {
        '[]' | Set-Content $plan
        New-TargetSubscription -Plan $plan -WarningVariable warnings -WarningAction SilentlyContinue -ErrorAction Stop | Should -BeNullOrEmpty
        "$warnings" | Should -Be "The plan $plan has no row: nothing is bought."
    }

    It 'that is <Name> is said to be no plan, where it breaks, and how one is made by a line that can be pasted' -ForEach @(
        @{ Name = 'a CSV'; Where = 'it begins with "PartnerTenantId"*; a plan is JSON*'; Save = { Get-ExpiringSubscription 'AX Task' | Export-Csv $plan } }
        @{ Name = 'broken JSON'; Where = 'its JSON breaks.*line *, position *'; Save = { "[`n{`n" | Set-Content $plan } }
        @{ Name = 'broken CliXml'; Where = 'its CliXml breaks.*line *, position *'; Save = { Get-SkuMapping | Export-Clixml $plan; (Get-Content $plan | Select-Object -First 9) | Set-Content $plan } }
        @{ Name = 'empty'; Where = 'it is empty.'; Save = { $null = New-Item $plan -ItemType File -Force } }
        @{ Name = 'other JSON'; Where = 'none of its rows has an offer or a source.'; Save = { Get-SkuMapping | ConvertTo-Json -Depth 4 | Set-Content $plan } }
        @{ Name = 'other CliXml'; Where = 'none of its rows has an offer or a source.'; Save = { Get-SkuMapping | Export-Clixml $plan } }
        @{ Name = 'what was found'; Where = 'its rows are subscriptions or offers, not purchases.'; Save = { Get-ExpiringSubscription | ConvertTo-Json -Depth 6 | Set-Content $plan } }
    ) {
        & $Save
        $failure = { New-TargetSubscription -Plan $plan } | Should -Throw -ErrorId 'PlanStale,*' -PassThru
        $failure.Exception.Problem | Should -BeLike "*plan is no plan: $Where"
        $failure.ErrorDetails.RecommendedAction -match ': (Get-ExpiringSubscription .*) plan\.json$' | Should -BeTrue
        $null = & ([scriptblock]::Create("$($Matches[1]) '$plan'"))
        @(New-TargetSubscription -Plan $plan -WhatIf).Count | Should -Be @(Get-ExpiringSubscription).Count
    }

    It 'that has been carried out to its end says at every step that all is done' {
        Get-ExpiringSubscription 'AX Task' | New-TargetSubscription -WhatIf | ConvertTo-Json -Depth 6 | Set-Content $plan
        (New-TargetSubscription -Plan $plan | Move-UserLicense | Suspend-Subscription).Outcome | Should -Be 'Suspended'
        $again = New-TargetSubscription -Plan $plan -ErrorAction Stop
        $again.Outcome | Should -Be 'Resumed'
        ($again | Move-UserLicense -ErrorAction Stop | Suspend-Subscription -ErrorAction Stop).Outcome | Should -Be 'AlreadySuspended'
    }

    It 'warns where something else was bought by now' {
        Get-ExpiringSubscription 'AX Task' | New-TargetSubscription -WhatIf -Quantity 30 | ConvertTo-Json -Depth 6 | Set-Content $plan
        $bought = Get-ExpiringSubscription 'AX Task' | New-TargetSubscription
        $again = New-TargetSubscription -Plan $plan -WarningVariable warnings -WarningAction SilentlyContinue
        $again.Outcome, $again.Quantity | Should -Be @('Resumed', $bought.Quantity)
        "$warnings" | Should -BeLike "*$($bought.Quantity) seats, not 30*Set-Subscription -CustomerId * -Quantity 30*"
    }

    It 'buys exactly what was approved, from <_>' -ForEach 'JSON', 'JSON with names', 'JSON of Windows PowerShell', 'CliXml' {
        $planned = Get-ExpiringSubscription 'AX Task', 'CRM Online Professional' | New-TargetSubscription -WhatIf -Quantity 30 -BillingCycle Annual
        switch ($_) {
            'JSON' { $planned | ConvertTo-Json -Depth 6 -WarningVariable truncated | Set-Content $plan; $truncated | Should -BeNullOrEmpty }
            'JSON with names' { $planned | ConvertTo-Json -Depth 6 -EnumsAsStrings | Set-Content $plan }
            'JSON of Windows PowerShell' {
                # It escapes slashes and writes a date as milliseconds since 1970.
                $dated = [regex]::Replace(($planned | ConvertTo-Json -Depth 6), '"(\d{4}-\d\d-\d\dT[^"]+)"', {
                        param($Match)
                        '"\/Date({0})\/"' -f ([datetimeoffset] $Match.Groups[1].Value).ToUnixTimeMilliseconds()
                    })
                $dated | Should -Match 'CommitmentEndDate":  ?"\\/Date\('
                Set-Content $plan $dated -Encoding utf8BOM
            }
            'CliXml' { $planned | Export-Clixml $plan }
        }

        Get-SandboxWriteCount $server | Should -Be 0
        $bought = New-TargetSubscription -Plan $plan
        foreach ($property in 'CustomerId', 'SourceSubscriptionId', 'OfferId', 'Quantity', 'BillingCycle', 'TermDuration') {
            $bought.$property | Should -Be $planned.$property
        }

        $bought.Outcome | Should -Be 'Purchased', 'Purchased'
        ($bought | Move-UserLicense | Suspend-Subscription).Outcome | Should -Be 'Suspended', 'Suspended'
    }

    It 'buys the add-ons under the name that were approved, from <_>' -ForEach 'JSON', 'CliXml' {
        $null = Reset-Sandbox $server contoso
        $planned = Get-ExpiringSubscription |
            New-TargetSubscription -WhatIf -AddOn 'Dynamics 365 Additional Database Storage' -FriendlyName 'Season 2026'
        if ($_ -eq 'JSON') { $planned | ConvertTo-Json -Depth 6 | Set-Content $plan } else { $planned | Export-Clixml $plan }
        $bought = New-TargetSubscription -Plan $plan
        $bought.AddOns.Count, ($bought.AddOns -join ' ') | Should -Be 1, $planned.AddOns[0]
        $bought.FriendlyName | Should -BeLike 'Season 2026 (from ????????)'
        $there = (Get-SandboxState $server).customers[0].subscriptions
        ($there | Where-Object offerName -EQ 'Dynamics 365 Additional Database Storage').status | Should -Be 'active'
    }

    It 'buys what was approved though the map''s default is another' {
        $source = Get-ExpiringSubscription 'CRM Online Professional'
        $source | New-TargetSubscription -WhatIf -Target 'Dynamics 365 Sales' | ConvertTo-Json -Depth 6 | Set-Content $plan
        (New-TargetSubscription -Plan $plan).OfferId | Should -Be 'E5AEEDC5-E2F0-4099-AA45-95802034D7F8'
    }

    It 'refuses the row whose source has another <Change> by now, and buys the others' -ForEach @(
        @{ Change = 'quantity'; With = @{ Quantity = 26 } }
        @{ Change = 'auto-renew'; With = @{ AutoRenew = $true } }
    ) {
        Get-ExpiringSubscription 'AX Task', 'CRM Online Professional' | New-TargetSubscription -WhatIf | ConvertTo-Json -Depth 6 | Set-Content $plan
        $null = Get-ExpiringSubscription 'AX Task' | Set-Subscription @With
        $bought = New-TargetSubscription -Plan $plan -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures.FullyQualifiedErrorId | Should -Be 'PlanStale,CspMigration.PowerShell.Commands.NewTargetSubscriptionCommand'
        $bought.CustomerName | Should -Be 'CRM Online Professional'
    }

    It 'that asks for legacy orders where they are refused names the line that makes one that works' {
        $null = Reset-Sandbox $server 'scale:customers=2,subscriptions=1,users=5,legacyCommerce=refused'
        $planned = Get-ExpiringSubscription | New-TargetSubscription -WhatIf
        $planned.Remark | Should -BeLike '*under -Plan legacy alone*'
        $planned | ConvertTo-Json -Depth 6 -EnumsAsStrings | Set-Content $plan
        New-TargetSubscription -Plan $plan -ErrorVariable failures -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failures.Exception.ErrorId | Should -Be 'PlanStale', 'PlanStale'
        $failures[1].Exception.Problem | Should -BeLike 'Row 2 of plan: *'
        $failures[0].ErrorDetails.RecommendedAction -match ': (Get-ExpiringSubscription .* -Commerce New -WhatIf .*) plan\.json$' | Should -BeTrue
        $null = & ([scriptblock]::Create("$($Matches[1]) '$plan'"))
        $bought = New-TargetSubscription -Plan $plan -ErrorAction Stop
        $bought.Commerce | Should -Be 'NewCommerce', 'NewCommerce'
        $bought.Outcome | Should -Be 'Purchased', 'Purchased'
    }

    It 'that is the output of Invoke-SubscriptionMigration as <_> is told so once, with the line that makes a plan' -ForEach 'JSON', 'CliXml' {
        $run = Invoke-SubscriptionMigration -CustomerId 'AX Task', 'CRM Online Professional' -WhatIf
        if ($_ -eq 'JSON') { $run | ConvertTo-Json -Depth 6 | Set-Content $plan } else { $run | Export-Clixml $plan -Depth 6 }
        $failure = { New-TargetSubscription -Plan $plan } | Should -Throw -ErrorId 'PlanStale,*' -PassThru
        $failure.Exception.Problem | Should -BeLike 'The file *plan is no plan: its rows are the output of Invoke-SubscriptionMigration, and the plan is the Target of each.'
        $failure.ErrorDetails.RecommendedAction -match ': (Invoke-SubscriptionMigration .*) plan\.json$' | Should -BeTrue
        $null = & ([scriptblock]::Create("$($Matches[1]) '$plan'"))
        @(New-TargetSubscription -Plan $plan -WhatIf).Count | Should -Be @(Get-ExpiringSubscription).Count
    }

    It 'names the row whatever fails in it, and does not advise what -Plan does not take' {
        Get-ExpiringSubscription 'AX Task', 'CRM Online Professional' | New-TargetSubscription -WhatIf | ConvertTo-Json -Depth 6 | Set-Content $plan
        $rows = Get-Content $plan -Raw | ConvertFrom-Json
        $rows[0].SourceSubscriptionId = '00000000-0000-0000-0000-000000000000'
        $rows[1].OfferId = 'nothing'
        $rows | ConvertTo-Json -Depth 6 | Set-Content $plan
        New-TargetSubscription -Plan $plan -ErrorVariable failures -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failures.Exception.ErrorId | Should -Be 'NotOurSubscription', 'NoTarget'
        $failures[0].Exception.Problem | Should -BeLike 'Row 1 of plan: *'
        $failures[1].Exception.Problem | Should -BeLike 'Row 2 of plan: *'
        $failures[1].ErrorDetails.RecommendedAction -match ': make the plan again with (New-TargetSubscription .* -Target .*) plan\.json(?: #.*)?$' | Should -BeTrue
        $null = & ([scriptblock]::Create("$($Matches[1]) '$plan'"))
        (New-TargetSubscription -Plan $plan).SourceSubscriptionId | Should -Be $rows[1].SourceSubscriptionId
    }

    It 'refuses the row whose source is suspended by now' {
        Get-ExpiringSubscription 'AX Task' | New-TargetSubscription -WhatIf | ConvertTo-Json -Depth 6 | Set-Content $plan
        $null = Get-ExpiringSubscription 'AX Task' | Suspend-Subscription -Reason CustomerRequest
        New-TargetSubscription -Plan $plan -ErrorVariable failures -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failures.FullyQualifiedErrorId | Should -Be 'PlanStale,CspMigration.PowerShell.Commands.NewTargetSubscriptionCommand'
    }

    It 'refuses rows without their source' {
        Get-ExpiringSubscription 'AX Task' | New-TargetSubscription -WhatIf | Select-Object -ExcludeProperty Source | ConvertTo-Json -Depth 6 | Set-Content $plan
        New-TargetSubscription -Plan $plan -ErrorVariable failures -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failures.FullyQualifiedErrorId | Should -Be 'PlanStale,CspMigration.PowerShell.Commands.NewTargetSubscriptionCommand'
        Get-SandboxWriteCount $server | Should -Be 0
    }

    It 'is a plan again with -WhatIf, and buys nothing' {
        Get-ExpiringSubscription 'AX Task' | New-TargetSubscription -WhatIf | ConvertTo-Json -Depth 6 | Set-Content $plan
        (New-TargetSubscription -Plan $plan -WhatIf).IsPlanned | Should -BeTrue
        Get-SandboxWriteCount $server | Should -Be 0
    }

    It 'that is not there is PowerShell''s own error, with the path' {
        $missing = Join-Path $TestDrive 'no plan [1].json'
        { New-TargetSubscription -Plan $missing } | Should -Throw -ErrorId 'PathNotFound,CspMigration.PowerShell.Commands.NewTargetSubscriptionCommand' -ExpectedMessage "*$([wildcardpattern]::Escape($missing))*"
        Get-ExpiringSubscription 'AX Task' | New-TargetSubscription -WhatIf | ConvertTo-Json -Depth 6 | Set-Content -LiteralPath $missing
        (New-TargetSubscription -Plan $missing -WhatIf).CustomerName | Should -Be 'AX Task'
    }

    It 'twice is one purchase' {
        Get-ExpiringSubscription 'AX Task' | New-TargetSubscription -WhatIf | ConvertTo-Json -Depth 6 | Set-Content $plan
        $first = New-TargetSubscription -Plan $plan
        $second = New-TargetSubscription -Plan $plan
        $second.Outcome, $second.TargetSubscriptionId | Should -Be @('Resumed', $first.TargetSubscriptionId)
    }
}

Describe 'Office 365 E4' {
    It 'migrates to <Name> with no map of one''s own' -ForEach @{ Name = 'the default'; Target = @{}; Sku = 'c7df2760-2c81-4ef7-b578-5b5392b571df' }, @{ Name = 'E3'; Target = @{ Target = 'Office 365 E3' }; Sku = '6fd2c87f-b296-42f0-b197-1e91e994b900' } {
        $null = Reset-Sandbox $server office365-e4
        $ended = Get-ExpiringSubscription | New-TargetSubscription @Target -OutVariable bought | Move-UserLicense -OutVariable moved | Suspend-Subscription
        $ended.Outcome | Should -Be 'Suspended', 'Suspended'
        $ended.CustomerName | Sort-Object | Should -Be 'Fabrikam', 'Northwind Traders'
        $bought.SkuId | Select-Object -Unique | Should -Be $Sku
        $moved.IsComplete | Select-Object -Unique | Should -BeTrue
        (Get-SandboxState $server).violations | Should -BeNullOrEmpty
    }
}

Describe 'A map of one''s own' {
    BeforeAll {
        $example = "$PSScriptRoot/../../examples/TeamsSuites"
        $own = Join-Path $TestDrive 'own.json'
        (Get-Content "$PSScriptRoot/../../module/maps/Office365.json" -Raw) -replace '"Office 365 E5",\s+"Office 365 E3"', '"Office 365 E3"' -replace '"Office 365 E5"', '"Office 365 E5 of nobody"' | Set-Content $own -Encoding UTF8
    }

    It 'is shown with -Path, on top of the built-in one, and put to use with -SkuMapPath' {
        $mapping = Get-SkuMapping 'Office 365 E1' -Path "$example/WithoutTeams.json"
        $mapping.Targets.Name | Should -Be 'Office 365 E1 (no Teams)'
        (Get-SkuMapping STANDARDPACK -Path "$example/WithoutTeams.json").Source | Should -Be 'Office 365 E1'
        $null = Reset-Sandbox $server office365-e4 @{ SkuMapPath = "$example/WithoutTeams.json" }
        (Get-SkuMapping -Family 'Suites with Teams').Count | Should -Be 4
        $null = Reset-Sandbox $server office365-e4
        { Get-SkuMapping 'Office 365 E1' -ErrorAction Stop } | Should -Throw -ErrorId 'NoTarget,*'
    }

    It 'is refused where it leads back to what another map replaces' {
        { Get-SkuMapping -Path "$example/WithoutTeams.json", "$example/WithTeams.json" } | Should -Throw -ErrorId 'MapInvalid,*' -ExpectedMessage '*WithTeams.json*replace each other*'
    }

    # On Windows the place is the user's own, which no test may touch.
    It 'is loaded by every session where it lies in its default place' -Skip:$IsWindows {
        $former = $env:XDG_CONFIG_HOME
        try {
            $env:XDG_CONFIG_HOME = Join-Path $TestDrive 'config'
            $null = New-Item -ItemType Directory -Path (Join-Path $env:XDG_CONFIG_HOME 'CspMigration')
            Copy-Item $own (Join-Path $env:XDG_CONFIG_HOME 'CspMigration/SkuMap.json')
            $null = Reset-Sandbox $server office365-e4
            (Get-ExpiringSubscription | New-TargetSubscription).OfferName | Select-Object -Unique | Should -Be 'Office 365 E3'
        }
        finally {
            $env:XDG_CONFIG_HOME = $former
        }
    }
}

Describe 'Get-SkuMapping -Family' {
    It 'has at least six families, each row with the date and the source of its retirement' {
        $map = Get-SkuMapping
        @($map.Family | Sort-Object -Unique).Count | Should -BeGreaterOrEqual 6
        $map | Where-Object { -not $_.RetiredOn -or -not $_.RetirementSource } | Should -BeNullOrEmpty
    }

    It 'takes names, patterns, and a name with a source' {
        (Get-SkuMapping -Family 'Dynamics AX').Count | Should -Be 4
        (Get-SkuMapping -Family Dynamics*, 'Teams Rooms').Count | Should -Be 12
        (Get-SkuMapping *Enterprise -Family *CRM*).Source | Should -Be 'Dynamics CRM Online Enterprise'
        Get-SkuMapping 'Dynamics AX Task' -Family *CRM* | Should -BeNullOrEmpty
    }

    It 'is an error for a family that no map has, and names the near ones' {
        { Get-SkuMapping -Family 'Ofice 365' -ErrorAction Stop } | Should -Throw -ErrorId 'NoTarget,*' -ExpectedMessage '*Did you mean "Office 365"*'
    }

    It 'has a row that says why no license replaces it' {
        $mapping = Get-SkuMapping 'Power BI Premium P1'
        $mapping.Targets | Should -HaveCount 0
        $mapping.NoTargetReason | Should -BeLike '*not a license*'
        ($mapping | Out-String) | Should -BeLike '*No license*'
    }
}
