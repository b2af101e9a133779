BeforeDiscovery {
    $tries = & $PSScriptRoot/Tries.ps1
}

BeforeAll {
    . $PSScriptRoot/Common.ps1
    $server = Start-SandboxServer -Argument '--provisioning-delay', '0'

    function Invoke-InTimeZone {
        param([string] $Zone, [scriptblock] $Script)

        $before = $env:TZ
        $env:TZ = $Zone
        try { Invoke-FreshSession $Script } finally { $env:TZ = $before }
    }
}

AfterAll {
    Disconnect-CspPartner
    Stop-SandboxServer $server
}

Describe 'The table of tries' {
    It 'names each try once' {
        $names = (& $PSScriptRoot/Tries.ps1) | ForEach-Object { "$($_.Kind): $($_.Try)" }
        ($names | Select-Object -Unique).Count | Should -Be $names.Count
    }
}

Describe '<Kind>: <Try>' -ForEach $tries {
    It 'does what is right' {
        $null = Reset-Sandbox $server ($Scenario ?? 'contoso')
        $source = Get-ExpiringSubscription
        $ids = @{ CustomerId = @($source)[0].CustomerId; SubscriptionId = @($source)[0].SubscriptionId }
        if ($Fault) { Invoke-SandboxControl $server 'faults' @(, $Fault) }
        $before = Get-SandboxWriteCount $server
        $ErrorActionPreference = 'Continue'
        $all = @(try { & $Act *>&1 } catch { $_ })
        $ErrorActionPreference = 'Stop'
        $errors = @($all | Where-Object { $_ -is [Management.Automation.ErrorRecord] })
        $warnings = @($all | Where-Object { $_ -is [Management.Automation.WarningRecord] })
        $out = @($all | Where-Object { $_ -isnot [Management.Automation.ErrorRecord] -and $_ -isnot [Management.Automation.InformationalRecord] -and $_ -isnot [Management.Automation.InformationRecord] })
        if ($out.Count -eq 1) { $out = $out[0] }
        $text = ($all | Out-String -Width 400) + ($all | ForEach-Object { "$_" } | Out-String -Width 400)
        Invoke-SandboxControl $server 'faults' @()

        [bool](& $Right) | Should -BeTrue -Because "of what came: $text"
        if (-not $Writes) { Get-SandboxWriteCount $server | Should -Be $before -Because 'nothing was to be changed' }
    }
}
