<#
.SYNOPSIS
    One job of the workflow: migrates one shard of the customers, or creates the plan for it.
.DESCRIPTION
    Writes a summary for the GitHub page of the run, a report of this shard, and the journal, which the workflow keeps.
    A plan writes no journal, and its rows and report are marked as planned. If nothing is left to do, there is no report.

    Exit codes: 0 everything is migrated; 2 something needs attention, and running the workflow again resumes; 1 nothing
    could be done.
.PARAMETER Shard
    The shard to migrate, such as 1/4 for the first of four. Each customer is in exactly one shard.
.PARAMETER JournalPath
    The journal of this shard. The workflow restores it from the last run.
.PARAMETER Connection
    The parameters of Connect-CspPartner. The default signs in with the refresh token in CSP_REFRESH_TOKEN.
.PARAMETER PlanOnly
    Creates a plan only and changes nothing.
.PARAMETER ReportPath
    The file to write the report of this shard to. An existing file is removed first.
.PARAMETER StoreToken
    A script block that gets each new refresh token as a SecureString. The default stores it as a secret of the repository with gh.
.PARAMETER Module
    The name of the module if it is installed, or else the path of its manifest, such as ./out/CspMigration/CspMigration.psd1.
.EXAMPLE
    ./examples/GitHubActionsMatrix/Invoke-Shard.ps1 -Shard 1/1 -JournalPath journal-1.jsonl -PlanOnly `
        -Connection @{ Sandbox = $true } -Module ./out/CspMigration/CspMigration.psd1

    Run this from the repository's folder to create the plan for the sandbox's example customer.
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
