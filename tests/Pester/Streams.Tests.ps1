BeforeAll {
    . $PSScriptRoot/Common.ps1
    $token = 'tok-55c0-never-to-be-seen'
    $server = Start-SandboxServer -Scenario edge-cases -Argument '--provisioning-delay', '0' -Unshared
    $PSDefaultParameterValues = @{}
    foreach ($command in 'New-TargetSubscription', 'Move-UserLicense', 'Suspend-Subscription', 'Resume-Subscription', 'Undo-SubscriptionMigration') {
        $PSDefaultParameterValues["${command}:Confirm"] = $false
    }

    # The lines of one stream.
    function Get-Line {
        param([scriptblock] $Command, [type] $Kind = [Management.Automation.VerboseRecord])

        @(& $Command *>&1 | Where-Object { $_ -is $Kind } | ForEach-Object Message)
    }

    # Runs a line in a runspace of its own and gives what came in its streams.
    function Get-Progress {
        param([string] $Text, [uri] $Endpoint = $server.Endpoint, [string] $Preference = 'Continue')

        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript({
                    param($Module, $Endpoint, $Token, $Journal, $Text, $Preference)
                    Import-Module $Module
                    $ProgressPreference = $Preference
                    $null = Connect-CspPartner -Endpoint $Endpoint -AccessToken $Token -JournalPath $Journal
                    & ([scriptblock]::Create($Text))
                }).AddParameters(@($env:CSPMIGRATION_MODULE, $Endpoint, (New-SecretText 'any'), (Join-Path $TestDrive "$([guid]::NewGuid()).jsonl"), $Text, $Preference))
            try { $null = $shell.Invoke() } catch { $null = $_ }
            @($shell.Streams.Progress | Where-Object Activity -NE 'Preparing modules for first use.')
        }
        finally {
            $shell.Dispose()
        }
    }
}

AfterAll {
    Disconnect-CspPartner
    Stop-SandboxServer $server
}

Describe '-Verbose' {
    BeforeAll {
        $null = Reset-Sandbox $server edge-cases @{ SkuMapPath = "$PSScriptRoot/../EdgeCases.SkuMap.json" }
    }

    It 'tells the target and why, the way and the seats, of <Customer>' -ForEach @(
        @{ Customer = 'Limited offer with free seats'; Pattern = 'Nothing to buy, Dynamics 365 Team Members .* is there' }
        @{ Customer = 'Limited offer with too few seats'; Pattern = 'Raise Dynamics 365 Team Members .* from 6 to 15 seats' }
        @{ Customer = 'Limited offer suspended'; Pattern = 'Reactivate Dynamics 365 Team Members .* with 10 seats' }
        @{ Customer = 'Paid for the year'; Pattern = 'Buy 10 seats of Dynamics 365 Team Members.*, term P1Y, billed annual' }
    ) {
        $source = Get-ExpiringSubscription $Customer
        $lines = Get-Line { $source | New-TargetSubscription -WhatIf -Verbose }
        ($lines -match $Pattern).Count | Should -BeGreaterThan 0 -Because ($lines -join "`n")
        ($lines -match [regex]::Escape($Customer)).Count | Should -BeGreaterThan 0
        ($lines -match ': Target: Dynamics 365 Team Members, the map''s default for ').Count | Should -Be 1 -Because ($lines -join "`n")
        ($lines -match ': Seats: 10 seats, as the source has').Count | Should -Be 1 -Because ($lines -join "`n")
    }

    It 'tells that what an earlier run bought is used again' {
        $source = Get-ExpiringSubscription 'Order refused'
        $null = $source | New-TargetSubscription
        $lines = Get-Line { $source | New-TargetSubscription -Verbose }
        ($lines -match 'earlier run|resume').Count | Should -BeGreaterThan 0 -Because ($lines -join "`n")
    }

    It 'tells that a legacy order was refused and new commerce is tried' {
        $source = Get-ExpiringSubscription 'Order refers to products'
        $lines = Get-Line { $source | New-TargetSubscription -Verbose }
        ($lines -match 'no longer accepts a legacy order').Count | Should -Be 1 -Because ($lines -join "`n")
    }

    It 'tells of each user what became of the license, and of each subscription its end' {
        $bought = Get-ExpiringSubscription 'Plans matched by name' | New-TargetSubscription
        $moves = Get-Line { $bought | Move-UserLicense -Verbose -OutVariable script:moved }
        ($moves -match ': Moved\.').Count | Should -Be 6 -Because ($moves -join "`n")
        ($moves -match 'has no .* to keep switched off').Count | Should -BeGreaterThan 0
        ($moves -match '6 of 6 users move').Count | Should -Be 1
        $ends = Get-Line { $moved | Where-Object { $_ -is [CspMigration.Contracts.LicenseMove] } | Suspend-Subscription -Verbose }
        ($ends -match 'Suspended: ').Count | Should -BeGreaterThan 0 -Because ($ends -join "`n")
    }

    It 'tells why a new-commerce subscription is not suspended' {
        $moved = Get-ExpiringSubscription 'New commerce source' | New-TargetSubscription | Move-UserLicense
        $lines = Get-Line { $moved | Suspend-Subscription -Verbose -WarningAction SilentlyContinue }
        ($lines -match 'EndsWithTerm: .+').Count | Should -BeGreaterThan 0 -Because ($lines -join "`n")
    }
}

Describe '-Verbose of a search' {
    It 'tells of each customer how many were found, and why the others were not' {
        $null = Reset-Sandbox $server edge-cases
        $rows = Get-ExpiringSubscription -ExcludeCustomer 'Order refused' -ErrorAction SilentlyContinue
        $lines = Get-Line { Get-ExpiringSubscription -ExcludeCustomer 'Order refused' -Verbose -ErrorAction SilentlyContinue }
        $customers = (Get-SandboxState $server).customers | Where-Object relationshipToPartner -EQ 'reseller' | ForEach-Object companyName
        foreach ($name in $customers | Where-Object { $_ -notin 'Order refused', 'Not a customer yet' }) {
            @($lines -match "^$([regex]::Escape($name)): \d+ of \d+ subscriptions found").Count | Should -Be 1 -Because $name
        }

        $lines | Should -Contain 'Order refused is excluded.'
        $lines | Should -Contain 'Paid for the year: 1 of 1 subscription found.'
        $lines | Should -Contain 'Limited offer suspended: 1 of 2 subscriptions found; left out: 1 not active.'
        $lines | Should -Contain 'Limited offer with free seats: 1 of 2 subscriptions found; left out: 1 ending later.'
        $lines | Should -Contain 'Trial that converts: 0 of 1 subscription found; left out: 1 on trial.'
        $lines[-1] | Should -BeLike "In all, $(@($rows).Count) subscriptions found at * customers, with an end of term by ????-??-??; left out: * not active*on trial*. Not looked at: 1 customer without*"
        $counts = $lines | ForEach-Object { if ($_ -match ': (\d+) of') { [int]$Matches[1] } }
        ($counts | Measure-Object -Sum).Sum | Should -Be @($rows).Count
    }

    It 'names what the product leaves out' {
        $null = Reset-Sandbox $server contoso
        Get-Line { Get-ExpiringSubscription -Product 'CRM Online*' -Verbose } | Should -Contain 'Contoso: 0 of 1 subscription found; left out: 1 of another product.'
    }
}

Describe 'Verbose lines' {
    It 'speak of customers, offers and users by their names' {
        $null = Reset-Sandbox $server contoso
        $found = Get-ExpiringSubscription
        $lines = Get-Line { $found | New-TargetSubscription | Move-UserLicense -Verbose | Out-Null }
        @($lines -match '^Contoso, Dynamics AX Enterprise: 20 of 20 users move to Dynamics 365 Unified Operations Plan; 0 units stay\.$').Count | Should -Be 1 -Because ($lines -join "`n")
        @($lines -match '^Contoso, ada.abel@contoso.onmicrosoft.com: Moved\.').Count | Should -Be 1
    }
}

Describe '-Debug' {
    It 'tells each call with method, path, status, time and request id, and not the token' {
        $null = Reset-Sandbox $server contoso -Token $token
        $all = Get-Line { Get-ExpiringSubscription -Debug } ([Management.Automation.DebugRecord])
        $calls = @($all -match ' in \d+ ms ')
        $calls.Count | Should -BeGreaterThan 1
        foreach ($call in $calls) {
            $call | Should -Match '^(GET|POST|PUT|PATCH|DELETE) \S+ 200 in \d+ ms \(request [0-9a-f-]{36}, correlation [0-9a-f-]{36}\)$'
        }

        $all -join "`n" | Should -Not -Match $token
    }

    It 'tells as many calls as the service counts' {
        $null = Reset-Sandbox $server contoso
        $before = (Get-SandboxRequest $server).total
        $calls = Get-Line { Get-ExpiringSubscription -Debug | Suspend-Subscription -Reason CustomerRequest -Debug | Resume-Subscription -Debug } ([Management.Automation.DebugRecord])
        $after = (Get-SandboxRequest $server).total
        @($calls -match ' in \d+ ms ').Count | Should -Be ($after - $before)
    }

    It 'tells the decisions too, and does not stop to ask at each of them' {
        $null = Reset-Sandbox $server contoso
        $lines = Get-Line { Get-ExpiringSubscription | New-TargetSubscription -Debug } ([Management.Automation.DebugRecord])
        ($lines -match 'Buy 25 seats').Count | Should -Be 1 -Because ($lines -join "`n")
        Get-Line { Get-ExpiringSubscription | New-TargetSubscription -Debug } | Should -BeNullOrEmpty
        Get-Line { Get-ExpiringSubscription | New-TargetSubscription -Debug -Verbose } | Should -Not -BeNullOrEmpty
    }

    It 'warns, and does not end where no prompt can be shown whether to go on' {
        $null = Reset-Sandbox $server edge-cases
        $moved = Get-ExpiringSubscription 'Paid for the year' | New-TargetSubscription | Move-UserLicense
        $ended = $moved | Suspend-Subscription -Debug -WarningVariable warnings 3>$null 5>$null
        $ended.Outcome | Should -Be 'Suspended'
        "$warnings" | Should -Match 'nothing is refunded'
    }

    It 'asks nothing and says nothing where it is not wanted' {
        $null = Reset-Sandbox $server contoso
        Get-Line { Get-ExpiringSubscription } ([Management.Automation.DebugRecord]) | Should -BeNullOrEmpty
        Get-Line { Get-ExpiringSubscription } | Should -BeNullOrEmpty
    }
}

Describe 'Nothing is printed that is not in a stream' {
    It 'the output of each command is objects of the module' {
        $null = Reset-Sandbox $server contoso
        $out = Get-ExpiringSubscription | New-TargetSubscription | Move-UserLicense | Suspend-Subscription *>&1
        @($out).Count | Should -Be 1
        $out | Should -BeOfType ([CspMigration.Contracts.SuspendedSubscription])
    }
}

Describe 'Progress' {
    BeforeAll {
        $slow = Start-SandboxServer -Scenario 'scale:customers=40,subscriptions=1,users=3' -Argument '--latency', '50', '--provisioning-delay', '0'
    }

    AfterAll {
        Stop-SandboxServer $slow
    }

    It 'is one bar for each command, with counts, and taken away at the end' {
        $records = Get-Progress 'Get-ExpiringSubscription | Select-Object -First 6 | New-TargetSubscription -Confirm:$false | Move-UserLicense -Confirm:$false' $slow.Endpoint
        $records.Activity | Select-Object -Unique | ForEach-Object { $_ | Should -BeIn 'Get-ExpiringSubscription', 'New-TargetSubscription', 'Move-UserLicense' }
        foreach ($bar in $records | Group-Object Activity) {
            @($bar.Group.ActivityId | Select-Object -Unique).Count | Should -Be 1
            $bar.Group[-1].RecordType | Should -Be 'Completed' -Because $bar.Name
        }

        ($records.StatusDescription -match '^Reading licenses: \d+').Count | Should -BeGreaterThan 0 -Because ($records.StatusDescription -join "`n")
        ($records.StatusDescription -match '^Looking for expiring subscriptions: \d+').Count | Should -BeGreaterThan 0
    }

    It 'says which customer is bought for, and which one''s subscription is suspended, before the first result' {
        $records = Get-Progress 'Get-ExpiringSubscription | Select-Object -First 3 | New-TargetSubscription -Confirm:$false | Move-UserLicense -Confirm:$false | Suspend-Subscription -Confirm:$false' $slow.Endpoint
        ($records | Where-Object Activity -EQ 'New-TargetSubscription').StatusDescription[0] | Should -Match '^Processing customers: 1; Customer \d+$'
        ($records | Where-Object Activity -EQ 'Suspend-Subscription').StatusDescription[0] | Should -Match '^Processing subscriptions: 1; Customer \d+$'
    }

    It 'counts over all customers: it never goes back' {
        $records = Get-Progress '$bought = Get-ExpiringSubscription | Select-Object -First 20 | New-TargetSubscription -Confirm:$false; $bought | Move-UserLicense -Confirm:$false -ThrottleLimit 1' $slow.Endpoint
        # Which stage an update falls into is a matter of time: each stage's own counts only grow.
        $stages = $records.StatusDescription | Where-Object { $_ -match '^(Reading|Moving) licenses: (\d+)' } | Group-Object { ($_ -split ':')[0] }
        $stages | Should -Not -BeNullOrEmpty
        foreach ($stage in $stages) {
            $done = @($stage.Group | ForEach-Object { [int]($_ -replace '^\w+ licenses: (\d+).*', '$1') })
            $done | Should -Be @($done | Sort-Object)
        }
    }

    It 'is taken away where the command ends with <Name>' -ForEach @(
        @{ Name = 'an error'; Text = 'Get-ExpiringSubscription -ErrorAction Stop' }
        @{ Name = 'an error downstream'; Text = 'Get-ExpiringSubscription | ForEach-Object -Begin { $seen = 0 } { if (++$seen -gt 20) { throw "enough" } }' }
        @{ Name = 'a downstream that has enough'; Text = 'Get-ExpiringSubscription | Select-Object -First 20' }
    ) {
        $fault = if ($Name -eq 'an error') { , @{ method = 'GET'; route = '/v1/customers/{customerId}/subscriptions'; skip = 30; times = 1000; action = 'status:400' } } else { , @() }
        Invoke-SandboxControl $slow 'faults' @($fault)
        $records = Get-Progress $Text $slow.Endpoint
        Invoke-SandboxControl $slow 'faults' @()
        $records[-1].RecordType | Should -Be 'Completed'
    }

    It 'tells what is waited for' {
        $null = Reset-Sandbox $server contoso
        $fault = @{ method = 'GET'; route = '/v1/customers/{customerId}/subscriptions'; skip = 0; times = 1; action = 'status:429;retry-after=1' }
        Invoke-SandboxControl $server 'faults' @($fault)
        $records = Get-Progress 'Get-ExpiringSubscription'
        ($records.StatusDescription -match '^throttled, waiting 1 s$').Count | Should -BeGreaterThan 0 -Because ($records.StatusDescription -join "`n")
        $records[-1].RecordType | Should -Be 'Completed'
    }

    It 'is not there with $ProgressPreference SilentlyContinue' {
        Get-Progress -Text 'Get-ExpiringSubscription' -Endpoint $slow.Endpoint -Preference 'SilentlyContinue' | Should -BeNullOrEmpty
    }
}

Describe 'A warning that holds for many customers' {
    BeforeAll {
        $null = Reset-Sandbox $server 'scale:customers=3,users=2'
        $found = Get-ExpiringSubscription
    }

    It 'is given once a command, by <_>' -ForEach 'New-TargetSubscription', 'Invoke-SubscriptionMigration' {
        $planned = $found | & $_ -Target 'Dynamics 365 Sales' -WhatIf -WarningVariable warnings -WarningAction SilentlyContinue
        @($planned.CustomerId | Select-Object -Unique).Count | Should -Be 3
        @($warnings -like 'Dynamics 365 Sales, as asked for. The map names others for Dynamics AX Task / Self Serve: *').Count | Should -Be 1
    }
}
