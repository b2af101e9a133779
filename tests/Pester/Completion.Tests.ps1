BeforeAll {
    . $PSScriptRoot/Common.ps1

    function Get-Completion {
        param([string] $Line, [switch] $Shown)

        $matched = (TabExpansion2 -inputScript $Line -cursorColumn $Line.Length).CompletionMatches
        if ($Shown) { $matched.ListItemText } else { $matched.CompletionText }
    }
}

Describe 'Completion without a connection' {
    It 'knows the scenarios' {
        Get-Completion 'Connect-CspPartner -Sandbox -Scenario ' | Should -Contain 'contoso'
        Get-Completion 'Connect-CspPartner -Sandbox -Scenario edge' | Should -Be 'edge-cases'
    }

    It 'knows the options of a scenario' {
        Get-Completion 'Connect-CspPartner -Sandbox -Scenario scale:' | Select-Object -First 3 |
            Should -Be "'scale:customers=1000'", "'scale:subscriptions=3'", "'scale:users=50'"
        Get-Completion "Connect-CspPartner -Sandbox -Scenario 'scale:customers=5,us" | Should -Be "'scale:customers=5,users=50'"
        Get-Completion 'Connect-CspPartner -Sandbox -Scenario contoso:leg' -Shown | Should -Contain 'contoso:legacyCommerce=closed'
        $line = 'Connect-CspPartner -Sandbox -Scenario scale'
        (TabExpansion2 -inputScript $line -cursorColumn $line.Length).CompletionMatches.ToolTip | Should -Match 'Options after a colon: customers=1 to 100000'
    }

    It 'knows the names of the map''s targets where offers are looked for, also by a wildcard' {
        Get-Completion 'Get-TargetOffer *sales' | Should -Contain "'Dynamics 365 Sales'"
        Get-Completion 'Get-TargetOffer *team*mem' | Should -Contain "'Dynamics 365 Team Members'"
        Get-Completion 'Get-TargetOffer *nothing' | Should -BeNullOrEmpty
    }

    It 'knows the targets of the built-in map, quoted where they need it' {
        Get-Completion 'New-TargetSubscription -Target team' | Select-Object -First 1 | Should -Be "'Dynamics 365 Team Members'"
        Get-Completion "Test-SubscriptionMigration -Target 'unified" | Select-Object -First 1 | Should -Be "'Dynamics 365 Unified Operations Plan'"
    }

    It 'knows the products and sources of the built-in map' {
        Get-Completion 'Get-ExpiringSubscription -Product ' | Select-Object -First 2 | Should -Be "'Dynamics AX'", "'Dynamics CRM Online'"
        Get-Completion 'Get-SkuMapping device' | Should -Be "'Dynamics AX Device'"
    }

    It 'knows terms, flags and countries' {
        Get-Completion 'New-TargetSubscription -Term ' | Should -Be 'P1M', 'P1Y', 'P3Y'
        Get-Completion 'Invoke-SubscriptionMigration -Term P1' | Should -Be 'P1M', 'P1Y'
        Get-Completion 'Set-Subscription -AutoRenew $f' | Select-Object -First 1 | Should -Be '$false'
        Get-Completion 'Set-Subscription -AutoRenew ' | Should -Be '$true', '$false'
        Get-Completion 'Suspend-Subscription -IsComplete ' | Should -Be 'True', 'False'
        Get-Completion 'Move-UserLicense -UsageLocation c' | Should -Be 'Customer'
    }

    It 'knows the values of an enumeration and of a set' {
        Get-Completion 'Suspend-Subscription -Reason F' | Should -Be 'Fraud'
        Get-Completion 'New-TargetSubscription -BillingCycle ' | Should -Be 'Annual', 'Monthly'
    }

    It 'keeps quiet about what it cannot know' {
        $global:Error.Clear()
        Get-Completion 'Set-Subscription -CustomerId c0ffee' | Should -BeNullOrEmpty
        Get-Completion 'Set-Subscription -SubscriptionId c0ffee' | Should -BeNullOrEmpty
        Get-Completion 'Get-TargetOffer c0ffee' | Should -BeNullOrEmpty
        $global:Error | Should -BeNullOrEmpty
    }
}

Describe 'Completion of a name with a quote or a bracket' {
    AfterAll { Disconnect-CspPartner }

    It 'finds it as it is typed, and quotes it so that it stays one' {
        $name = "Office 365$([char]0x2019)s [E5"
        $map = Join-Path $TestDrive 'map.json'
        (Get-Content "$PSScriptRoot/../../module/maps/Office365.json" -Raw) -replace 'Office 365 E5', $name | Set-Content $map -Encoding UTF8
        $null = Connect-CspPartner -Sandbox -Scenario office365-e4 -SkuMapPath $map
        $completed = Get-Completion 'New-TargetSubscription -Target [e5'
        [scriptblock]::Create($completed).InvokeReturnAsIs() | Should -Be $name
    }
}

Describe 'Completion of files' {
    BeforeDiscovery {
        . $PSScriptRoot/Common.ps1
        $paths = 'JournalPath', 'SkuMapPath', 'Path', 'Plan'
        $parameters = @(foreach ($cmdlet in (Get-Module CspMigration).ExportedCmdlets.Values) {
                foreach ($parameter in $cmdlet.Parameters.Values | Where-Object { -not $_.SwitchParameter -and $_.Name -notin [System.Management.Automation.PSCmdlet]::CommonParameters }) {
                    @{ Command = $cmdlet.Name; Name = $parameter.Name; IsPath = $parameter.Name -in $paths }
                }
            })
    }

    It 'is there for paths alone: <Command> -<Name>' -ForEach $parameters {
        Push-Location (New-Item -ItemType Directory -Path (Join-Path $TestDrive 'with a file') -Force)
        Set-Content 'a-file.txt' ''
        $files = @(Get-Completion "$Command -$Name ") -match 'a-file'
        Pop-Location
        $files.Count | Should -Be ([int]$IsPath)
    }
}

Describe 'Completion with a connection' {
    BeforeAll {
        $server = Start-SandboxServer -Scenario seed-mapping
        $partner = Connect-CspPartner -Endpoint $server.Endpoint -AccessToken (New-SecretText 'any token') -JournalPath (Join-Path $TestDrive 'journal.jsonl')
        $found = Get-ExpiringSubscription
        $device = $found | Where-Object CustomerName -EQ 'AX Device'
        $bought = $device | New-TargetSubscription -Confirm:$false | Move-UserLicense
        $offer = Get-TargetOffer 'Dynamics 365 Sales Professional'
        $addOns = @((Get-TargetOffer -IncludeUnavailable | Where-Object IsAddOn).Name | Sort-Object -Unique)
        function Get-CallCount { (Invoke-RestMethod -Uri ([uri]::new($server.Endpoint, 'sandbox/requests'))).total }
        $before = Get-CallCount
    }

    AfterAll {
        Disconnect-CspPartner
        Stop-SandboxServer $server
    }

    It 'knows customers by name where a name is taken, else by id' {
        Get-Completion 'Get-ExpiringSubscription -CustomerId device' | Should -Be "'AX Device'"
        Get-Completion 'Get-ExpiringSubscription -ExcludeCustomer ' | Should -HaveCount 10
        Get-Completion 'Set-Subscription -CustomerId device' | Should -Be $device.CustomerId
        Get-Completion 'Set-Subscription -CustomerId device' -Shown | Should -Be 'AX Device'
    }

    It 'names each customer whose id it gives: <_>' -ForEach 'Undo-SubscriptionMigration', 'Suspend-Subscription', 'Resume-Subscription', 'Get-TargetOffer' {
        Get-Completion "$_ -CustomerId 'AX Dev" | Should -Be $device.CustomerId
        $line = "$_ -CustomerId "
        $all = (TabExpansion2 -inputScript $line -cursorColumn $line.Length).CompletionMatches
        $all.ListItemText | Should -Be @($found.CustomerName | Sort-Object -Unique)
        $all.ToolTip | Should -Contain "AX Device ($($device.CustomerId))"
    }

    It 'knows subscriptions, of the customer who is named' {
        Get-Completion 'Set-Subscription -SubscriptionId ' | Should -Contain $found[0].SubscriptionId
        Get-Completion "Suspend-Subscription -CustomerId $($device.CustomerId) -SubscriptionId AX" | Should -Be $device.SubscriptionId
        Get-Completion "Suspend-Subscription -CustomerId $($device.CustomerId) -SubscriptionId AX" -Shown |
            Should -Be "Dynamics AX Device ($($device.SubscriptionId))"
    }

    It 'knows the subscriptions of a customer who is named by name, and the partner''s country' {
        Get-Completion "Suspend-Subscription -CustomerId 'ax device' -SubscriptionId " | Sort-Object |
            Should -Be @((Get-SandboxState $server).customers | Where-Object companyName -EQ 'AX Device' | ForEach-Object { $_.subscriptions.id } | Sort-Object)
        Get-Completion 'Get-TargetOffer -Country ' | Should -Be 'US'
    }

    It 'knows what was bought' {
        Get-Completion "Move-UserLicense -CustomerId $($device.CustomerId) -TargetSubscriptionId operations" |
            Should -Be $bought.TargetSubscriptionId
    }

    It 'knows offers that were read' {
        Get-Completion 'Get-TargetOffer sales' | Should -Contain "'Dynamics 365 Sales Professional'"
        Get-Completion "New-TargetSubscription -CustomerId $($device.CustomerId) -Target 'sales prof" | Should -Contain "'$($offer.Id)'"
        Get-Completion 'Get-TargetOffer *professional' | Should -Contain "'Dynamics 365 Sales Professional'"
    }

    It 'knows add-ons by name, and nothing else where one is asked for: <_>' -ForEach 'New-TargetSubscription', 'Test-SubscriptionMigration' {
        Get-Completion "$_ -AddOn " -Shown | Should -Be $addOns
        Get-Completion "$_ -AddOn storage" | Should -Be "'Dynamics 365 Additional Database Storage'"
    }

    It 'uses the connection given with -Context' {
        $other = [powershell]::Create().AddScript({
                param($Module)
                Import-Module $Module
                $line = 'Get-ExpiringSubscription -Context $partner -CustomerId device'
                (TabExpansion2 -inputScript $line -cursorColumn $line.Length).CompletionMatches.CompletionText
            }).AddArgument($env:CSPMIGRATION_MODULE)
        $other.Runspace.SessionStateProxy.SetVariable('partner', $partner)
        $other.Invoke() | Should -Be "'AX Device'"
        $other.Dispose()
    }

    It 'has asked the service nothing' {
        Get-CallCount | Should -Be $before
    }
}
