<#
.SYNOPSIS
    One job of the workflow: migrates one shard of the customers, or shows the plan for it.
.DESCRIPTION
    Writes a summary that GitHub shows on the run's page, and leaves the journal where the workflow keeps it.

    Exit codes: 0 all is migrated; 2 something needs attention, and the workflow run again goes on; 1 nothing could be done.
.PARAMETER Shard
    Which shard of how many, such as 1/4. Each customer belongs to exactly one.
.PARAMETER JournalPath
    The journal of this shard. The workflow brings it from the last run.
.PARAMETER Connection
    The parameters of Connect-CspPartner. The default signs in with the refresh token in CSP_REFRESH_TOKEN.
.PARAMETER PlanOnly
    Changes nothing.
.PARAMETER StoreToken
    Gets each new refresh token as a SecureString. The default stores it as the repository's secret with gh.
.PARAMETER Module
    The module's name, or the path of its manifest.
.EXAMPLE
    ./Invoke-Shard.ps1 -Shard 1/4 -JournalPath journal-1.jsonl -PlanOnly
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $Shard,
    [Parameter(Mandatory)] [string] $JournalPath,
    [hashtable] $Connection,
    [switch] $PlanOnly,
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
$null = Connect-CspPartner @Connection -JournalPath $JournalPath
try {
    $done = @(Get-ExpiringSubscription -Shard $Shard |
            Invoke-SubscriptionMigration -WhatIf:$PlanOnly -Confirm:$false -ErrorAction Continue -ErrorVariable failed)
}
finally {
    Disconnect-CspPartner
}

if ($env:GITHUB_STEP_SUMMARY) {
    $(
        "### Shard $Shard$(if ($PlanOnly) { ', plan' })"
        ''
        '| State | Subscriptions |'
        '|---|---:|'
        $done | Group-Object State -NoElement | ForEach-Object { "| $($_.Name) | $($_.Count) |" }
    ) | Add-Content $env:GITHUB_STEP_SUMMARY
}

$done | Select-Object CustomerName, SourceSubscriptionId, State, ErrorId
exit $(if ($failed -or ($done | Where-Object ErrorId)) { 2 } else { 0 })
