BeforeAll {
    . $PSScriptRoot/Common.ps1
    $secret = 'tok-7f3a91c2-do-not-print-me'
    $encoded = [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes($secret))
    $journal = Join-Path $TestDrive 'journal.jsonl'
    $plan = Join-Path $TestDrive 'plan.csv'
    $transcript = Join-Path $TestDrive 'transcript.txt'

    # A whole life of a migration with everything switched on that could print something, and with failures of each kind.
    $script = Join-Path $TestDrive 'everything.ps1'
    @'
param([uri] $Endpoint, [string] $JournalPath, [string] $PlanPath, [string] $TranscriptPath)
Import-Module $env:CSPMIGRATION_MODULE
$token = [securestring]::new()
$env:CSPMIGRATION_TEST_SECRET.ToCharArray() | ForEach-Object { $token.AppendChar($_) }
$VerbosePreference = 'Continue'
$DebugPreference = 'Continue'
$InformationPreference = 'Continue'
$ProgressPreference = 'Continue'

function Set-Fault([hashtable[]] $Rule) {
    $null = Invoke-RestMethod -Method Post -Uri ([uri]::new($Endpoint, 'sandbox/faults')) -Body (ConvertTo-Json @($Rule)) -ContentType 'application/json' -Verbose:$false -Debug:$false
}

$null = Start-Transcript -Path $TranscriptPath
Connect-CspPartner -Endpoint $Endpoint -AccessToken $token -JournalPath $JournalPath -OutVariable partner
$partner | Format-List *
$partner | ConvertTo-Json -Depth 5 -WarningAction SilentlyContinue
Get-ExpiringSubscription | New-TargetSubscription -WhatIf | Export-Csv $PlanPath
foreach ($action in 'status:401', 'status:403', 'status:400', 'html', 'truncate') {
    Set-Fault @{ method = '*'; route = '*'; skip = 0; times = 3; action = $action }
    try { Get-ExpiringSubscription -ErrorAction Stop } catch { $_ | Format-List * -Force; $_.Exception.ToString(); Get-Error $_ }
}

Set-Fault @()
Get-ExpiringSubscription |
    New-TargetSubscription -Confirm:$false |
    Move-UserLicense -Confirm:$false |
    Suspend-Subscription -Confirm:$false -OutVariable suspended
$suspended | Undo-SubscriptionMigration -Confirm:$false
Get-CspPartner | Format-List *
$Error | Format-List * -Force
Get-Error -Newest 50
$null = Stop-Transcript
'@ | Set-Content $script

    # Not as an argument: a transcript begins with the command line.
    $env:CSPMIGRATION_TEST_SECRET = $secret
    $server = Start-SandboxServer
    $output = pwsh -NoProfile -NonInteractive -File $script -Endpoint $server.Endpoint -JournalPath $journal -PlanPath $plan -TranscriptPath $transcript *>&1 |
        Out-String -Width 4000
}

AfterAll {
    Remove-Item Env:CSPMIGRATION_TEST_SECRET
    Stop-SandboxServer $server
}

Describe 'A token' {
    It 'was used in a run that had something to say in every stream' {
        $output -match 'VERBOSE: ' | Should -BeTrue
        $output -match 'DEBUG: ' | Should -BeTrue
        $output -match 'Unauthorized' | Should -BeTrue
        (Get-Content $journal -Raw) -match 'purchase' | Should -BeTrue
        (Get-Content $plan -Raw) -match 'Dynamics 365' | Should -BeTrue
        (Get-Content $transcript -Raw) -match 'DEBUG: ' | Should -BeTrue
    }

    It 'is not in <_>' -ForEach 'the output', 'the transcript', 'the journal', 'the plan' {
        $text = switch ($_) {
            'the output' { $output }
            'the transcript' { Get-Content $transcript -Raw }
            'the journal' { Get-Content $journal -Raw }
            'the plan' { Get-Content $plan -Raw }
        }
        $text.Contains($secret, [StringComparison]::OrdinalIgnoreCase) | Should -BeFalse
        $text.Contains($encoded) | Should -BeFalse
        $text.Contains([uri]::EscapeDataString($secret), [StringComparison]::OrdinalIgnoreCase) | Should -BeFalse
    }
}
