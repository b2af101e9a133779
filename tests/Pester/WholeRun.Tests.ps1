BeforeAll {
    . $PSScriptRoot/Common.ps1

    function Connect-Server {
        param($Server, [string] $Journal = 'journal.jsonl')

        $path = Join-Path $TestDrive "$([guid]::NewGuid())-$Journal"
        Connect-CspPartner -Endpoint $Server.Endpoint -AccessToken (New-SecretText 'any token') -JournalPath $path
    }

    # What is true, in words that do not depend on the ids a run was given.
    function Get-ComparableState {
        param($Server)

        foreach ($customer in (Get-SandboxState $Server).customers | Sort-Object companyName) {
            $customer.companyName
            $customer.subscriptions | ForEach-Object { "$($_.offerId) $($_.quantity) $($_.status) $($_.autoRenewEnabled) $($_.friendlyName)" } | Sort-Object
            $customer.users | ForEach-Object {
                "$($_.userPrincipalName) $(($_.licenses | Sort-Object skuId | ForEach-Object { "$($_.skuId) without $($_.disabledPlans | Sort-Object)" }) -join ', ')"
            } | Sort-Object
            @($customer.orders | Where-Object origin -EQ 'api').Count
        }
    }
}

Describe 'Invoke-SubscriptionMigration' {
    BeforeEach {
        $server = Start-SandboxServer
        $null = Connect-Server $server
    }

    AfterEach {
        Disconnect-CspPartner
        Stop-SandboxServer $server
    }

    It 'leaves what the four commands leave' {
        $other = Start-SandboxServer
        $partner = Connect-Server $other
        Get-ExpiringSubscription | New-TargetSubscription -Confirm:$false | Move-UserLicense -Confirm:$false | Suspend-Subscription -Confirm:$false
        Disconnect-CspPartner
        $expected = Get-ComparableState $other
        Stop-SandboxServer $other
        $null = Connect-Server $server

        $done = Invoke-SubscriptionMigration -Confirm:$false

        $partner | Should -Not -BeNullOrEmpty
        @($done).Count | Should -Be 1
        $done.State | Should -Be 'Completed'
        Get-ComparableState $server | Should -Be $expected
        @((Get-SandboxState $server).violations).Count | Should -Be 0
    }

    It 'shows the plan with -WhatIf and sends nothing' {
        $plan = Invoke-SubscriptionMigration -WhatIf
        $plan.IsPlanned, $plan.Target.Quantity, $plan.LicenseMove.Moved, $plan.Suspension.Outcome | Should -Be @($true, 25, 20, 'Suspended')
        Get-SandboxWriteCount $server | Should -Be 0
    }

    It 'refuses what is over -<Limit> before the first purchase' -ForEach @{ Limit = 'MaximumSeats'; Value = 24 }, @{ Limit = 'MaximumPurchases'; Value = 0 } {
        $given = @{ $Limit = $Value }
        $report = Join-Path $TestDrive "$Limit.html"
        $failure = { Invoke-SubscriptionMigration @given -Confirm:$false | Export-SubscriptionMigrationReport $report } | Should -Throw -ErrorId 'RunLimitExceeded,*' -PassThru
        $failure.Exception.Problem | Should -BeLike '*Nothing was bought or changed*no report is written.'
        Test-Path $report | Should -BeFalse
        Get-SandboxWriteCount $server | Should -Be 0

        # The limit it names is enough.
        $failure.ErrorDetails.RecommendedAction -match ": -$Limit (\d+)$" | Should -BeTrue
        $given = @{ $Limit = $Matches[1] }
        (Invoke-SubscriptionMigration @given -WhatIf).State | Should -Be 'Completed'
    }

    It 'ends where no prompt can be shown' {
        { Invoke-SubscriptionMigration } | Should -Throw -ErrorId 'ConfirmationNeeded,*'
        Get-SandboxWriteCount $server | Should -Be 0
    }

    It 'stops after a step and goes on with the same line' {
        (Invoke-SubscriptionMigration -StopAfter Purchase -Confirm:$false).State | Should -Be 'Purchased'
        (Invoke-SubscriptionMigration -StopAfter Licenses -Confirm:$false).State | Should -Be 'LicensesMoved'
        (Invoke-SubscriptionMigration -Confirm:$false).State | Should -Be 'Completed'
        Invoke-SubscriptionMigration -Confirm:$false | Should -BeNullOrEmpty
    }

    It 'takes sources from the pipeline, each once' {
        $source = Get-ExpiringSubscription
        $done = $source, $source | Invoke-SubscriptionMigration -Confirm:$false
        @($done).Count | Should -Be 1
        $done.SourceSubscriptionId | Should -Be $source.SubscriptionId
    }

    It 'takes saved sources by their ids' {
        $saved = Get-ExpiringSubscription | ConvertTo-Csv | ConvertFrom-Csv
        $done = $saved | Invoke-SubscriptionMigration -Confirm:$false
        $done.State | Should -Be 'Completed'
        $writes = Get-SandboxWriteCount $server
        $again = $saved | Invoke-SubscriptionMigration -Confirm:$false -ErrorAction Stop
        $again.State, $again.TargetSubscriptionId, $again.FinishedOn | Should -Be @('Completed', $done.TargetSubscriptionId, (Get-SubscriptionMigration).FinishedOn)
        Get-SandboxWriteCount $server | Should -Be $writes
    }

    It 'does not say that a source is completed whose users were never moved' {
        $source = Get-ExpiringSubscription
        $null = $source | New-TargetSubscription -Confirm:$false
        $null = Suspend-Subscription -CustomerId $source.CustomerId -SubscriptionId $source.SubscriptionId -Reason NonPayment -Confirm:$false
        Invoke-SubscriptionMigration -Confirm:$false -WarningVariable warnings -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        "$warnings" | Should -BeLike '*The journal has one migration, which is not completed; Get-SubscriptionMigration shows it.*'
        (Get-SubscriptionMigration -Refresh).State | Should -Be 'Purchased'
    }

    It 'says in a warning when nothing is left to migrate, and how many migrations are completed' {
        $null = Invoke-SubscriptionMigration -Confirm:$false -WarningVariable warnings
        $warnings | Should -BeNullOrEmpty
        $writes = Get-SandboxWriteCount $server
        Invoke-SubscriptionMigration -Confirm:$false -WarningVariable warnings 3>$null | Should -BeNullOrEmpty
        "$warnings" | Should -BeLike 'Nothing to migrate: no subscription was found that expires. The journal has one migration, which is completed; Get-SubscriptionMigration shows it.'
        Get-SandboxWriteCount $server | Should -Be $writes
    }

    It 'says so too where nothing comes from the pipeline, and looks for nothing itself' {
        Get-ExpiringSubscription -Within 1 | Invoke-SubscriptionMigration -Confirm:$false -WarningVariable warnings 3>$null | Should -BeNullOrEmpty
        "$warnings" | Should -BeLike 'Nothing to migrate: no subscription came from the pipeline. Get-ExpiringSubscription -Verbose*'
    }

    It 'says in a warning when there was nothing to migrate, and not where a customer could not be read' {
        Invoke-SubscriptionMigration -Within 1 -WarningVariable warnings 3>$null | Should -BeNullOrEmpty
        "$warnings" | Should -BeLike 'Nothing to migrate*'
        Invoke-SubscriptionMigration -CustomerId nobody -WarningVariable warnings -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $warnings | Should -BeNullOrEmpty
    }

    It 'is written down as completed by <By> where the source is suspended and <What>' -ForEach @(
        @{ What = 'the run was cut off right then'; By = 'the same command'; Missing = 1 }
        @{ What = 'not by this module'; By = 'the command of that warning'; Missing = 2 }
    ) {
        $path = (Get-CspPartner).JournalPath
        $null = Invoke-SubscriptionMigration -Confirm:$false
        Disconnect-CspPartner
        $lines = Get-Content $path
        $lines[-1] | Should -BeLike '*"kind":"statusSettled"*'
        [IO.File]::WriteAllText($path, (($lines | Select-Object -SkipLast $Missing) -join "`n") + "`n")
        $null = Connect-CspPartner -Endpoint $server.Endpoint -AccessToken (New-SecretText 'any token') -JournalPath $path
        (Get-SubscriptionMigration).State | Should -Be 'Purchased'
        $writes = Get-SandboxWriteCount $server

        $done = Invoke-SubscriptionMigration -Confirm:$false -WarningVariable warnings -WarningAction SilentlyContinue
        if ($Missing -eq 2) {
            $done | Should -BeNullOrEmpty
            $done = & ([scriptblock]::Create("$(("$warnings" -split 'To finish what is not completed: ')[1]) -Confirm:`$false"))
        }

        $done.State, (Get-SubscriptionMigration).State, (Get-SubscriptionMigration).ErrorId | Should -Be @('Completed', 'Completed', $null)
        Get-SandboxWriteCount $server | Should -Be $writes
    }

    It 'gives nothing for an empty pipeline' {
        @() | Invoke-SubscriptionMigration -Confirm:$false | Should -BeNullOrEmpty
        Get-SandboxWriteCount $server | Should -Be 0
    }

    It 'refuses a source of another partner' {
        $saved = Get-ExpiringSubscription | Select-Object CustomerId, SubscriptionId, @{ Name = 'PartnerTenantId'; Expression = { [guid]::NewGuid() } }
        $saved | Invoke-SubscriptionMigration -Confirm:$false -ErrorVariable refused -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $refused[0].FullyQualifiedErrorId | Should -BeLike 'WrongPartner,*'
    }

    It 'can be undone from what it gave' {
        $undone = Invoke-SubscriptionMigration -Confirm:$false | Undo-SubscriptionMigration -Confirm:$false
        $undone.State | Should -Be 'RolledBack'
        (Get-SubscriptionMigration).State | Should -Be 'RolledBack'
        @((Get-SandboxState $server).violations).Count | Should -Be 0
    }
}

Describe 'A run over many customers' {
    It 'reports each failure with its source and finishes the others' {
        $null = Connect-CspPartner -Sandbox -Scenario 'edge-cases'
        $done = Invoke-SubscriptionMigration -CustomerId 'More users than seats', 'One SKU twice and both expiring' -Confirm:$false -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed.Count | Should -Be 1
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'TooFewSeats,*'
        $failed[0].TargetObject.CustomerName | Should -Be 'More users than seats'
        ($done | Group-Object State -NoElement | Sort-Object Name | ForEach-Object { "$($_.Name) $($_.Count)" }) | Should -Be @('Blocked 1', 'Completed 2')
    }

    It 'that is stopped leaves nothing that the same line does not finish' {
        $server = Start-SandboxServer 'scale:customers=8,subscriptions=2,users=6' '--latency', '30'
        $journal = Join-Path $TestDrive 'stopped.jsonl'
        $connect = { Connect-CspPartner -Endpoint $server.Endpoint -AccessToken (New-SecretText 'any token') -JournalPath $journal }
        $shell = [powershell]::Create()
        $null = $shell.AddScript({
                param($module, $endpoint, $token, $journal)
                Import-Module $module
                $null = Connect-CspPartner -Endpoint $endpoint -AccessToken $token -JournalPath $journal
                try { Invoke-SubscriptionMigration -Confirm:$false -ThrottleLimit 2 } finally { Disconnect-CspPartner }
            }).AddArgument($env:CSPMIGRATION_MODULE).AddArgument($server.Endpoint).AddArgument((New-SecretText 'any token')).AddArgument($journal)
        $null = $shell.BeginInvoke()
        while ((Get-SandboxWriteCount $server) -lt 10) { Start-Sleep -Milliseconds 20 }
        $shell.Stop()
        $shell.Dispose()

        $null = & $connect
        $done = Invoke-SubscriptionMigration -Confirm:$false
        $all = Get-SubscriptionMigration
        Disconnect-CspPartner
        $state = Get-SandboxState $server
        Stop-SandboxServer $server

        $done.State | Sort-Object -Unique | Should -Be 'Completed'
        @($all).Count | Should -Be 16
        $all.State | Sort-Object -Unique | Should -Be 'Completed'
        @($state.customers.orders | Where-Object origin -EQ 'api').Count | Should -Be 16
        @($state.violations).Count | Should -Be 0
    }
}

Describe 'Get-SubscriptionMigration' {
    BeforeAll {
        foreach ($number in 1, 2) {
            $null = Connect-CspPartner -Sandbox -Scenario 'scale:customers=2,subscriptions=1,users=2' -JournalPath (Join-Path $TestDrive "shard-$number.jsonl")
            $null = Invoke-SubscriptionMigration -CustomerId "Customer 00000$number" -Confirm:$false
        }

        Disconnect-CspPartner
    }

    It 'reads the journals of several shards without a connection' {
        $all = Get-SubscriptionMigration -JournalPath (Join-Path $TestDrive 'shard-*.jsonl')
        $all.CustomerName | Sort-Object | Should -Be @('Customer 000001', 'Customer 000002')
        Get-SubscriptionMigration -JournalPath (Join-Path $TestDrive 'shard-1.jsonl'), (Join-Path $TestDrive 'shard-2.jsonl') | Should -HaveCount 2
    }

    It 'chooses by customer and state' {
        $path = Join-Path $TestDrive 'shard-*.jsonl'
        (Get-SubscriptionMigration '*2' -JournalPath $path).CustomerName | Should -Be 'Customer 000002'
        Get-SubscriptionMigration -State Completed -JournalPath $path | Should -HaveCount 2
        Get-SubscriptionMigration -State Failed, Blocked -JournalPath $path | Should -BeNullOrEmpty
    }

    It 'says which journal is not there' {
        Get-SubscriptionMigration -JournalPath (Join-Path $TestDrive 'none.jsonl') -ErrorVariable missing -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $missing[0].FullyQualifiedErrorId | Should -BeLike 'PathNotFound,*'
    }

    It 'says that a file may be none where its first line is not one of a journal''s' {
        $report = Join-Path $TestDrive 'report.csv'
        Get-SubscriptionMigration -JournalPath (Join-Path $TestDrive 'shard-1.jsonl') | Export-Csv $report
        Get-SubscriptionMigration -JournalPath $report -ErrorVariable failure -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'JournalDamaged,*'
        $failure[0].Exception.Problem | Should -BeLike 'Line 1 of the journal * cannot be read. If it is another file, such as a report or a CSV, *'
    }

    It 'needs a connection where it has to ask the service' {
        { Get-SubscriptionMigration } | Should -Throw -ErrorId 'NotConnected,*'
        { Get-SubscriptionMigration -JournalPath (Join-Path $TestDrive 'shard-1.jsonl') -Refresh } | Should -Throw -ErrorId 'NotConnected,*'
    }

    It 'asks the service on request' {
        $null = Connect-CspPartner -Sandbox
        $null = Invoke-SubscriptionMigration -StopAfter Licenses -Confirm:$false
        (Get-SubscriptionMigration).State | Should -Be 'Purchased'
        (Get-SubscriptionMigration -Refresh).State | Should -Be 'LicensesMoved'
        Get-SubscriptionMigration -Refresh -State Completed | Should -BeNullOrEmpty
    }
}

Describe 'Users who were not moved' {
    BeforeAll {
        $journal = Join-Path $TestDrive 'not-moved.jsonl'
        $null = Connect-CspPartner -Sandbox -Scenario edge-cases -JournalPath $journal
        $null = Get-ExpiringSubscription 'No usage location' |
            New-TargetSubscription -Confirm:$false |
            Move-UserLicense -OutVariable moved |
            Suspend-Subscription -Confirm:$false -ErrorVariable failures -ErrorAction SilentlyContinue
        $left = $moved.Users | Where-Object Outcome -NE Moved
    }

    AfterAll { Disconnect-CspPartner }

    It 'are in the journal as the command told them, and in the same session with their names' {
        foreach ($known in (Get-SubscriptionMigration), (Get-SubscriptionMigration -Refresh)) {
            $users = $known.LicenseMove.Users | Where-Object Outcome -NE Moved | Sort-Object UserPrincipalName
            $users.UserPrincipalName | Should -Be $left.UserPrincipalName
            $users.Outcome | Should -Be $left.Outcome
            $users.Reason | Should -Be $left.Reason
        }
    }

    It 'are known by their ids without the session, in the table and in the list' {
        $known = Get-SubscriptionMigration -JournalPath $journal
        $known.LicenseMove.Users | Where-Object UserPrincipalName | Should -BeNullOrEmpty
        $table = $known.LicenseMove.Users | Format-Table | Out-String -Width 80
        $list = ($known | Format-List | Out-String -Width 400)
        foreach ($user in $left) {

            # In the table an id is broken between two of its parts, to leave the reason room.
            $table | Should -Match "(?m)^$($user.UserId.Substring(0, 24)) NoUsageLocation .*\r?\n$($user.UserId.Substring(24)) "
            $list | Should -Match "$($user.UserId): NoUsageLocation\. .*usage location\..*Move-UserLicense -UsageLocation"
        }

        $list | Should -Match ': 4 moved, 2 remaining'
    }

    It 'are in a report made from the journal, as a page, a table and JSON' {
        $page, $table, $json = 'html', 'csv', 'json' | ForEach-Object {
            Get-SubscriptionMigration -JournalPath $journal | Export-SubscriptionMigrationReport (Join-Path $TestDrive "report.$_") | Get-Content -Raw
        }
        $why = ($table | ConvertFrom-Csv).WhyNotMoved
        $users = ($json | ConvertFrom-Json).Migrations[0].LicenseMove.Users | Where-Object Outcome -EQ NoUsageLocation
        foreach ($user in $left) {
            $page | Should -Match "(?s)Users not moved.*$($user.UserId).*No usage location\..*usage location"
            $why | Should -Match "$($user.UserId).*: NoUsageLocation\. .*usage location"
            ($users | Where-Object UserId -EQ $user.UserId).Reason | Should -Be $user.Reason
        }
    }

    It 'are summed up where the subscription is not suspended, and the command that is recommended mends it' {
        $failures[0].Exception.Problem | Should -Match '^2 users still depend on .*: 2 have no usage location \(elif\.abel@.*, farid\.abel@.*\)\.$'
        $failures[0].ErrorDetails.RecommendedAction -match 'To continue: (Move-UserLicense .* \| Suspend-Subscription)$' | Should -BeTrue
        $ended = & ([scriptblock]::Create("$($Matches[1]) -Confirm:`$false"))
        $ended.Outcome | Should -Be 'Suspended'
        (Get-SubscriptionMigration).State | Should -Be 'Completed'
    }

    It 'have no name in the journal' {
        Get-Content $journal -Raw | Should -Not -Match '@'
    }
}

Describe 'Export-SubscriptionMigrationReport' {
    BeforeAll {
        $null = Connect-CspPartner -Sandbox
        $done = Invoke-SubscriptionMigration -Confirm:$false
    }

    BeforeEach {
        $folder = Join-Path $TestDrive ([guid]::NewGuid())
        $null = New-Item -ItemType Directory $folder
    }

    It 'writes a page, a table or JSON by the ending, and gives the file' {
        $page = $done | Export-SubscriptionMigrationReport (Join-Path $folder 'report.html') -Title 'Season <2027>'
        $page | Should -BeOfType System.IO.FileInfo
        Get-Content $page -Raw | Should -BeLike '<!DOCTYPE html>*Season &lt;2027&gt;*Contoso*'
        $table = $done | Export-SubscriptionMigrationReport (Join-Path $folder 'report.csv') | Import-Csv
        $table.CustomerName, $table.State, $table.UsersMoved | Should -Be @('Contoso', 'Completed', '20')
        $json = $done | Export-SubscriptionMigrationReport (Join-Path $folder 'report.json') | Get-Content -Raw | ConvertFrom-Json
        $json.Migrations[0].Target.Quantity | Should -Be 25
        @(Get-ChildItem $folder).Count | Should -Be 3
    }

    It 'reports the journal where nothing comes down the pipeline' {
        $file = Export-SubscriptionMigrationReport (Join-Path $folder 'journal.json')
        (Get-Content $file -Raw | ConvertFrom-Json).Migrations[0].State | Should -Be 'Completed'
    }

    It 'reports what has only been found' {
        $null = Connect-CspPartner -Sandbox
        $file = Get-ExpiringSubscription | Export-SubscriptionMigrationReport (Join-Path $folder 'found.json')
        (Get-Content $file -Raw | ConvertFrom-Json).Subscriptions.Waiting | Should -Be 1
    }

    It 'leaves a report as it is where the pipeline is empty, and says so, without a connection' {
        $path = Join-Path $folder 'kept.html'
        Set-Content $path 'the report of the run before'
        Disconnect-CspPartner
        @() | Export-SubscriptionMigrationReport $path -WarningVariable warning -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        $warning | Should -BeLike '*is not written*'
        Get-Content $path | Should -Be 'the report of the run before'
        $null = Connect-CspPartner -Sandbox
    }

    It 'writes nothing with -WhatIf' {
        $path = Join-Path $folder 'report.html'
        $done | Export-SubscriptionMigrationReport $path -WhatIf | Should -BeNullOrEmpty
        Test-Path $path | Should -BeFalse
    }

    It 'replaces a file, but not with -NoClobber, and a read-only one only with -Force' {
        $path = Join-Path $folder 'report.txt'
        Set-Content $path 'before'
        { $done | Export-SubscriptionMigrationReport $path -Format Csv -NoClobber } | Should -Throw -ErrorId 'ReportNotWritten,*'
        Set-ItemProperty -Path $path -Name IsReadOnly -Value $true
        { $done | Export-SubscriptionMigrationReport $path -Format Csv } | Should -Throw -ErrorId 'ReportNotWritten,*'
        Get-Content $path | Should -Be 'before'
        $done | Export-SubscriptionMigrationReport $path -Format Csv -Force | Import-Csv | Select-Object -ExpandProperty CustomerName | Should -Be 'Contoso'
        $done | Export-SubscriptionMigrationReport $path -Format Json | Should -Exist
    }

    It 'names a folder that is not there, and not a file nobody has asked for, with the command that makes it' {
        $path = Join-Path $folder "Season's end/report.html"
        $failure = { $done | Export-SubscriptionMigrationReport $path } | Should -Throw -ErrorId 'ReportNotWritten,*' -PassThru
        $failure.Exception.Problem | Should -Be "The report $path cannot be written: There is no folder $(Split-Path $path)."
        $failure.ErrorDetails.RecommendedAction -match ': (New-Item .*)$' | Should -BeTrue
        $null = & ([scriptblock]::Create($Matches[1]))
        $done | Export-SubscriptionMigrationReport $path | Should -Exist
    }

    It 'speaks of the file it was given where another stands in its way' {
        $path = Join-Path $folder 'report.html'
        $null = New-Item -ItemType Directory $path
        $failure = { $done | Export-SubscriptionMigrationReport $path } | Should -Throw -ErrorId 'ReportNotWritten,*' -PassThru
        $failure.Exception.Problem | Should -Not -BeLike '*.tmp*'
    }

    It 'says what is wrong with <Name>' -ForEach @{ Name = 'report.docx' }, @{ Name = 'no-folder/report.html' } {
        { $done | Export-SubscriptionMigrationReport (Join-Path $folder $Name) } | Should -Throw -ErrorId 'ReportNotWritten,*'
        @(Get-ChildItem $folder).Count | Should -Be 0
    }
}

Describe 'An add-on that keeps its base active' {
    BeforeEach {
        $null = Connect-CspPartner -Sandbox -Scenario edge-cases
        $null = Get-ExpiringSubscription 'Add-on that stays active' | Invoke-SubscriptionMigration -Confirm:$false -ErrorVariable failures -ErrorAction SilentlyContinue
        $action = $failures[0].ErrorDetails.RecommendedAction
    }

    AfterAll { Disconnect-CspPartner }

    It 'is migrated with it by the line that is recommended' {
        $action -match 'together with its base: (Get-ExpiringSubscription .* \| Suspend-Subscription)$' | Should -BeTrue -Because $action
        $line = $Matches[1] -replace '(New|Move|Suspend)-\w+', '$0 -Confirm:$false'
        (& ([scriptblock]::Create($line))).Outcome | Should -Be @('Suspended', 'Suspended')
        (Get-SubscriptionMigration).State | Should -Be @('Completed', 'Completed')
    }

    It 'is suspended with its users by the command that is recommended where nobody needs it' {
        $action -match '\((Suspend-Subscription .*?)\)' | Should -BeTrue -Because $action
        (& ([scriptblock]::Create("$($Matches[1]) -Confirm:`$false"))).Outcome | Should -Be 'Suspended'
        $ended = Get-ExpiringSubscription 'Add-on that stays active' | Invoke-SubscriptionMigration -Confirm:$false
        $ended.State | Should -Be 'Completed'
    }
}
