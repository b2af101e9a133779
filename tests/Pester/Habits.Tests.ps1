BeforeAll {
    . $PSScriptRoot/Common.ps1
    $server = Start-SandboxServer -Argument '--provisioning-delay', '0'
    $PSDefaultParameterValues = @{}
    foreach ($command in 'New-TargetSubscription', 'Move-UserLicense', 'Suspend-Subscription', 'Resume-Subscription', 'Set-Subscription', 'Undo-SubscriptionMigration') {
        $PSDefaultParameterValues["${command}:Confirm"] = $false
    }

    # What becomes of objects that are saved and read again.
    function ConvertTo-Saved {
        param([Parameter(ValueFromPipeline)] $InputObject, [string] $Form)

        begin { $all = @() }
        process { $all += $InputObject }
        end {
            $path = Join-Path $TestDrive "$([guid]::NewGuid())"
            switch ($Form) {
                'CSV' { $all | Export-Csv $path; Import-Csv $path }
                'JSON' { $all | ConvertTo-Json -Depth 8 | Set-Content $path; Get-Content $path -Raw | ConvertFrom-Json }
                'CliXml' { $all | Export-Clixml $path; Import-Clixml $path }
            }
        }
    }

    # One migration by four commands, for ForEach-Object -Parallel: the parallel runspaces share nothing but what they are given.
    $migrate = {
        param($Customer, $Context)

        $given = @{}
        if ($Context) { $given.Context = $Context }
        Get-ExpiringSubscription $Customer @given |
            New-TargetSubscription -Confirm:$false @given |
            Move-UserLicense -Confirm:$false @given |
            Suspend-Subscription -Confirm:$false @given
    }.ToString()
}

AfterAll {
    Disconnect-CspPartner
    Stop-SandboxServer $server
}

Describe 'Objects saved as <_>' -ForEach 'CSV', 'JSON', 'CliXml' {
    It 'drive each step of the pipeline by their ids, and back' {
        $form = $_
        $null = Reset-Sandbox $server seed-mapping
        $found = Get-ExpiringSubscription 'AX Task', 'CRM Online Basic' | ConvertTo-Saved -Form $form
        $bought = $found | New-TargetSubscription | ConvertTo-Saved -Form $form
        $moved = $bought | Move-UserLicense | ConvertTo-Saved -Form $form
        $ended = $moved | Suspend-Subscription | ConvertTo-Saved -Form $form
        # Customers are moved side by side: which is done first is chance.
        $ended.SubscriptionId | Sort-Object | Should -Be ($found.SubscriptionId | Sort-Object)
        $found.SubscriptionId | ForEach-Object { (Get-SandboxSubscription $server $_).status } | Should -Be 'suspended', 'suspended'
        $undone = $ended | Undo-SubscriptionMigration
        $undone.State | Should -Be 'RolledBack', 'RolledBack'
        $ended | Set-Subscription -Quantity 33 | ForEach-Object Quantity | Should -Be 33, 33
        @((Get-SandboxState $server).violations).Count | Should -Be 0
    }
}

Describe 'Migrations of an earlier run, <_>' -ForEach 'live', 'CSV', 'JSON', 'CliXml' {
    BeforeAll {
        $form = $_
        $null = Reset-Sandbox $server seed-mapping
        Invoke-SandboxControl $server 'faults' @(, @{ method = 'POST'; route = '/v1/customers/{customerId}/orders'; times = 2; action = 'status:403;code=800066' })
        $null = Invoke-SubscriptionMigration -CustomerId 'AX Task', 'CRM Online Basic' -Confirm:$false -ErrorAction SilentlyContinue
        Invoke-SandboxControl $server 'faults' @()
        $failed = Get-SubscriptionMigration -State Failed
        $taken = if ($form -eq 'live') { $failed } else { $failed | ConvertTo-Saved -Form $form }
        $writes = Get-SandboxWriteCount $server
    }

    It 'are checked by their ids' {
        @($failed).Count | Should -Be 2
        $ready = $taken | Test-SubscriptionMigration
        $ready.SubscriptionId | Should -Be $failed.SourceSubscriptionId
    }

    It 'stay plans where they are plans, for every command' {
        $planned = Invoke-SubscriptionMigration -CustomerId 'AX Task' -WhatIf
        $target = $planned.Target
        if ($form -ne 'live') { $planned, $target = ($planned | ConvertTo-Saved -Form $form), ($target | ConvertTo-Saved -Form $form) }
        foreach ($plan in $planned, $target) {
            ($plan | New-TargetSubscription -Confirm:$false).IsPlanned | Should -BeTrue
            ($plan | Invoke-SubscriptionMigration -Confirm:$false).IsPlanned | Should -BeTrue
        }

        Get-SandboxWriteCount $server | Should -Be $writes
    }

    It 'are taken up again by their ids, those alone' {
        $bought = $taken | Select-Object -First 1 | New-TargetSubscription
        $bought.SourceSubscriptionId | Should -Be @($failed)[0].SourceSubscriptionId
        $done = $taken | Invoke-SubscriptionMigration -Confirm:$false -WarningVariable warnings
        $done.State | Should -Be 'Completed', 'Completed'
        $warnings | Should -BeNullOrEmpty
        @((Get-SandboxState $server).customers.subscriptions | Where-Object friendlyName -Like '*(from *)').Count | Should -Be 2
        @((Get-SandboxState $server).violations).Count | Should -Be 0
    }
}

Describe 'A step that is left out of the pipeline' {
    BeforeAll {
        $null = Reset-Sandbox $server contoso
        $found = Get-ExpiringSubscription
        $planned = $found | New-TargetSubscription -WhatIf
        $migration = $found | Invoke-SubscriptionMigration -WhatIf
    }

    It 'is named with what can be given instead: <Line>' -ForEach @(
        @{ Line = 'a source to Move-UserLicense'; Act = { $found | Move-UserLicense }; Kind = 'an object of the type ExpiringSubscription'
            Ids = '-CustomerId, -SourceSubscriptionId, -TargetSubscriptionId'; Steps = 'Get-ExpiringSubscription ''*-*'' | New-TargetSubscription | Move-UserLicense' }
        @{ Line = 'a target to Suspend-Subscription'; Act = { $planned | Suspend-Subscription }; Kind = 'an object of the type TargetSubscription'
            Ids = '-CustomerId, -SubscriptionId'; Steps = 'Get-ExpiringSubscription ''*-*'' | New-TargetSubscription | Move-UserLicense | Suspend-Subscription' }
        @{ Line = 'a migration to Suspend-Subscription'; Act = { $migration | Suspend-Subscription }; Kind = 'an object of the type SubscriptionMigration'
            Ids = '-CustomerId, -SubscriptionId'; Steps = 'Get-ExpiringSubscription ''*-*'' | New-TargetSubscription | Move-UserLicense | Suspend-Subscription' }
        @{ Line = 'a source from a CSV to Move-UserLicense'; Act = { $found | ConvertTo-Saved -Form CSV | Move-UserLicense }; Kind = 'a record without SourceSubscriptionId and TargetSubscriptionId'
            Ids = '-CustomerId, -SourceSubscriptionId, -TargetSubscriptionId'; Steps = 'Get-ExpiringSubscription ''*-*'' | New-TargetSubscription | Move-UserLicense' }
        @{ Line = 'a source from CliXml to Move-UserLicense'; Act = { $found | ConvertTo-Saved -Form CliXml | Move-UserLicense }; Kind = 'a saved ExpiringSubscription'
            Ids = '-CustomerId, -SourceSubscriptionId, -TargetSubscriptionId'; Steps = 'Get-ExpiringSubscription ''*-*'' | New-TargetSubscription | Move-UserLicense' }
        @{ Line = 'a source without its id to Test-SubscriptionMigration'; Act = { [pscustomobject]@{ CustomerId = $found.CustomerId; SubscriptionId = '' } | Test-SubscriptionMigration }
            Kind = 'a record without SubscriptionId'; Ids = '-CustomerId, -SubscriptionId'; Steps = 'Get-ExpiringSubscription ''*-*'' | Test-SubscriptionMigration' }
        @{ Line = 'a name to Undo-SubscriptionMigration'; Act = { 'Contoso' | Undo-SubscriptionMigration }; Kind = 'the text "Contoso"'
            Ids = '-CustomerId, -SourceSubscriptionId'; Steps = "Get-SubscriptionMigration 'Contoso' | Undo-SubscriptionMigration" }
    ) {
        $ErrorActionPreference = 'Continue'
        $writes = Get-SandboxWriteCount $server
        $failure = & $Act 2>&1
        @($failure).Count | Should -Be 1
        $failure | Should -BeOfType ([Management.Automation.ErrorRecord])
        "$failure" | Should -BeLike "*accepts the output of *. This is $Kind. Ids can be specified instead ($Ids). As a pipeline: $Steps*"
        "$failure" | Should -Not -BeLike '*cannot be bound*'
        Get-SandboxWriteCount $server | Should -Be $writes
    }

    It 'does not keep the records that have their ids from going on' {
        $ErrorActionPreference = 'Continue'
        $bought = $found | New-TargetSubscription
        $lines = @($found; $bought | ConvertTo-Saved -Form CSV) | Move-UserLicense 2>&1
        @($lines | Where-Object { $_ -is [Management.Automation.ErrorRecord] }).Count | Should -Be 1
        ($lines | Where-Object { $_ -isnot [Management.Automation.ErrorRecord] }).Moved | Should -Be 20
    }

    It 'is named where a customer is given in the place of a source: <_>' -ForEach 'New-TargetSubscription', 'Test-SubscriptionMigration', 'Invoke-SubscriptionMigration' {
        $command = $_
        { & $command "Fabrikam's" } | Should -Throw -ExpectedMessage "*This is the text `"Fabrikam's`".*As a pipeline: Get-ExpiringSubscription 'Fabrikam''s' | $command"
        { & $command @($found, $found) } | Should -Throw -ExpectedMessage '*a list: pipe it*'
    }

    It 'is named where a report is made of what was saved' {
        $path = Join-Path $TestDrive 'never.html'
        $found | ConvertTo-Saved -Form CSV | Export-SubscriptionMigrationReport $path -ErrorVariable failure -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
        "$failure" | Should -BeLike ('*accepts the output of Get-SubscriptionMigration. This is another record, such as one from a CSV. As a pipeline: Get-SubscriptionMigration | Export-SubscriptionMigrationReport. ' +
            'What was saved, or comes from a job, is in the journal whole: Get-SubscriptionMigration -JournalPath journal.jsonl | Export-SubscriptionMigrationReport report.html')
        Test-Path $path | Should -BeFalse
    }

    It 'is not followed by a warning that nothing came: <Line>' -ForEach @(
        @{ Line = 'New-TargetSubscription'; Act = { Get-SkuMapping 'AX Task' | New-TargetSubscription } }
        @{ Line = 'New-TargetSubscription, of null'; Act = { $null | New-TargetSubscription } }
        @{ Line = 'Invoke-SubscriptionMigration'; Act = { Get-SkuMapping 'AX Task' | Invoke-SubscriptionMigration -Confirm:$false } }
        @{ Line = 'a report of saved migrations'; Act = { $migration | ConvertTo-Saved -Form CliXml | Export-SubscriptionMigrationReport (Join-Path $TestDrive 'never.html') } }
    ) {
        $ErrorActionPreference = 'Continue'
        $all = & $Act *>&1
        @($all).Count | Should -Be 1
        $all | Should -BeOfType ([Management.Automation.ErrorRecord])
    }

    It 'needs no id where the ids are given by script blocks' {
        $named = [pscustomobject]@{ Who = $found.CustomerId; From = $found.SubscriptionId; To = '' }
        $moved = $named | Move-UserLicense -CustomerId { $_.Who } -SourceSubscriptionId { $_.From } -TargetSubscriptionId { $_.To } -IsPlanned True
        $moved.SourceSubscriptionId | Should -Be $found.SubscriptionId
    }
}

Describe 'Customers from the pipeline' {
    BeforeAll {
        $null = Reset-Sandbox $server seed-mapping
        $found = Get-ExpiringSubscription 'AX Task', 'CRM Online Basic'
        $null = $found | New-TargetSubscription
    }

    It 'are taken by <_>, by name, as objects, and saved' -ForEach 'Get-ExpiringSubscription', 'Get-SubscriptionMigration' {
        $expected = @('AX Task', 'CRM Online Basic')
        foreach ($names in @(, $expected), $found, ($found | ConvertTo-Saved -Form CSV), ($found | ConvertTo-Saved -Form JSON)) {
            ($names | & $_).CustomerName | Sort-Object | Should -Be $expected
        }

        @() | & $_ | Should -BeNullOrEmpty
    }

    It 'are asked for by the column where <_> gets a record that does not name one' -ForEach 'Get-ExpiringSubscription', 'Get-SubscriptionMigration' {
        [pscustomobject]@{ Customer = 'AX Task' } | & $_ -ErrorVariable failure -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        "$failure" | Should -BeLike '*a CustomerId or Id property. This object has neither.*: Import-Csv customers.csv | ForEach-Object Customer'
    }
}

Describe 'Wildcards' {
    BeforeAll {
        $null = Reset-Sandbox $server seed-mapping
    }

    It 'are taken by <Line>' -ForEach @(
        @{ Line = 'Get-ExpiringSubscription'; Count = 4; Command = { Get-ExpiringSubscription 'AX *' } }
        @{ Line = 'Get-ExpiringSubscription, several'; Count = 3; Command = { Get-ExpiringSubscription 'AX [TD]*', 'CRM Online Bas?c' } }
        @{ Line = '-ExcludeCustomer'; Count = 6; Command = { Get-ExpiringSubscription -ExcludeCustomer 'ax *' } }
        @{ Line = '-Product'; Count = 4; Command = { Get-ExpiringSubscription -Product 'dynamics ax*' } }
        @{ Line = 'Get-SkuMapping'; Count = 4; Command = { Get-SkuMapping 'Dynamics AX*' } }
        @{ Line = 'Get-TargetOffer'; Count = 1; Command = { Get-TargetOffer 'dynamics 365 pl?n' -Commerce Legacy | Select-Object -First 1 } }
    ) {
        @(& $Command).Count | Should -Be $Count
    }

    It 'find products as they are called by those who buy them: <Name>' -ForEach @(
        # The offer id of CRM Online Enterprise is in no map: it is found by what the service calls it.
        @{ Name = 'CRM Online*'; Found = 6 }
        @{ Name = 'crm*'; Found = 6 }
        @{ Name = 'Microsoft Dynamics CRM Online*'; Found = 5 }
        @{ Name = 'Dynamics CRM Online'; Found = 5 }
    ) {
        @(Get-SkuMapping $Name).Count | Should -Be 6
        @(Get-ExpiringSubscription -Product $Name).Count | Should -Be $Found
    }

    It 'that match no row of the map are no error, a product nobody has is one' {
        Get-SkuMapping 'zzz*' -ErrorAction Stop | Should -BeNullOrEmpty
        { Get-SkuMapping 'Dynamics 3650' -ErrorAction Stop } | Should -Throw -ErrorId 'NoTarget,*'
        { Get-SkuMapping 'Dynamics AX Entreprise' -ErrorAction Stop } | Should -Throw -ErrorId 'NoTarget,*' -ExpectedMessage '*Did you mean "Dynamics AX Enterprise"?*'
        (Get-SkuMapping 'Dynamics 3650', 'AX Device' -ErrorAction SilentlyContinue).Source | Should -Be 'Dynamics AX Device'
    }

    It 'that match no offer are no error, a name nothing on sale has is one' {
        Get-TargetOffer 'zzz*' -ErrorAction Stop | Should -BeNullOrEmpty
        Get-TargetOffer 'Dynamics 365 Plann' -ErrorVariable failure -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failure.FullyQualifiedErrorId | Should -BeLike 'NoTarget,*'
        $failure.TargetObject | Should -Be 'Dynamics 365 Plann'
        $failure.Exception.Problem | Should -BeLike '*Did you mean "Dynamics 365 Plan"?'
        Get-TargetOffer 'Dynamics 365 Plan' -Trial -ErrorVariable failure -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failure.Exception.Problem | Should -BeLike 'Dynamics 365 Plan is in the catalog of *, but not on sale as it was asked for.'
        $partly = Get-TargetOffer 'Dynamics 365' -ErrorVariable failure -ErrorAction SilentlyContinue
        $partly | Should -BeNullOrEmpty
        $failure.ErrorDetails.RecommendedAction -match ': (Get-TargetOffer .*)$' | Should -BeTrue
        @(& ([scriptblock]::Create($Matches[1]))).Count | Should -BeGreaterThan 1
    }

    It 'that match no product are not told, a product nobody has is, once, and what others have is found: <Name>' -ForEach @(
        @{ Name = 'Dynamics AX Entreprise'; Near = 'Dynamics AX Enterprise' }
        @{ Name = 'Dynamics CRM On line'; Near = 'Dynamics CRM Online' }
    ) {
        Get-ExpiringSubscription -Product 'zzz*' -WarningVariable warnings | Should -BeNullOrEmpty
        Get-ExpiringSubscription 'AX Device' -Product 'AX Task' -WarningVariable +warnings | Should -BeNullOrEmpty
        $warnings | Should -BeNullOrEmpty
        $rows = Get-ExpiringSubscription -Product $Name, 'Dynamics AX Task' -WarningVariable warnings -WarningAction SilentlyContinue
        $rows.OfferName | Should -Be 'Dynamics AX Task'
        @($warnings).Count | Should -Be 1
        "$warnings" | Should -BeLike "No product is called `"$Name`", * Did you mean `"$Near`"?"
    }

    It 'that match nothing are no error, a name nobody has is one' {
        Get-ExpiringSubscription 'zzz*' -ErrorAction Stop | Should -BeNullOrEmpty
        { Get-ExpiringSubscription 'zzz' -ErrorAction Stop } | Should -Throw -ErrorId 'CustomerNotFound,*'
        { Get-ExpiringSubscription 'AX Devise' -ErrorAction Stop } | Should -Throw -ErrorId 'CustomerNotFound,*' -ExpectedMessage '*Did you mean "AX Device"?*'
    }
}

Describe 'ForEach-Object -Parallel over the customers' {
    BeforeEach {
        $context = Reset-Sandbox $server seed-mapping
        $customers = (Get-ExpiringSubscription).CustomerName | Select-Object -Unique
        $module = $env:CSPMIGRATION_MODULE
    }

    AfterEach {
        $state = Get-SandboxState $server
        @($state.violations).Count | Should -Be 0
        foreach ($customer in $state.customers) {
            # One source, suspended, and one new one, bought for it: nothing of another customer, nothing twice.
            $old = @($customer.subscriptions | Where-Object status -EQ 'suspended')
            $new = @($customer.subscriptions | Where-Object friendlyName -Like '*(from *)')
            $old.Count, $new.Count | Should -Be @(1, 1) -Because $customer.companyName
            $new.friendlyName | Should -BeLike "*(from $($old.id.Substring(0, 8)))" -Because $customer.companyName
        }
    }

    It 'mixes nothing with one connection shared by -Context' {
        $ended = $customers | ForEach-Object -ThrottleLimit 5 -Parallel {
            Import-Module $using:module
            & ([scriptblock]::Create($using:migrate)) $_ $using:context
        }
        $ended.Outcome | Select-Object -Unique | Should -Be 'Suspended'
        $ended.CustomerName | Sort-Object | Should -Be ($customers | Sort-Object)
    }

    It 'mixes nothing with a connection for each runspace, on one journal' {
        $endpoint = $server.Endpoint
        $token = New-SecretText 'any token'
        $journal = Join-Path $TestDrive 'together.jsonl'
        $ended = $customers | ForEach-Object -ThrottleLimit 5 -Parallel {
            Import-Module $using:module
            $null = Connect-CspPartner -Endpoint $using:endpoint -AccessToken $using:token -JournalPath $using:journal
            & ([scriptblock]::Create($using:migrate)) $_
        }
        $ended.Outcome | Select-Object -Unique | Should -Be 'Suspended'
        $ended.CustomerName | Sort-Object | Should -Be ($customers | Sort-Object)
    }

    It 'keeps the connection of each runspace apart: one partner''s is not another''s' {
        $endpoint = $server.Endpoint
        $token = New-SecretText 'any token'
        $folder = "$TestDrive"
        $seen = 1..6 | ForEach-Object -ThrottleLimit 6 -Parallel {
            Import-Module $using:module
            $tenant = "$_$_$_$_$_$_$_$_-0000-0000-0000-000000000000"
            $null = Connect-CspPartner -Endpoint $using:endpoint -AccessToken $using:token -TenantId $tenant -JournalPath (Join-Path $using:folder "apart-$_.jsonl")
            $rows = Get-ExpiringSubscription
            [pscustomobject]@{ Asked = $tenant; Session = (Get-CspPartner).PartnerTenantId; Rows = @($rows.PartnerTenantId | Select-Object -Unique) }
        }
        $seen.Count | Should -Be 6
        foreach ($one in $seen) {
            $one.Session, $one.Rows | Should -Be @($one.Asked, $one.Asked)
        }

        (Get-CspPartner).PartnerTenantId | Should -Be $context.PartnerTenantId
        $null = Get-ExpiringSubscription | New-TargetSubscription | Move-UserLicense | Suspend-Subscription
    }
}
