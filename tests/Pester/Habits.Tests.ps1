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
            # One old subscription, suspended, and one new one, bought for it: nothing of another customer, nothing twice.
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
