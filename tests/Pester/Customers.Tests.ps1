BeforeAll {
    . $PSScriptRoot/Common.ps1
    $null = Connect-CspPartner -Sandbox -Scenario seed-mapping
    $all = @(Get-ExpiringSubscription)
}

AfterAll {
    Disconnect-CspPartner
}

Describe 'Which customers Get-ExpiringSubscription asks for' {
    It 'all of them when it is asked for nothing' {
        @($all.CustomerId | Select-Object -Unique).Count | Should -Be 10
    }

    It 'none for an empty pipeline' {
        @() | Get-ExpiringSubscription -ErrorVariable failures | Should -BeNullOrEmpty
        $failures | Should -BeNullOrEmpty
    }

    It 'none for a piped null, with EmptyCustomer' {
        $null | Get-ExpiringSubscription -ErrorVariable failures -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failures.FullyQualifiedErrorId | Should -Be 'EmptyCustomer,CspMigration.PowerShell.Commands.GetExpiringSubscriptionCommand'
    }

    It 'none for -CustomerId <Name>, with EmptyCustomer' -ForEach @(
        @{ Name = 'null'; Value = $null }
        @{ Name = 'empty text'; Value = '' }
        @{ Name = 'an empty list'; Value = @() }
        @{ Name = 'a list of nulls'; Value = @($null, '') }
    ) {
        Get-ExpiringSubscription -CustomerId $Value -ErrorVariable failures -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failures.Count | Should -Be 1
        $failures.FullyQualifiedErrorId | Should -Be 'EmptyCustomer,CspMigration.PowerShell.Commands.GetExpiringSubscriptionCommand'
    }

    It 'the one named by <Way>' -ForEach @(
        @{ Way = 'id' }
        @{ Way = 'company name' }
        @{ Way = 'company name in another case' }
        @{ Way = 'domain' }
        @{ Way = 'the beginning of its domain' }
        @{ Way = 'a pattern of its domain that begins before the dot' }
        @{ Way = 'a set of letters in its domain' }
        @{ Way = 'a piped id' }
        @{ Way = 'a piped object with a CustomerId' }
        @{ Way = 'a piped row' }
        @{ Way = 'a saved row' }
    ) {
        $row = $all[0]
        $found = switch ($Way) {
            'id' { Get-ExpiringSubscription -CustomerId $row.CustomerId }
            'company name' { Get-ExpiringSubscription $row.CustomerName }
            'company name in another case' { Get-ExpiringSubscription $row.CustomerName.ToUpperInvariant() }
            'domain' { Get-ExpiringSubscription $row.CustomerDomain.ToUpperInvariant() }
            'the beginning of its domain' { Get-ExpiringSubscription ($row.CustomerDomain -replace 'com$', '*') }
            'a pattern of its domain that begins before the dot' { Get-ExpiringSubscription ($row.CustomerDomain -replace '^([^.]*).\.', '$1*.') }
            'a set of letters in its domain' { Get-ExpiringSubscription ($row.CustomerDomain -replace '^.', '[a-z]') }
            'a piped id' { $row.CustomerId | Get-ExpiringSubscription }
            'a piped object with a CustomerId' { [pscustomobject]@{ CustomerId = $row.CustomerId; Id = 'other' } | Get-ExpiringSubscription }
            'a piped row' { $row | Get-ExpiringSubscription }
            'a saved row' { $row | ConvertTo-Csv | ConvertFrom-Csv | Get-ExpiringSubscription }
        }
        @($found.CustomerId | Select-Object -Unique) | Should -Be $row.CustomerId
    }

    It 'those a wildcard matches, and none without an error where it matches none' {
        @(Get-ExpiringSubscription '*').Count | Should -Be $all.Count
        Get-ExpiringSubscription 'zzz*' -ErrorAction Stop | Should -BeNullOrEmpty
    }

    It 'says CustomerNotFound for a name nobody has, and goes on with the others' {
        $found = Get-ExpiringSubscription 'nobody at all', $all[0].CustomerId -ErrorVariable failures -ErrorAction SilentlyContinue
        $found.CustomerId | Should -Contain $all[0].CustomerId
        $failures.FullyQualifiedErrorId | Should -Be 'CustomerNotFound,CspMigration.PowerShell.Commands.GetExpiringSubscriptionCommand'
    }

    It 'not those that are excluded' {
        $others = Get-ExpiringSubscription -ExcludeCustomer $all[0].CustomerName
        $others.CustomerId | Should -Not -Contain $all[0].CustomerId
        $others.Count | Should -BeGreaterThan 0
    }
}

Describe 'A customer named to a command that takes one' {
    BeforeAll {
        $server = Start-SandboxServer -Argument '--provisioning-delay', '0'
        $null = Reset-Sandbox $server contoso
        $source = Get-ExpiringSubscription
    }

    AfterAll {
        Stop-SandboxServer $server
        $null = Connect-CspPartner -Sandbox -Scenario seed-mapping
    }

    It 'is found by <Way>' -ForEach @(
        @{ Way = 'id'; Name = { $source.CustomerId } }
        @{ Way = 'id in capitals'; Name = { $source.CustomerId.ToUpperInvariant() } }
        @{ Way = 'name'; Name = { 'Contoso' } }
        @{ Way = 'name in another case'; Name = { 'cONTOSO ' } }
        @{ Way = 'domain'; Name = { 'Contoso.onmicrosoft.com' } }
    ) {
        (Set-Subscription -CustomerId (& $Name) -SubscriptionId $source.SubscriptionId -Quantity 25 -Confirm:$false).CustomerName | Should -Be 'Contoso'
        (Get-ExpiringSubscription -CustomerId (& $Name)).SubscriptionId | Should -Be $source.SubscriptionId
    }

    It 'needs no extra call by its id, and one by its name' {
        $calls = foreach ($name in $source.CustomerId, 'Contoso') {
            $before = (Get-SandboxRequest $server).total
            $null = Set-Subscription -CustomerId $name -SubscriptionId $source.SubscriptionId -Quantity 25
            (Get-SandboxRequest $server).total - $before
        }
        $calls[1] - $calls[0] | Should -Be 1
    }

    It 'is looked up once for many records' {
        $records = 1..5 | ForEach-Object { [pscustomobject]@{ CustomerId = 'Contoso'; SubscriptionId = $source.SubscriptionId } }
        $lines = $records | Set-Subscription -Quantity 25 -Debug 5>&1 | Where-Object { $_ -like '*CompanyName*' }
        @($lines).Count | Should -Be 1
    }

    It 'can drive every step by name' {
        $id = $source.SubscriptionId
        (New-TargetSubscription -CustomerId contoso -SubscriptionId $id -WhatIf).IsPlanned | Should -BeTrue
        (New-TargetSubscription -CustomerId contoso -Target 'Dynamics 365 Team Members' -Quantity 20 -WhatIf).CustomerId | Should -Be $source.CustomerId
        $bought = New-TargetSubscription -CustomerId contoso -SubscriptionId $id -Confirm:$false
        $target = $bought.TargetSubscriptionId
        (Move-UserLicense -CustomerId contoso -SourceSubscriptionId $id -TargetSubscriptionId $target).IsComplete | Should -BeTrue
        (Suspend-Subscription -CustomerId contoso -SubscriptionId $id -Confirm:$false).Outcome | Should -Be 'Suspended'
        (Get-SubscriptionMigration contoso.onmicrosoft.com).TargetSubscriptionId | Should -Be $target
        (Get-SubscriptionMigration CONTOSO -Refresh).State | Should -Be 'Completed'
        (Resume-Subscription -CustomerId contoso -SubscriptionId $id).Status | Should -Be 'active'
        (Undo-SubscriptionMigration -CustomerId contoso -SubscriptionId $id -Confirm:$false).State | Should -Be 'RolledBack'
        (Invoke-SubscriptionMigration -CustomerId contoso -SubscriptionId $id -Confirm:$false 3>$null).State | Should -Be 'Completed'
        Get-TargetOffer 'Dynamics 365 Plan' -CustomerId contoso | Should -Not -BeNullOrEmpty
        @((Get-SandboxState $server).violations).Count | Should -Be 0
    }

    It 'is CustomerNotFound also where the name has a bracket that begins no set' {
        Get-SubscriptionMigration 'contoso [old' -ErrorVariable failure -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failure.FullyQualifiedErrorId | Should -BeLike 'CustomerNotFound,*'
    }

    It 'is CustomerNotFound where nobody is called so, in <Command>' -ForEach @(
        @{ Command = 'New-TargetSubscription'; Act = { New-TargetSubscription -CustomerId contosi -SubscriptionId $source.SubscriptionId -WhatIf } }
        @{ Command = 'New-TargetSubscription without source'; Act = { New-TargetSubscription -CustomerId contosi -Target 'Dynamics 365 Sales' -Quantity 1 -WhatIf } }
        @{ Command = 'Move-UserLicense'; Act = { Move-UserLicense -CustomerId contosi -SourceSubscriptionId $source.SubscriptionId -TargetSubscriptionId $source.SubscriptionId } }
        @{ Command = 'Suspend-Subscription'; Act = { Suspend-Subscription -CustomerId contosi -SubscriptionId $source.SubscriptionId -Confirm:$false } }
        @{ Command = 'Resume-Subscription'; Act = { Resume-Subscription -CustomerId contosi -SubscriptionId $source.SubscriptionId } }
        @{ Command = 'Set-Subscription'; Act = { Set-Subscription -CustomerId contosi -SubscriptionId $source.SubscriptionId -Quantity 30 } }
        @{ Command = 'Undo-SubscriptionMigration'; Act = { Undo-SubscriptionMigration -CustomerId contosi -SubscriptionId $source.SubscriptionId -Confirm:$false } }
        @{ Command = 'Get-SubscriptionMigration'; Act = { Get-SubscriptionMigration contosi } }
        @{ Command = 'Get-SubscriptionMigration, an id'; Act = { Get-SubscriptionMigration '00000000-0000-0000-0000-000000000009' } }
        @{ Command = 'Get-SubscriptionMigration -Refresh'; Act = { Get-SubscriptionMigration contosi -Refresh } }
        @{ Command = 'Get-SubscriptionMigration -JournalPath'; Act = { Get-SubscriptionMigration contosi -JournalPath (Get-CspPartner).JournalPath } }
        @{ Command = 'Get-TargetOffer'; Act = { Get-TargetOffer -CustomerId contosi } }
        @{ Command = 'Invoke-SubscriptionMigration'; Act = { Invoke-SubscriptionMigration -CustomerId contosi -SubscriptionId $source.SubscriptionId -WhatIf } }
    ) {
        $ErrorActionPreference = 'Continue'
        $before = Get-SandboxWriteCount $server
        $failure = & $Act 2>&1
        @($failure).Count | Should -Be 1
        $failure.FullyQualifiedErrorId | Should -BeLike 'CustomerNotFound,*'
        $failure.ErrorDetails.RecommendedAction | Should -Match 'name'
        if ($Command -notlike '*an id') { "$failure" | Should -BeLike '*"contosi".*Did you mean "Contoso"?*' }
        Get-SandboxWriteCount $server | Should -Be $before
    }

    It 'takes no wildcards, and says so' {
        $ErrorActionPreference = 'Continue'
        $failure = Set-Subscription -CustomerId 'cont*' -SubscriptionId $source.SubscriptionId -Quantity 30 2>&1
        $failure.FullyQualifiedErrorId | Should -BeLike 'CustomerNotFound,*'
        $failure.ErrorDetails.RecommendedAction | Should -Match 'Wildcards are not taken'
    }

    It 'gives nothing, and a verbose line, where it is there but was never migrated' {
        $null = Reset-Sandbox $server contoso
        Get-SubscriptionMigration contoso -Verbose -ErrorAction Stop 4>&1 | Should -BeLike '*journal has no migration of contoso*'
        Get-SubscriptionMigration 'z*' -ErrorAction Stop | Should -BeNullOrEmpty
    }
}

Describe 'Which subscriptions Get-ExpiringSubscription finds' {
    It 'only those whose term ends within the days asked for' {
        @(Get-ExpiringSubscription -Within 29).Count | Should -Be 0
        @(Get-ExpiringSubscription -Within 30).Count | Should -Be $all.Count
    }

    It 'only those whose term ends before the moment asked for' {
        @(Get-ExpiringSubscription -Before ([datetime]::Now.AddDays(20))).Count | Should -Be 0
        @(Get-ExpiringSubscription -Before ([datetime]::Now.AddDays(40))).Count | Should -Be $all.Count
    }

    It 'by the year that is written, also where the calendar of the culture counts others: <_>' -ForEach 'th-TH', 'ar-SA', 'fa-IR' {
        $culture = [cultureinfo]::CurrentCulture
        $early, $late = 20, 40 | ForEach-Object { [datetime]::Now.AddDays($_).ToString('yyyy-MM-dd', [cultureinfo]::InvariantCulture) }
        try {
            [cultureinfo]::CurrentCulture = $_
            @(Get-ExpiringSubscription -Before $early).Count | Should -Be 0
            @(Get-ExpiringSubscription -Before $late).Count | Should -Be $all.Count
            @(Get-ExpiringSubscription -Before "${late}T10:00:00+02:00").Count | Should -Be $all.Count
        }
        finally {
            [cultureinfo]::CurrentCulture = $culture
        }
    }

    It 'those of a product, by offer id, offer name or the map''s family' {
        $ax = @(Get-ExpiringSubscription -Product 'Dynamics AX')
        $ax.Count | Should -Be 4
        @(Get-ExpiringSubscription -Product '9e23e01e-00d0-4402-a5ef-27b275411d5a').OfferName | Should -Be 'Dynamics AX Enterprise'
        @(Get-ExpiringSubscription -Product 'Dynamics AX Ent*').Count | Should -Be 1
    }

    It 'the rows of a customer together, an add-on after its base' {
        $seen = @()
        foreach ($row in $all) {
            if ($row.CustomerId -ne $last) {
                $seen | Should -Not -Contain $row.CustomerId
                $seen += $row.CustomerId
                $last = $row.CustomerId
            }
        }
    }
}

Describe 'Without a connection' {
    It 'every cmdlet that needs one says NotConnected' {
        Disconnect-CspPartner
        { Get-ExpiringSubscription } | Should -Throw -ErrorId 'NotConnected,*'
        { $all[0] | New-TargetSubscription -WhatIf } | Should -Throw -ErrorId 'NotConnected,*'
        Get-CspPartner | Should -BeNullOrEmpty
    }

    It 'connecting asks for no token, but says how one can sign in: <Line>' -ForEach @(
        @{ Line = 'Connect-CspPartner'; Act = { Connect-CspPartner } }
        @{ Line = 'Connect-CspPartner -TenantId'; Act = { Connect-CspPartner -TenantId contoso.com } }
        @{ Line = 'an empty token'; Act = { Connect-CspPartner -AccessToken ([securestring]::new()) } }
    ) {
        $caught = try { & $Act } catch { $_ }
        $caught.FullyQualifiedErrorId | Should -BeLike 'NotConnected,*'
        $caught.ErrorDetails.RecommendedAction | Should -Match '-Interactive .* -Sandbox'
    }

    It '-Context works where the runspace has none of its own' {
        $partner = Connect-CspPartner -Sandbox
        $module = $env:CSPMIGRATION_MODULE
        $count = 1..2 | ForEach-Object -Parallel {
            Import-Module $using:module
            @(Get-ExpiringSubscription -Context $using:partner).Count
        }
        $count | Should -Be 1, 1
    }

    It 'a context that was closed is not connected' {
        $partner = Connect-CspPartner -Sandbox
        Disconnect-CspPartner
        { Get-ExpiringSubscription -Context $partner } | Should -Throw -ErrorId 'NotConnected,*'
    }
}

Describe 'A record of another partner' {
    It 'is refused with WrongPartner' {
        $null = Connect-CspPartner -Sandbox
        $row = Get-ExpiringSubscription | ConvertTo-Csv | ConvertFrom-Csv
        $row.PartnerTenantId = '22222222-2222-2222-2222-222222222222'
        $row | New-TargetSubscription -WhatIf -ErrorVariable failures -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failures.FullyQualifiedErrorId | Should -Be 'WrongPartner,CspMigration.PowerShell.Commands.NewTargetSubscriptionCommand'
    }
}
