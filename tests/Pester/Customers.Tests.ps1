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

Describe 'Which subscriptions Get-ExpiringSubscription finds' {
    It 'only those whose term ends within the days asked for' {
        @(Get-ExpiringSubscription -Within 29).Count | Should -Be 0
        @(Get-ExpiringSubscription -Within 30).Count | Should -Be $all.Count
    }

    It 'only those whose term ends before the moment asked for' {
        @(Get-ExpiringSubscription -Before ([datetime]::Now.AddDays(20))).Count | Should -Be 0
        @(Get-ExpiringSubscription -Before ([datetime]::Now.AddDays(40))).Count | Should -Be $all.Count
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
