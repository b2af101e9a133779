BeforeDiscovery {
    $orders = 'POST /v1/customers/{customerId}/orders'
    $updates = 'POST /v1/customers/{customerId}/users/{userId}/licenseupdates'
    $changes = 'PATCH /v1/customers/{customerId}/subscriptions/{subscriptionId}'
    $lines = @(
        @{ Command = 'New-TargetSubscription'; Before = ''; Line = 'Get-ExpiringSubscription | New-TargetSubscription -Confirm:$false'; Route = $orders; Count = 3; All = 8 }
        @{
            Command = 'Move-UserLicense'; Route = $updates; Count = 10; All = 40
            Before = '$bought = Get-ExpiringSubscription | New-TargetSubscription -Confirm:$false'; Line = '$bought | Move-UserLicense -Confirm:$false'
        }
        @{
            Command = 'Suspend-Subscription'; Route = $changes; Count = 3; All = 8
            Before = '$moved = Get-ExpiringSubscription | New-TargetSubscription -Confirm:$false | Move-UserLicense -Confirm:$false'
            Line = '$moved | Suspend-Subscription -Confirm:$false'
        }
        @{ Command = 'Invoke-SubscriptionMigration'; Before = ''; Line = 'Invoke-SubscriptionMigration -ThrottleLimit 4 -Confirm:$false'; Route = $updates; Count = 10; All = 40 }
        @{
            Command = 'Undo-SubscriptionMigration'; Route = $updates; Count = 10; All = 40
            Before = '$done = Invoke-SubscriptionMigration -Confirm:$false'; Line = '$done | Undo-SubscriptionMigration -Confirm:$false'
            Rest = ''; End = 'active', 'suspended'
        }
        @{
            Command = 'Resume-Subscription'; Route = $changes; Count = 3; All = 8
            Before = '$ended = Get-ExpiringSubscription | Suspend-Subscription -Reason CustomerRequest -Confirm:$false'
            Line = '$ended | Resume-Subscription -Confirm:$false'; Rest = ''; End = 'active'
        }
        @{
            Command = 'Set-Subscription'; Route = $changes; Count = 3; All = 8
            Before = '$found = Get-ExpiringSubscription'; Line = '$found | Set-Subscription -Quantity 30 -Confirm:$false'; Rest = ''; End = 'active'
        }
    )

    # What ends the work after the line, and how the source and the new one are then.
    foreach ($line in $lines | Where-Object { -not $_.End }) {
        $line.Rest = 'Invoke-SubscriptionMigration -Confirm:$false 3>$null'
        $line.End = 'suspended', 'active'
    }
}

BeforeAll {
    . $PSScriptRoot/Common.ps1

    # Since the preparation.
    function Get-CarriedOut {
        param($Server, [string] $Route)

        [int](Get-SandboxRequest $Server).byRoute.$Route - $atFirst
    }

    # Runs a script in a runspace to its end, with what it gave and failed with.
    function Invoke-Line {
        param($Runspace, [string] $Line, [object[]] $Argument = @())

        $shell = [powershell]::Create($Runspace).AddScript($Line)
        foreach ($item in $Argument) { $null = $shell.AddArgument($item) }
        try {
            [pscustomobject]@{ Output = $shell.Invoke(); Failure = @($shell.Streams.Error) }
        }
        finally {
            $shell.Dispose()
        }
    }
}

Describe '<Command>, stopped as by Ctrl+C' -ForEach $lines {
    BeforeAll {
        $server = Start-SandboxServer 'scale:customers=8,subscriptions=1,users=5' -Argument '--latency', '20', '--provisioning-delay', '0'
        $runspace = [runspacefactory]::CreateRunspace()
        $runspace.Open()
        $connect = 'param($Module, $Endpoint, $Token, $Journal) Import-Module $Module; $null = Connect-CspPartner -Endpoint $Endpoint -AccessToken $Token -JournalPath $Journal'
        $connected = Invoke-Line $runspace $connect -Argument $env:CSPMIGRATION_MODULE, $server.Endpoint, (New-SecretText 'any token'), (Join-Path $TestDrive "$Command.jsonl")
        $prepared = Invoke-Line $runspace $Before
        $atFirst = [int](Get-SandboxRequest $server).byRoute.$Route

        # After so many changes the service is not available: the line tries again until it is stopped.
        $verb, $path = -split $Route
        Invoke-SandboxControl $server faults @(@{ method = $verb; route = $path; skip = $Count; times = 1000; action = 'status:503' })
        $shell = [powershell]::Create($runspace).AddScript($Line)
        $running = $shell.BeginInvoke()
        while ((Get-CarriedOut $server $Route) -lt $Count -and -not $running.IsCompleted) { [System.Threading.Thread]::Yield() }
        $wasRunning = -not $running.IsCompleted
        $watch = [System.Diagnostics.Stopwatch]::StartNew()
        $shell.Stop()
        $watch.Stop()
        $state = $shell.InvocationStateInfo.State
        $shell.Dispose()
        $after = (Get-SandboxRequest $server).total
        $halfWay = Get-CarriedOut $server $Route
    }

    AfterAll {
        $runspace.Dispose()
        Stop-SandboxServer $server
    }

    It 'was in the middle of its work' {
        $connected.Failure + $prepared.Failure | Should -BeNullOrEmpty
        $wasRunning | Should -BeTrue
        $halfWay | Should -Be $Count
    }

    It 'ends at once' {
        # Not a measure: some milliseconds here. What it must not do is wait for all customers, or for a time-out.
        $state | Should -Be 'Stopped'
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 10
    }

    It 'leaves no worker that goes on' {
        # A worker that was left would send its next call while these are answered.
        1..5 | ForEach-Object { $null = Invoke-RestMethod -Uri ([uri]::new($server.Endpoint, 'v1/profiles/legalbusiness')) -Headers @{ Authorization = 'Bearer any' } }
        (Get-SandboxRequest $server).total | Should -Be ($after + 5)
        Get-CarriedOut $server $Route | Should -Be $halfWay
    }

    It 'leaves nobody without a license' {
        @((Get-SandboxState $server).violations).Count | Should -Be 0
    }

    It 'continues where it stopped when the same line is run again, and does nothing twice' {
        Invoke-SandboxControl $server faults @()
        $again = Invoke-Line $runspace $Line
        $again.Failure | Should -BeNullOrEmpty
        Get-CarriedOut $server $Route | Should -Be $All
        (Invoke-Line $runspace $Rest).Failure | Should -BeNullOrEmpty
        foreach ($customer in (Get-SandboxState $server).customers) {
            $old = @($customer.subscriptions | Where-Object friendlyName -NotLike '*(from *')
            $new = @($customer.subscriptions | Where-Object friendlyName -Like '*(from *')
            ($old + $new).status | Should -Be $End -Because $customer.companyName
        }

        @((Get-SandboxState $server).violations).Count | Should -Be 0
    }
}
