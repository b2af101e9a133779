BeforeAll {
    . $PSScriptRoot/Common.ps1

    $customerOrders = 'POST /v1/customers/{customerId}/orders'
    $script = Join-Path $TestDrive 'migrate.ps1'
    @'
param([uri] $Endpoint, [string] $JournalPath)
Import-Module $env:CSPMIGRATION_MODULE
$token = [securestring]::new()
'any token'.ToCharArray() | ForEach-Object { $token.AppendChar($_) }
$null = Connect-CspPartner -Endpoint $Endpoint -AccessToken $token -JournalPath $JournalPath
Get-ExpiringSubscription |
    New-TargetSubscription -Confirm:$false |
    Move-UserLicense -Confirm:$false |
    Suspend-Subscription -Confirm:$false |
    ForEach-Object { "$($_.Outcome)" }
'@ | Set-Content $script

    function Set-SandboxFault {
        [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '')]
        param($Server, [hashtable[]] $Rule)

        $null = Invoke-RestMethod -Method Post -Uri ([uri]::new($Server.Endpoint, 'sandbox/faults')) -Body (ConvertTo-Json @($Rule)) -ContentType 'application/json'
    }

    function Get-CarriedOut {
        param($Server, [string] $Route)

        [int](Invoke-RestMethod -Uri ([uri]::new($Server.Endpoint, 'sandbox/requests'))).byRoute.$Route
    }

    function Get-UserOf {
        param($Customer, [string] $SkuId)

        @($Customer.users | Where-Object { $_.licenses.skuId -contains $SkuId })
    }

    function Assert-Migrated {
        param($Server)

        $state = Get-SandboxState $Server
        $customer = $state.customers[0]
        $old = $customer.subscriptions | Where-Object offerName -EQ 'Dynamics AX Enterprise'
        $new = @($customer.subscriptions | Where-Object offerName -NE 'Dynamics AX Enterprise')
        $new.Count | Should -Be 1
        $new[0].quantity | Should -Be 25
        $old.status | Should -Be 'suspended'
        (Get-UserOf $customer $new[0].skuId).Count | Should -Be 20
        (Get-UserOf $customer $old.skuId).Count | Should -Be 0
        @($state.violations).Count | Should -Be 0
    }
}

Describe 'An order whose reply is lost twice' {
    It 'is one order' {
        $server = Start-SandboxServer
        try {
            Set-SandboxFault $server @{ method = 'POST'; route = '/v1/customers/{customerId}/orders'; skip = 0; times = 2; action = 'drop-after' }
            $outcome = Invoke-Pwsh -NonInteractive -File $script -Endpoint $server.Endpoint -JournalPath (Join-Path $TestDrive 'lost.jsonl')
            $outcome | Should -Be 'Suspended'
            Get-CarriedOut $server $customerOrders | Should -Be 1
            Assert-Migrated $server
        }
        finally {
            Stop-SandboxServer $server
        }
    }
}

Describe 'A run killed after half of the users' {
    It 'ends complete when it is run again, with the journal <Journal>' -ForEach @(
        @{ Journal = 'kept' }
        @{ Journal = 'deleted' }
    ) {
        $server = Start-SandboxServer
        try {
            $journalPath = Join-Path $TestDrive "killed-$Journal.jsonl"

            # Ten updates pass; the others never reach the service until the process is dead.
            Set-SandboxFault $server @{ method = 'POST'; route = '/v1/customers/{customerId}/users/{userId}/licenseupdates'; skip = 10; times = 1000000; action = 'drop-before' }
            $start = Get-PwshStart '-NonInteractive', '-File', $script, '-Endpoint', $server.Endpoint, '-JournalPath', $journalPath
            $start.RedirectStandardOutput = $true
            $process = [Diagnostics.Process]::Start($start)
            $updates = 'POST /v1/customers/{customerId}/users/{userId}/licenseupdates'
            $patience = [datetime]::UtcNow.AddMinutes(2)
            while ((Get-CarriedOut $server $updates) -lt 10 -and -not $process.HasExited -and [datetime]::UtcNow -lt $patience) { Start-Sleep -Milliseconds 50 }
            $process.HasExited | Should -BeFalse
            $process.Kill()
            $process.WaitForExit()

            $customer = (Get-SandboxState $server).customers[0]
            $new = $customer.subscriptions | Where-Object offerName -NE 'Dynamics AX Enterprise'
            (Get-UserOf $customer $new.skuId).Count | Should -Be 10

            Set-SandboxFault $server @()
            if ($Journal -ne 'kept') { Remove-Item $journalPath }
            $outcome = Invoke-Pwsh -NonInteractive -File $script -Endpoint $server.Endpoint -JournalPath $journalPath
            $outcome | Should -Be 'Suspended'
            Get-CarriedOut $server $customerOrders | Should -Be 1
            Assert-Migrated $server
        }
        finally {
            Stop-SandboxServer $server
        }
    }
}
