<#
.SYNOPSIS
    Executes a plan that somebody has approved: exactly its offers, seats, terms and billing cycles.
.DESCRIPTION
    What has changed at the service since the plan was made is refused as PlanStale and left alone. The same line again
    goes on where it stopped.

    Exit codes: 0 all of the plan is done; 2 something of it was refused or failed; 3 the plan is not approved; 1 nothing
    could be done.
.PARAMETER Connection
    The parameters of Connect-CspPartner.
.PARAMETER Folder
    Where plan.json and approval.json are.
.PARAMETER MaximumAge
    For how many days an approval holds.
.PARAMETER Module
    The module's name where it is installed, else the path of its manifest, such as ./out/CspMigration/CspMigration.psd1.
.EXAMPLE
    $module = './out/CspMigration/CspMigration.psd1'
    ./examples/TwoManFlow/Invoke-ApprovedPlan.ps1 -Connection @{ Sandbox = $true } -Folder ./season -Module $module

    From the repository's folder; without -Module where the module is installed.
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
    Write-Warning 'Nobody has approved the plan.'
    exit 3
}

$approval = Get-Content $approvalPath -Raw | ConvertFrom-Json
$isOld = ([datetime]$approval.ApprovedOn).ToUniversalTime() -lt [datetime]::UtcNow.AddDays(-$MaximumAge)
if ($isOld -or $approval.Hash -ne (Get-FileHash $planPath -Algorithm SHA256).Hash) {
    Write-Warning 'The approval is too old, or is of another plan.'
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
