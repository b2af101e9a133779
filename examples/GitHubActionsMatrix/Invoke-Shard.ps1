<#
.SYNOPSIS
    One job of the workflow: migrates one shard of the customers, or shows the plan for it.
.DESCRIPTION
    Writes a summary that GitHub shows on the run's page, a report of this shard, and leaves the journal where the workflow
    keeps it. A plan leaves no journal; its rows and its report say that they are planned. Where nothing is left to do there
    is no report.

    Exit codes: 0 all is migrated; 2 something needs attention, and the workflow run again goes on; 1 nothing could be done.
.PARAMETER Shard
    Which shard of how many, such as 1/4. Each customer belongs to exactly one.
.PARAMETER JournalPath
    The journal of this shard. The workflow brings it from the last run.
.PARAMETER Connection
    The parameters of Connect-CspPartner. The default signs in with the refresh token in CSP_REFRESH_TOKEN.
.PARAMETER PlanOnly
    Changes nothing.
.PARAMETER ReportPath
    Where the report of this shard is written. A file that is there is removed first.
.PARAMETER StoreToken
    Gets each new refresh token as a SecureString. The default stores it as the repository's secret with gh.
.PARAMETER Module
    The module's name where it is installed, else the path of its manifest, such as ./out/CspMigration/CspMigration.psd1.
.EXAMPLE
    ./examples/GitHubActionsMatrix/Invoke-Shard.ps1 -Shard 1/1 -JournalPath journal-1.jsonl -PlanOnly `
        -Connection @{ Sandbox = $true } -Module ./out/CspMigration/CspMigration.psd1

    Shows the plan for the sandbox's example customer, from the repository's folder.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $Shard,
    [Parameter(Mandatory)] [string] $JournalPath,
    [hashtable] $Connection,
    [switch] $PlanOnly,
    [string] $ReportPath = "shard-$($Shard.Split('/')[0]).html",
    [scriptblock] $StoreToken = {
        param($Token)
        [System.Net.NetworkCredential]::new('', $Token).Password | gh secret set "CSP_REFRESH_TOKEN_$($Shard.Split('/')[0])"
    },
    [string] $Module = 'CspMigration'
)

$ErrorActionPreference = 'Stop'

function Get-SecretFromEnvironment {
    param([string] $Name)

    $secret = [securestring]::new()
    foreach ($character in "$([Environment]::GetEnvironmentVariable($Name))".ToCharArray()) { $secret.AppendChar($character) }
    $secret
}

if (-not $Connection) {
    $Connection = @{
        TenantId              = $env:CSP_TENANT_ID
        Credential            = [pscredential]::new($env:CSP_APPLICATION_ID, (Get-SecretFromEnvironment 'CSP_APPLICATION_SECRET'))
        RefreshToken          = Get-SecretFromEnvironment 'CSP_REFRESH_TOKEN'
        OnRefreshTokenRotated = $StoreToken
    }
}

Import-Module $Module
if (Test-Path $ReportPath) { Remove-Item $ReportPath }
$null = Connect-CspPartner @Connection -JournalPath $JournalPath
try {
    $done = @(Get-ExpiringSubscription -Shard $Shard |
            Invoke-SubscriptionMigration -WhatIf:$PlanOnly -Confirm:$false -ErrorAction Continue -ErrorVariable failed)
}
finally {
    Disconnect-CspPartner
}

if ($done) {
    $null = $done | Export-SubscriptionMigrationReport $ReportPath -Title "Migration, shard $Shard$(if ($PlanOnly) { ', plan' })"
}

if ($env:GITHUB_STEP_SUMMARY) {
    $(
        "### Shard $Shard$(if ($PlanOnly) { ', plan' })"
        ''
        '| State | Subscriptions |'
        '|---|---:|'
        $done | Group-Object { "$($_.State)$(if ($_.IsPlanned) { ', planned' })" } -NoElement | ForEach-Object { "| $($_.Name) | $($_.Count) |" }
    ) | Add-Content $env:GITHUB_STEP_SUMMARY
}

$done | Select-Object CustomerName, SourceSubscriptionId, State, IsPlanned, ErrorId
exit $(if ($failed -or ($done | Where-Object ErrorId)) { 2 } else { 0 })
