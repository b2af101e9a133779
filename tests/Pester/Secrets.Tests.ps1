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
$partner | ConvertTo-Json -Depth 6 -WarningAction SilentlyContinue
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
    $output = Invoke-Pwsh -NonInteractive -File $script -Endpoint $server.Endpoint -JournalPath $journal -PlanPath $plan -TranscriptPath $transcript *>&1 |
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

Describe 'The secrets of a sign-in' {
    BeforeAll {
        $journal = Join-Path $TestDrive 'sign-in.jsonl'
        $transcript = Join-Path $TestDrive 'sign-in.txt'
        $rotatedPath = Join-Path $TestDrive 'rotated.txt'
        $env:CSPMIGRATION_TEST_REFRESH = 'rt-1b77e0d5+do/not-print-me='
        $env:CSPMIGRATION_TEST_CLIENT = 'sec-90ab3c4e~do.not-print_me'
        $signInScript = Join-Path $TestDrive 'sign-in.ps1'
        @'
param([uri] $Endpoint, [string] $JournalPath, [string] $TranscriptPath, [string] $RotatedPath)
Import-Module $env:CSPMIGRATION_MODULE
function New-Text([string] $Text) {
    $secret = [securestring]::new()
    $Text.ToCharArray() | ForEach-Object { $secret.AppendChar($_) }
    $secret
}
function Set-Control([string] $Name, $Body) {
    $null = Invoke-RestMethod -Method Post -Uri ([uri]::new($Endpoint, "sandbox/$Name")) -Body (ConvertTo-Json $Body) -ContentType 'application/json' -Verbose:$false -Debug:$false
}
$VerbosePreference = 'Continue'
$DebugPreference = 'Continue'
$InformationPreference = 'Continue'
$null = Start-Transcript -Path $TranscriptPath
$signIn = @{
    Endpoint = $Endpoint; Authority = $Endpoint; TenantId = '22222222-2222-2222-2222-222222222222'; JournalPath = $JournalPath
    Credential = [pscredential]::new('an application', (New-Text $env:CSPMIGRATION_TEST_CLIENT))
}
$store = {
    $text = [Net.NetworkCredential]::new('', $args[0]).Password
    [IO.File]::AppendAllText($RotatedPath, "$text`n")
    if ([IO.File]::ReadAllLines($RotatedPath).Count -gt 1) { throw "The vault does not take $text." }
}
Connect-CspPartner @signIn -RefreshToken (New-Text $env:CSPMIGRATION_TEST_REFRESH) -OnRefreshTokenRotated $store -OutVariable partner
$partner | Format-List *
Get-ExpiringSubscription |
    New-TargetSubscription -Confirm:$false |
    ForEach-Object { Set-Control clock @{ advance = 'PT2H' }; $_ } |
    Move-UserLicense -Confirm:$false |
    Suspend-Subscription -Confirm:$false
Set-Control clock @{ advance = 'PT2H' }
try { Get-ExpiringSubscription -ErrorAction Stop } catch { $_ | Format-List * -Force; $_.Exception.ToString(); Get-Error $_ }
# On a connection first: a Connect-CspPartner that fails takes it away.
$lines = { Get-ExpiringSubscription -ErrorAction Stop }, { Connect-CspPartner @signIn -RefreshToken (New-Text $env:CSPMIGRATION_TEST_REFRESH) }
foreach ($line in $lines) {
    foreach ($action in 'aadsts:50076', 'aadsts:7000215', 'aadsts:700082', 'truncate', 'empty') {
        Set-Control clock @{ advance = 'PT2H' }
        Set-Control faults @(, @{ method = 'POST'; route = '/{tenant}/oauth2/v2.0/token'; skip = 0; times = 1; action = $action })
        try { & $line } catch { $_ | Format-List * -Force; $_.Exception.ToString(); Get-Error $_ }
    }
}
Connect-CspPartner @signIn
Connect-CspPartner @signIn -ApplicationId 'another'
$Error | Format-List * -Force
Get-Error -Newest 50
$null = Stop-Transcript
'@ | Set-Content $signInScript

        Invoke-SandboxControl $server 'reset' @{ scenario = 'contoso' }
        $output = Invoke-Pwsh -NonInteractive -File $signInScript -Endpoint $server.Endpoint -JournalPath $journal -TranscriptPath $transcript -RotatedPath $rotatedPath *>&1 |
            Out-String -Width 4000
        $rotated = @(Get-Content $rotatedPath)
        $secrets = @($env:CSPMIGRATION_TEST_REFRESH, $env:CSPMIGRATION_TEST_CLIENT) + $rotated
    }

    AfterAll {
        Remove-Item Env:CSPMIGRATION_TEST_REFRESH, Env:CSPMIGRATION_TEST_CLIENT
    }

    It 'were used in a run that had something to say' {
        $rotated.Count | Should -BeGreaterThan 1
        $output | Should -Match 'VERBOSE: The access token was renewed'
        $output | Should -Match 'The vault does not take \(secret\)'
        foreach ($errorId in 'MfaRequired', 'CredentialRefused', 'RefreshTokenRefused', 'RefreshTokenNotStored') { $output | Should -Match $errorId }
        (Get-Content $journal -Raw) | Should -Match 'purchase'
        (Get-Content $transcript -Raw) | Should -Match 'DEBUG: '
    }

    It 'are not in <_>' -ForEach 'the output', 'the transcript', 'the journal' {
        $text = switch ($_) {
            'the output' { $output }
            'the transcript' { Get-Content $transcript -Raw }
            'the journal' { Get-Content $journal -Raw }
        }
        foreach ($secret in $secrets) {
            $text.Contains($secret, [StringComparison]::OrdinalIgnoreCase) | Should -BeFalse
            $text.Contains([uri]::EscapeDataString($secret), [StringComparison]::OrdinalIgnoreCase) | Should -BeFalse
            $text.Contains([Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes($secret))) | Should -BeFalse
        }
        # How each access token of the sandbox begins.
        $text.Contains('eyJ0eXAiOiJKV1Qi') | Should -BeFalse
        $text.Contains('app-only.') | Should -BeFalse
    }
}
