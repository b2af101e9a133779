BeforeAll {
    . $PSScriptRoot/Common.ps1
    $server = Start-SandboxServer -Scenario 'scale:customers=1500,subscriptions=1,users=0' -Argument '--latency', '100'

    function Get-RequestCount {
        (Invoke-RestMethod -Uri ([uri]::new($server.Endpoint, 'sandbox/requests'))).total
    }
}

AfterAll {
    Stop-SandboxServer $server
}

Describe 'Streaming' {
    It 'ends the search when Select-Object -First has enough' {
        $null = Connect-CspPartner -Endpoint $server.Endpoint -AccessToken (New-SecretText 'any') -JournalPath (Join-Path $TestDrive 'first.jsonl')
        $before = Get-RequestCount

        @(Get-ExpiringSubscription | Select-Object -First 1).Count | Should -Be 1

        # One page of customers, and the few customers that were being read; not all 1,500.
        Get-RequestCount | Should -BeLessThan ($before + 150)
    }

    It 'ends at once when it is stopped, and leaves no worker' {
        $shell = [powershell]::Create()
        $null = $shell.AddScript({
                param($Module, $Endpoint, $Token, $Journal)
                Import-Module $Module
                $null = Connect-CspPartner -Endpoint $Endpoint -AccessToken $Token -JournalPath $Journal
                Get-ExpiringSubscription
            }).AddParameters(@($env:CSPMIGRATION_MODULE, $server.Endpoint, (New-SecretText 'any'), (Join-Path $TestDrive 'stop.jsonl')))
        $found = [System.Management.Automation.PSDataCollection[psobject]]::new()
        $running = $shell.BeginInvoke([System.Management.Automation.PSDataCollection[psobject]]::new(), $found)
        while ($found.Count -eq 0 -and -not $running.IsCompleted) { [System.Threading.Thread]::Yield() }

        $shell.Stop()

        $shell.InvocationStateInfo.State | Should -Be 'Stopped'
        $after = Get-RequestCount
        $after | Should -BeLessThan 1500
        # A worker that was left would go on with the next customer.
        1..5 | ForEach-Object { $null = Invoke-RestMethod -Uri ([uri]::new($server.Endpoint, 'v1/profiles/legalbusiness')) -Headers @{ Authorization = 'Bearer any' } }
        Get-RequestCount | Should -Be ($after + 5)
        $shell.Dispose()
    }

    It 'needs no thread for a worker whose reader is behind' {
        # With so few threads, workers that each held one while they wait for room would leave none for the reader downstream.
        $state = Invoke-FreshSession {
            $null = [System.Threading.ThreadPool]::SetMaxThreads(12, 12)
            Import-Module $env:CSPMIGRATION_MODULE
            $null = Connect-CspPartner -Sandbox -Scenario 'scale:customers=200,subscriptions=1,users=1'
            $read = Invoke-SubscriptionMigration -ThrottleLimit 256 -Confirm:$false | Set-Subscription -FriendlyName 'Read downstream'
            @($read).Count
            @($read | Where-Object FriendlyName -Like 'Read downstream*').Count
        }
        $state | Should -Be @('200', '200')
    }

    It 'gives the parts of a partner that -Shard names, together every customer once' {
        $null = Connect-CspPartner -Sandbox -Scenario 'scale:customers=40,subscriptions=1,users=0'

        $parts = foreach ($number in 1..3) { , @(Get-ExpiringSubscription -Shard "$number/3") }

        $parts | ForEach-Object { $_.Count | Should -BeGreaterThan 0 }
        @($parts | ForEach-Object { $_ }).CustomerId | Sort-Object -Unique | Should -HaveCount 40
        @($parts | ForEach-Object { $_ }) | Should -HaveCount 40
    }

    It 'refuses a -Shard that is none, and says what one is: <_>' -ForEach '0/8', '9/8', '3', 'x/y' {
        { Get-ExpiringSubscription -Shard $_ } | Should -Throw '*such as 3/8*'
    }
}
