BeforeAll {
    . $PSScriptRoot/Common.ps1
}

Describe 'A plan' {
    BeforeAll {
        $server = Start-SandboxServer
        $null = Connect-CspPartner -Endpoint $server.Endpoint -AccessToken (New-SecretText 'any token') -JournalPath (Join-Path $TestDrive 'journal.jsonl')
    }

    AfterAll {
        Disconnect-CspPartner
        Stop-SandboxServer $server
    }

    AfterEach {
        Get-SandboxWriteCount $server | Should -Be 0
    }

    It 'made with -WhatIf on all four passes one planned object through each stage' {
        $suspended = Get-ExpiringSubscription -OutVariable found |
            New-TargetSubscription -WhatIf -OutVariable bought |
            Move-UserLicense -WhatIf -OutVariable moved |
            Suspend-Subscription -WhatIf
        $found.Count | Should -Be 1
        $bought.Count | Should -Be 1
        $moved.Count | Should -Be 1
        @($suspended).Count | Should -Be 1
        $bought[0].IsPlanned, $moved[0].IsPlanned, $suspended.IsPlanned | Should -Be @($true, $true, $true)
        $bought[0].Outcome | Should -Be 'Purchased'
        $bought[0].TargetSubscriptionId | Should -BeNullOrEmpty
        $moved[0].Moved | Should -Be 20
        $moved[0].IsComplete | Should -BeTrue
        $suspended.Outcome | Should -Be 'Suspended'
    }

    It 'made with -WhatIf on New-TargetSubscription alone stays a plan to the end' {
        $suspended = Get-ExpiringSubscription |
            New-TargetSubscription -WhatIf |
            Move-UserLicense -Confirm:$false |
            Suspend-Subscription -Confirm:$false
        @($suspended).Count | Should -Be 1
        $suspended.IsPlanned | Should -BeTrue
    }

    It 'made with $WhatIfPreference is the same' {
        $WhatIfPreference = $true
        $suspended = Get-ExpiringSubscription | New-TargetSubscription | Move-UserLicense | Suspend-Subscription
        $suspended.IsPlanned | Should -BeTrue
    }

    It 'stays a plan when it is saved as <_>' -ForEach 'CSV', 'JSON', 'JSON with names', 'CliXml' {
        $plan = Get-ExpiringSubscription | New-TargetSubscription -WhatIf
        $saved = switch ($_) {
            'CSV' { $plan | ConvertTo-Csv | ConvertFrom-Csv }
            'JSON' { $plan | ConvertTo-Json -Depth 6 | ConvertFrom-Json }
            'JSON with names' { $plan | ConvertTo-Json -Depth 6 -EnumsAsStrings | ConvertFrom-Json }
            'CliXml' { $path = Join-Path $TestDrive 'plan.xml'; $plan | Export-Clixml $path; Import-Clixml $path }
        }
        $moved = $saved | Move-UserLicense -Confirm:$false
        $moved.IsPlanned | Should -BeTrue
        $moved.Moved | Should -Be 20
        $suspended = $moved | ConvertTo-Csv | ConvertFrom-Csv | Suspend-Subscription -Confirm:$false
        $suspended.IsPlanned | Should -BeTrue
    }
}

Describe 'Planned records of several customers' {
    BeforeAll {
        $server = Start-SandboxServer

        function Get-Bought {
            (Get-SandboxState $server).customers | Where-Object { $_.orders.origin -contains 'api' } | ForEach-Object id | Sort-Object
        }
    }

    BeforeEach {
        $null = Reset-Sandbox $server 'scale:customers=3,subscriptions=1,users=1'
        $sources = Get-ExpiringSubscription
        $sources.Count | Should -Be 3
    }

    AfterAll {
        Disconnect-CspPartner
        Stop-SandboxServer $server
    }

    It 'are all plans when they were saved' {
        $saved = $sources | Select-Object PartnerTenantId, CustomerId, SubscriptionId, @{ Name = 'IsPlanned'; Expression = { 'True' } } | ConvertTo-Csv
        $bought = $saved | ConvertFrom-Csv | New-TargetSubscription -Confirm:$false
        $bought.IsPlanned | Should -Be @($true, $true, $true)
        Get-SandboxWriteCount $server | Should -Be 0
    }

    It 'are all plans when they come from a step that only planned' {
        $bought = $sources | Suspend-Subscription -Reason CustomerRequest -WhatIf | New-TargetSubscription -Confirm:$false
        $bought.IsPlanned | Should -Be @($true, $true, $true)
        Get-SandboxWriteCount $server | Should -Be 0
    }

    It 'are plans and the others among them are bought, where <Planned> is planned' -ForEach @(
        @{ Planned = 0 }, @{ Planned = 1 }, @{ Planned = 2 }
    ) {
        $customer = $sources[$Planned].CustomerId
        $bought = $sources | Select-Object CustomerId, SubscriptionId, @{ Name = 'IsPlanned'; Expression = { "$($_.CustomerId -eq $customer)" } } |
            New-TargetSubscription -Confirm:$false
        $expected = @($sources.CustomerId | Where-Object { $_ -ne $customer } | Sort-Object)
        @($bought | Where-Object IsPlanned).CustomerId | Should -Be $customer
        Get-Bought | Should -Be $expected
    }
}

Describe 'A planned record and a real one of one customer' {
    BeforeAll {
        $server = Start-SandboxServer 'scale:customers=1,subscriptions=2,users=1'
        $null = Connect-CspPartner -Endpoint $server.Endpoint -AccessToken (New-SecretText 'any token') -JournalPath (Join-Path $TestDrive 'both.jsonl')
    }

    AfterAll {
        Disconnect-CspPartner
        Stop-SandboxServer $server
    }

    It 'are each what they are' {
        $sources = Get-ExpiringSubscription
        $rows = foreach ($number in 0, 1) {
            [pscustomobject]@{ CustomerId = $sources[$number].CustomerId; SubscriptionId = $sources[$number].SubscriptionId; IsPlanned = "$($number -eq 1)" }
        }
        $bought = $rows | New-TargetSubscription -Confirm:$false
        $bought.SourceSubscriptionId | Should -Be $sources.SubscriptionId
        $bought.IsPlanned | Should -Be @($false, $true)
        @((Get-SandboxState $server).customers.orders | Where-Object origin -EQ 'api').Count | Should -Be 1
    }
}

Describe 'What a plan shows' -ForEach @{
    Lines = @(
        @{ Way = 'with -WhatIf on each'; Line = 'Get-ExpiringSubscription | New-TargetSubscription -WhatIf | Move-UserLicense -WhatIf | Suspend-Subscription -WhatIf' }
        @{ Way = 'with -WhatIf on the first alone'; Line = 'Get-ExpiringSubscription | New-TargetSubscription -WhatIf | Move-UserLicense | Suspend-Subscription' }
        @{ Way = 'with the others to be confirmed'; Line = 'Get-ExpiringSubscription | New-TargetSubscription -WhatIf | Move-UserLicense -Confirm | Suspend-Subscription -Confirm' }
        @{ Way = 'with $WhatIfPreference'; Line = '$WhatIfPreference = $true; Get-ExpiringSubscription | New-TargetSubscription | Move-UserLicense | Suspend-Subscription' }
        @{ Way = 'saved in between'; Line = 'Get-ExpiringSubscription | New-TargetSubscription -WhatIf | ConvertTo-Csv | ConvertFrom-Csv | Move-UserLicense | ConvertTo-Csv | ConvertFrom-Csv | Suspend-Subscription' }
    )
} {
    BeforeAll {
        # In a process of its own, whose screen is what a plan shows.
        $shown = @{}
        $way = $null
        $output = Invoke-FreshSession -Argument ($Lines | ConvertTo-Json -Compress) -Script {
            param($Lines)
            Import-Module $env:CSPMIGRATION_MODULE
            foreach ($case in $Lines | ConvertFrom-Json) {
                $null = Connect-CspPartner -Sandbox
                "#### $($case.Way)"
                $null = & ([scriptblock]::Create($case.Line))
                (Get-ExpiringSubscription).MigrationState
            }
        }
        foreach ($line in $output) {
            if ("$line".StartsWith('#### ')) { $way = "$line".Substring(5); $shown[$way] = @() } else { $shown[$way] += "$line" }
        }
    }

    It 'is a line for each step, <Way>' -ForEach $Lines {
        $shown[$Way].Count | Should -Be 4 -Because ($shown[$Way] -join "`n")
        $shown[$Way][0] | Should -BeLike 'What if: Buy 25 seats of Dynamics 365 Unified Operations Plan, * to replace Dynamics AX Enterprise for Contoso (*).'
        $shown[$Way][1] | Should -BeLike 'What if: Move the licenses of 20 users from Dynamics AX Enterprise to * for Contoso (*).'
        $shown[$Way][2] | Should -BeLike 'What if: Suspend Dynamics AX Enterprise (*), 25 seats for Contoso (*).'
        $shown[$Way][3] | Should -Be 'Discovered'
    }

    It 'is the same where the language of the session is constrained' {
        $shown = Invoke-FreshSession {
            Import-Module $env:CSPMIGRATION_MODULE
            $ExecutionContext.SessionState.LanguageMode = 'ConstrainedLanguage'
            $null = Connect-CspPartner -Sandbox
            $null = Get-ExpiringSubscription | New-TargetSubscription -WhatIf | Move-UserLicense | Suspend-Subscription
        }
        $shown.Count | Should -Be 3 -Because ($shown -join "`n")
        $shown[0] | Should -BeLike 'What if: Buy 25 seats of *'
        $shown[1] | Should -BeLike 'What if: Move the licenses of 20 users from *'
        $shown[2] | Should -BeLike 'What if: Suspend Dynamics AX Enterprise (*), 25 seats for Contoso (*).'
    }
}

Describe 'The day a term shall end' {
    It 'is the day that was written, in <_>' -ForEach 'Etc/GMT-9', 'Etc/GMT+8' {
        $before = $env:TZ
        $env:TZ = $_
        try {
            $shown = Invoke-FreshSession {
                Import-Module $env:CSPMIGRATION_MODULE
                $null = Connect-CspPartner -Sandbox
                $today = [datetime]::UtcNow.Date
                $day = $today.AddDays(1 - $today.Day).AddMonths(4).AddDays(-1).ToString('yyyy-MM-dd')
                $day
                (Get-ExpiringSubscription | New-TargetSubscription -Commerce New -TermEndDate $day -WhatIf).TermEndDate.ToString('o')
                ((Get-ExpiringSubscription | Test-SubscriptionMigration -Commerce New -TermEndDate $day).Checks | Where-Object Rule -EQ 'Term and billing cycle').Message
            }
        }
        finally {
            $env:TZ = $before
        }

        $shown.Count | Should -Be 4 -Because ($shown -join "`n")
        $shown[1] | Should -BeLike "What if: Buy 25 seats of *, term P1Y, ending $($shown[0]), billed monthly, *"
        $shown[2] | Should -Be "$($shown[0])T00:00:00.0000000+00:00"
        $shown[3] | Should -Be "P1Y, ending $($shown[0]), billed monthly."
    }

    It 'is refused before anything is sent where it is <Name>, with <Way>' -ForEach @(
        foreach ($day in @{ Name = 'past'; Day = '2020-01-01' }, @{ Name = 'beyond the term'; Day = [datetime]::UtcNow.AddDays(500).ToString('yyyy-MM-dd') }) {
            @{ Name = $day.Name; Day = $day.Day; Way = '-WhatIf'; Wanted = @{ WhatIf = $true } }
            @{ Name = $day.Name; Day = $day.Day; Way = '-Confirm:$false'; Wanted = @{ Confirm = $false } }
        }
    ) {
        $null = Connect-CspPartner -Sandbox
        $source = Get-ExpiringSubscription
        $source | New-TargetSubscription -Commerce New -TermEndDate $Day @Wanted -ErrorVariable failures -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'CartLineRefused,*'
        $failures[0].Exception.Problem | Should -BeLike "*$Day*"
        $failures[0].ErrorDetails.RecommendedAction | Should -BeLike '*-TermEndDate*'
        $readiness = $source | Test-SubscriptionMigration -Commerce New -TermEndDate $Day
        $readiness.Verdict, $readiness.ErrorId | Should -Be 'Blocked', 'CartLineRefused'
    }
}

Describe 'What a plan foresees' {
    BeforeAll {
        $null = Connect-CspPartner -Sandbox -Scenario edge-cases
    }

    AfterAll {
        Disconnect-CspPartner
    }

    It 'are the users without a usage location, who keep the source active' {
        $suspended = Get-ExpiringSubscription 'No usage location' |
            New-TargetSubscription -WhatIf |
            Move-UserLicense -WhatIf -OutVariable moved |
            Suspend-Subscription -WhatIf -ErrorVariable failures -ErrorAction SilentlyContinue
        $suspended | Should -BeNullOrEmpty
        $moved[0].Moved, $moved[0].Remaining, $moved[0].IsComplete | Should -Be @(4, 2, $false)
        @($moved[0].Users | Where-Object Outcome -EQ 'NoUsageLocation').Count | Should -Be 2
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'HoldersRemain,*'
        $failures[0].Exception.Problem | Should -Match '^2 users still depend on .*: 2 have no usage location \(elif\.abel@'
    }

    It 'is that they are moved where they are given one' {
        $suspended = Get-ExpiringSubscription 'No usage location' | New-TargetSubscription -WhatIf | Move-UserLicense -UsageLocation Customer -WhatIf | Suspend-Subscription -WhatIf
        $suspended.Outcome | Should -Be 'Suspended'
    }

    It 'is the add-on that keeps its base active' {
        Get-ExpiringSubscription 'Add-on that stays active' | New-TargetSubscription -WhatIf | Move-UserLicense -WhatIf |
            Suspend-Subscription -WhatIf -ErrorVariable failures -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'AddOnStillActive,*'
    }

    It 'is that an add-on goes before its base in the same line' {
        $suspended = Get-ExpiringSubscription 'Add-on contained in the plan' | New-TargetSubscription -WhatIf | Move-UserLicense -WhatIf | Suspend-Subscription -WhatIf
        $suspended.Outcome | Should -Be @('Suspended', 'Suspended')
    }

    It 'is that an add-on of real moves goes before its base too' {
        $moved = Get-ExpiringSubscription 'Add-on contained in the plan' | New-TargetSubscription -Confirm:$false | Move-UserLicense -Confirm:$false
        ($moved | Suspend-Subscription -WhatIf).Outcome | Should -Be @('Suspended', 'Suspended')
    }
}

Describe 'A No' {
    It 'emits nothing and sends nothing' {
        $script = Join-Path $TestDrive 'answer.ps1'
        @'
Import-Module $env:CSPMIGRATION_MODULE
$null = Connect-CspPartner -Sandbox
$source = Get-ExpiringSubscription
$bought = @($source | New-TargetSubscription -Verbose 4>&1)
'bought: ' + @($bought | Where-Object { $_ -is [CspMigration.Contracts.TargetSubscription] }).Count
'declined: ' + @($bought | Where-Object { $_ -like 'Declined*' }).Count
'state: ' + (Get-ExpiringSubscription).MigrationState
'@ | Set-Content $script
        $output = 'N' | Invoke-Pwsh -File $script
        $output | Should -Contain 'bought: 0'
        $output | Should -Contain 'declined: 1'
        $output | Should -Contain 'state: Discovered'
    }
}

Describe 'Where no prompt can be shown' {
    BeforeAll {
        $null = Connect-CspPartner -Sandbox
    }

    It 'New-TargetSubscription ends with ConfirmationNeeded before anything is bought' {
        { Get-ExpiringSubscription | New-TargetSubscription } |
            Should -Throw -ErrorId 'ConfirmationNeeded,CspMigration.PowerShell.Commands.NewTargetSubscriptionCommand'
        (Get-ExpiringSubscription).MigrationState | Should -Be 'Discovered'
    }

    It 'names the switch that helps' {
        $failure = try { Get-ExpiringSubscription | New-TargetSubscription } catch { $_ }
        $failure.ErrorDetails.RecommendedAction | Should -BeLike '*-Confirm:$false*'
    }

    It 'is the same at the end of the console''s input' {
        $script = Join-Path $TestDrive 'silent.ps1'
        @'
Import-Module $env:CSPMIGRATION_MODULE
$null = Connect-CspPartner -Sandbox
try { Get-ExpiringSubscription | New-TargetSubscription } catch { "id: $($_.FullyQualifiedErrorId)" }
'@ | Set-Content $script
        $output = @() | Invoke-Pwsh -File $script
        $output[-1] | Should -BeLike '*id: ConfirmationNeeded,CspMigration.PowerShell.Commands.NewTargetSubscriptionCommand'
    }
}

Describe 'The license of a group' {
    BeforeAll {
        $null = Connect-CspPartner -Sandbox -Scenario edge-cases
        $source = Get-ExpiringSubscription 'Held by a group alone'
    }

    It 'is shown in a plan with the number of members' {
        $script = Join-Path $TestDrive 'group.ps1'
        @'
Import-Module $env:CSPMIGRATION_MODULE
$null = Connect-CspPartner -Sandbox -Scenario edge-cases
(Get-ExpiringSubscription 'Held by a group alone' | New-TargetSubscription -WhatIf | Move-UserLicense -GroupLicense Switch).Moved
'@ | Set-Content $script
        $output = Invoke-Pwsh -File $script
        "$output" | Should -BeLike '*What if*group Sales*6 members*'
        $output[-1] | Should -Be 6
    }

    It 'is prompted for although Move-UserLicense prompts for nothing else, and is not switched where no prompt can be shown' {
        $bought = $source | New-TargetSubscription -Confirm:$false
        { $bought | Move-UserLicense -GroupLicense Switch } |
            Should -Throw -ErrorId 'ConfirmationNeeded,CspMigration.PowerShell.Commands.MoveUserLicenseCommand'
        ($bought | Move-UserLicense).Moved | Should -Be 0
        ($bought | Move-UserLicense -GroupLicense Switch -Confirm:$false).Moved | Should -Be 6
    }
}
