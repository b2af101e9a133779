BeforeDiscovery {
    . $PSScriptRoot/Common.ps1
    $types = @([CspMigration.Contracts.CspPartner].Assembly.GetExportedTypes() |
            Where-Object { $_.IsClass -and $_ -ne [CspMigration.Contracts.CspMigrationException] } |
            ForEach-Object { @{ Type = $_; Name = $_.Name } })
}

Describe 'The views' {
    BeforeAll {
        . $PSScriptRoot/Common.ps1

        # Above the table of a group.
        $groupLine = '^   Commerce: \w+$'

        # What the cmdlets give in the sandbox, by type: a migration and its undoing, and a plan for every edge case.
        $samples = @{}
        function Add-Sample {
            process {
                $name = $_.GetType().Name
                if (-not $samples.ContainsKey($name)) { $samples[$name] = [System.Collections.Generic.List[object]]::new() }
                if ($samples[$name].Count -lt 200) { $samples[$name].Add($_) }
            }
        }

        function Add-Plan {
            $plan = Get-ExpiringSubscription -IncludeTrial -IncludeAutoRenew -IncludeOtherChannel -OutVariable found -ErrorAction Ignore |
                New-TargetSubscription -WhatIf -OutVariable bought -ErrorAction Ignore -WarningAction Ignore |
                Move-UserLicense -WhatIf -OutVariable moved -ErrorAction Ignore |
                Suspend-Subscription -WhatIf -ErrorAction Ignore -WarningAction Ignore
            $readiness = $found | Test-SubscriptionMigration
            @($found) + @($bought) + @($moved) + $moved.Users + $plan + $readiness + $readiness.Checks + $readiness.Methods | Add-Sample
        }

        Connect-CspPartner -Sandbox | Add-Sample
        Get-CspPartner -Diagnostic | Add-Sample
        $suspended = Get-ExpiringSubscription | New-TargetSubscription -Confirm:$false | Move-UserLicense | Suspend-Subscription -Confirm:$false
        $suspended | Add-Sample
        $undone = $suspended | Undo-SubscriptionMigration -Confirm:$false
        $undone | Add-Sample
        Get-TargetOffer | Add-Sample
        Request-ResellerRelationship 'fabrikam.com' | Add-Sample
        $map = Get-SkuMapping
        $map + $map.Targets + $map.Targets.OfferIds | Add-Sample
        $null = Connect-CspPartner -Sandbox -Scenario edge-cases
        Add-Plan
    }

    AfterAll { Disconnect-CspPartner }

    It 'are a table and a list for <Name>' -ForEach $types {
        $views = (Get-FormatData -TypeName $Type.FullName).FormatViewDefinition
        @($views | Where-Object { $_.Control -is [System.Management.Automation.TableControl] }).Count | Should -Be 1
        @($views | Where-Object { $_.Control -is [System.Management.Automation.ListControl] }).Count | Should -Be 1
    }

    It 'list every property of <Name>' -ForEach $types {
        $list = (Get-FormatData -TypeName $Type.FullName).FormatViewDefinition.Control | Where-Object { $_ -is [System.Management.Automation.ListControl] }
        $labels = @($list.Entries[0].Items | ForEach-Object { if ($_.Label) { $_.Label } else { $_.DisplayEntry.Value } })
        $labels | Should -Be @($Type.GetProperties().Name)
    }

    It 'fit 80 columns with whole headers and nothing cut off for <Name>' -ForEach $types {
        $table = (Get-FormatData -TypeName $Type.FullName).FormatViewDefinition.Control | Where-Object { $_ -is [System.Management.Automation.TableControl] }
        $samples[$Name].Count | Should -BeGreaterThan 0
        $lines = @(($samples[$Name] | Format-Table | Out-String -Width 80) -split '\r?\n' | Where-Object { $_ -and $_ -notmatch $groupLine })
        $lines[0].Trim() -split '\s+' | Should -Be @($table.Headers.Label)
        ($lines | Measure-Object -Property Length -Maximum).Maximum | Should -BeLessOrEqual 80
        $lines | Should -Not -Match ([char]0x2026)
    }

    It 'fill wide screens for <Name>, with whole headers and nothing cut off' -ForEach ($types | Where-Object { (Get-FormatData -TypeName "$($_.Type.FullName)#Wide") }) {
        $narrow, $wide = $Type.FullName, "$($Type.FullName)#Wide" | ForEach-Object { (Get-FormatData -TypeName $_).FormatViewDefinition.Control | Where-Object { $_ -is [System.Management.Automation.TableControl] } }
        $wide.Headers.Label | Should -Be $narrow.Headers.Label

        # They differ in widths alone: PowerShell has no table that shares out the room there is, it drops the last columns.
        $shown = $narrow, $wide | ForEach-Object { , @($_.Rows[0].Columns.DisplayEntry.Value -replace ', \d+\)', ')') }
        $shown[1] | Should -Be $shown[0]
        foreach ($width in 120, 160) {
            $text = $samples[$Name] | ForEach-Object {
                $copy = [psobject]::AsPSObject($_)
                $copy.PSObject.TypeNames.Insert(0, "$($Type.FullName)#Wide")
                $copy
            } | Format-Table | Out-String -Width $width
            $samples[$Name] | ForEach-Object { $null = $_.PSObject.TypeNames.Remove("$($Type.FullName)#Wide") }
            $lines = @($text -split '\r?\n' | Where-Object { $_ -and $_ -notmatch $groupLine })
            $lines[0].Trim() -split '\s+' | Should -Be @($wide.Headers.Label)
            ($lines | Measure-Object -Property Length -Maximum).Maximum | Should -BeLessOrEqual $width
            $lines[0].TrimEnd().Length | Should -BeGreaterThan 80
            $lines | Should -Not -Match ([char]0x2026)
        }
    }

    It 'show customer, offer and how it stands also where what a wide screen was meant for comes to a narrow one: <Name>' -ForEach @(
        @{ Name = 'ExpiringSubscription'; Labels = 'Customer', 'Offer', 'Seats', 'State'; Value = 'Discovered' }
        @{ Name = 'MigrationReadiness'; Labels = 'Customer', 'Offer', 'Verdict', 'ErrorId'; Value = 'QuantityOutOfRange' }
        @{ Name = 'TargetSubscription'; Labels = 'Customer', 'Offer', 'Seats', 'Outcome'; Value = 'Purchased' }
        @{ Name = 'LicenseMove'; Labels = 'Customer', 'Offer', 'Result', 'Moved'; Value = 'Planned' }
        @{ Name = 'SuspendedSubscription'; Labels = 'Customer', 'Offer', 'Outcome'; Value = 'LeftToOtherChannel' }
        @{ Name = 'SubscriptionMigration'; Labels = 'Customer', 'Offer', 'State'; Value = 'RolledBack' }
    ) {
        $type = "CspMigration.Contracts.$Name#Wide"
        $samples[$Name] | ForEach-Object { [psobject]::AsPSObject($_).PSObject.TypeNames.Insert(0, $type) }
        $text = $samples[$Name] | Format-Table | Out-String -Width 80
        $samples[$Name] | ForEach-Object { $null = $_.PSObject.TypeNames.Remove($type) }
        $lines = @($text -split '\r?\n' | Where-Object { $_ })
        ($lines[0].Trim() -split '\s+')[0..($Labels.Count - 1)] | Should -Be $Labels
        $text | Should -MatchExactly " $Value( |\r?\n)"
    }

    It 'leave the reason why a user was not moved most of the width' {
        $null = Connect-CspPartner -Sandbox -Scenario edge-cases
        $moved = Get-ExpiringSubscription -CustomerId 'No usage location' | New-TargetSubscription -Confirm:$false | Move-UserLicense
        $left = @($moved.Users | Where-Object Outcome -EQ 'NoUsageLocation')
        $left.Count | Should -BeGreaterThan 0
        $lines = @(($left[0] | Format-Table -HideTableHeaders | Out-String -Width 80) -split '\r?\n' | Where-Object { $_ })
        $reason = $lines | ForEach-Object { $_.PadRight(80).Substring(42).Trim() } | Where-Object { $_ }
        $reason -join ' ' | Should -Be $left[0].Reason
        @($reason).Count | Should -BeLessThan 8
        ($lines | ForEach-Object { $_.PadRight(80).Substring(0, 24).Trim() }) -join '' | Should -Be $left[0].UserPrincipalName
    }

    It 'list what became of the target after an undo' {
        $text = $undone | Format-List | Out-String -Width 200
        $text | Should -Match 'Target +: Dynamics 365 Unified Operations Plan \([-0-9A-F]{36}\): Purchased, 25 seats, suspended\. Suspended by the undo\.'
        $text | Should -Match 'Suspension +: Dynamics 365 Unified Operations Plan \([-0-9A-F]{36}\): Suspended\. It can be made active until 2\d{3}-'
    }

    It 'are chosen by the width of the screen' {
        $core = [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -eq 'CspMigration' }
        $screen = $core.GetType('CspMigration.PowerShell.Views.Screen', $true)
        foreach ($case in @{ Width = 80; Mark = @() }, @{ Width = 119; Mark = @() }, @{ Width = 120; Mark = 'String#Wide' }, @{ Width = 200; Mark = 'String#Wide' }) {
            $shown = [activator]::CreateInstance($screen, $case.Width).Fit('text')
            @($shown.PSObject.TypeNames -like '*#Wide' -replace '^System\.') | Should -Be @($case.Mark)
        }
    }

    It 'are the narrow ones where the output goes elsewhere' {
        # As in this test, whose output goes to a file.
        (Get-ExpiringSubscription -IncludeTrial -ErrorAction Ignore)[0].PSObject.TypeNames | Should -Not -Contain 'CspMigration.Contracts.ExpiringSubscription#Wide'
    }

    It 'keep ids whole' {
        $tables = $samples.CspPartner, $samples.TargetOffer, $samples.SkuTargetOffer | ForEach-Object { $_ | Format-Table | Out-String -Width 80 } | Join-String
        foreach ($id in @($samples.CspPartner.PartnerTenantId) + $samples.TargetOffer.Id + $samples.SkuTargetOffer.OfferId) {
            $tables | Should -Match ([regex]::Escape($id))
        }
    }
}

Describe 'A view' {
    BeforeAll { . $PSScriptRoot/Common.ps1 }

    It 'of readiness tells how many checks only the run can answer' {
        $null = Connect-CspPartner -Sandbox
        $readiness = Get-ExpiringSubscription | Test-SubscriptionMigration
        $readiness.Verdict | Should -Be 'Ready'
        $unknown = @($readiness.Checks | Where-Object Result -EQ 'Unknown').Count
        $unknown | Should -BeGreaterThan 0
        ($readiness | Format-Table | Out-String -Width 80) | Should -Match "Ready .*\r?\n.*\($unknown unknown\)"
        $readiness.PSObject.TypeNames.Insert(0, 'CspMigration.Contracts.MigrationReadiness#Wide')
        ($readiness | Format-Table | Out-String -Width 120) | Should -Match "Ready \($unknown unknown\)"
    }

    It 'of readiness says where the migration is finished' {
        $null = Connect-CspPartner -Sandbox
        $null = Get-ExpiringSubscription | Invoke-SubscriptionMigration -AtTermEnd -Confirm:$false -WarningAction Ignore
        $row = Get-ExpiringSubscription
        ($row | Format-Table | Out-String -Width 80) | Should -Match ' Completed '
        $readiness = $row | Test-SubscriptionMigration
        ($readiness | Format-Table | Out-String -Width 80) | Should -Match "Ready .*\r?\n.*\(migrated\)"
    }

    It 'of a migration names by their ids what the journal has no names of' {
        $server = Start-SandboxServer
        try {
            $null = Connect-CspPartner -Endpoint $server.Endpoint -AccessToken (New-SecretText 'any token') -JournalPath (Join-Path $TestDrive 'first.jsonl')
            $target = Get-ExpiringSubscription | New-TargetSubscription -Confirm:$false
            $null = Connect-CspPartner -Endpoint $server.Endpoint -AccessToken (New-SecretText 'any token') -JournalPath (Join-Path $TestDrive 'second.jsonl')
            $target | Select-Object CustomerId, SourceSubscriptionId, TargetSubscriptionId | Move-UserLicense | Suspend-Subscription -Confirm:$false
            $known = Get-SubscriptionMigration
            $known.CustomerName | Should -BeNullOrEmpty
            foreach ($row in $known, $known.LicenseMove, $known.Suspension) {
                $text = $row | Format-Table | Out-String -Width 120
                $row.PSObject.TypeNames.Insert(0, "$($row.GetType().FullName)#Wide")
                $wide = $row | Format-Table | Out-String -Width 120
                foreach ($lines in $text, $wide) {
                    $lines | Should -Match ([regex]::Escape($target.CustomerId.Substring(0, 13)))
                    $lines | Should -Match ([regex]::Escape($target.SourceSubscriptionId.Substring(0, 13)))
                }
            }
        }
        finally {
            Disconnect-CspPartner
            Stop-SandboxServer $server
        }
    }

    It 'of offers is grouped by commerce and marks add-ons and trials' {
        $null = Connect-CspPartner -Sandbox -Scenario edge-cases
        $text = Get-TargetOffer 'Dynamics 365 Additional Database Storage' | Out-String -Width 80
        @([regex]::Matches($text, '(?m)^   Commerce: (Legacy|NewCommerce)\r?$')).Count | Should -Be 2
        @([regex]::Matches($text, 'Add-on')).Count | Should -Be 2
        Get-TargetOffer -Trial | Out-String -Width 80 | Should -Match ' Trial +\d'
        Get-TargetOffer 'Dynamics 365 Plan' | Out-String -Width 80 | Should -Not -Match 'Add-on|Trial'
    }

    It 'shows moments in local time, and no colors where NO_COLOR is set' {
        $before = $env:TZ, $env:NO_COLOR
        $env:TZ = 'Etc/GMT-9'
        $env:NO_COLOR = '1'
        try {
            $text = Invoke-FreshSession {
                Import-Module $env:CSPMIGRATION_MODULE
                $null = Connect-CspPartner -Sandbox
                $row = Get-ExpiringSubscription
                $row
                $row | Format-List
                $row.CommitmentEndDate.ToString('o')
            }
        }
        finally {
            $env:TZ, $env:NO_COLOR = $before
        }

        $end = [DateTimeOffset]::Parse($text[-1]).ToUniversalTime().AddHours(9).ToString('yyyy-MM-dd HH:mm') + ' +09:00'
        $text | Should -Contain "CommitmentEndDate    : $end"
        $text | Should -Contain 'Customer       Offer                  Seats State         Renewal'
        $text | Should -Not -Match "`e"
    }
}
