<#
.SYNOPSIS
    Runs an approved plan: buys exactly its offers, seats, terms and billing cycles.
.DESCRIPTION
    A source that has changed in the service since the plan was created is refused with PlanStale and not changed. Run the
    same command again to resume.

    Exit codes: 0 the whole plan is done; 2 part of it was refused or failed; 3 the plan is not approved; 1 nothing could
    be done.
.PARAMETER Connection
    The parameters of Connect-CspPartner.
.PARAMETER Folder
    The folder with plan.json and approval.json.
.PARAMETER MaximumAge
    The number of days that an approval is valid.
.PARAMETER Module
    The name of the module if it is installed, or else the path of its manifest, such as ./out/CspMigration/CspMigration.psd1.
.EXAMPLE
    $module = './out/CspMigration/CspMigration.psd1'
    ./examples/TwoManFlow/Invoke-ApprovedPlan.ps1 -Connection @{ Sandbox = $true } -Folder ./season -Module $module

    Run this from the repository's folder. If the module is installed, leave out -Module.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [hashtable] $Connection,
    [Parameter(Mandatory)] [string] $Folder,
    [ValidateRange(1, 90)] [int] $MaximumAge = 7,
    [string] $Module = 'CspMigration'
)

$ErrorActionPreference = 'Stop'
$planPath = Join-Path $Folder 'plan.json'
$approvalPath = Join-Path $Folder 'approval.json'
if (-not (Test-Path $approvalPath)) {
    Write-Warning 'The plan is not approved.'
    exit 3
}

$approval = Get-Content $approvalPath -Raw | ConvertFrom-Json
$isOld = ([datetime]$approval.ApprovedOn).ToUniversalTime() -lt [datetime]::UtcNow.AddDays(-$MaximumAge)
if ($isOld -or $approval.Hash -ne (Get-FileHash $planPath -Algorithm SHA256).Hash) {
    Write-Warning 'The approval is too old, or it is for another plan.'
    exit 3
}

Import-Module $Module
$null = Connect-CspPartner @Connection
try {
    $ended = @(New-TargetSubscription -Plan $planPath -Confirm:$false -ErrorAction Continue -ErrorVariable +failed |
            Move-UserLicense -Confirm:$false -ErrorAction Continue -ErrorVariable +failed |
            Suspend-Subscription -Confirm:$false -ErrorAction Continue -ErrorVariable +failed)
}
finally {
    Disconnect-CspPartner
}

$ended
exit $(if ($failed) { 2 } else { 0 })
