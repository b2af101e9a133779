<#
.SYNOPSIS
    The first of two people: makes the plan that somebody else has to approve. Changes nothing at the service.
.DESCRIPTION
    Writes plan.json, which is executed as it stands; plan.html, to be looked at; and request.json, which names the
    plan's hash and who made it.

    Exit codes: 0 there is a plan; 2 some subscriptions could not be planned and are not in it; 3 there is nothing to plan;
    1 it failed.
.PARAMETER Connection
    The parameters of Connect-CspPartner.
.PARAMETER Folder
    Where the files are written.
.PARAMETER Author
    Who makes the plan.
.PARAMETER Module
    The module's name where it is installed, else the path of its manifest, such as ./out/CspMigration/CspMigration.psd1.
.EXAMPLE
    $module = './out/CspMigration/CspMigration.psd1'
    ./examples/TwoManFlow/Export-Plan.ps1 -Connection @{ Sandbox = $true } -Folder ./season -Module $module

    From the repository's folder; without -Module where the module is installed.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [hashtable] $Connection,
    [Parameter(Mandatory)] [string] $Folder,
    [string] $Author = [Environment]::UserName,
    [string] $Module = 'CspMigration'
)

$ErrorActionPreference = 'Stop'
Import-Module $Module
$null = New-Item -ItemType Directory -Path $Folder -Force
$null = Connect-CspPartner @Connection
try {
    $planned = @(Get-ExpiringSubscription | Invoke-SubscriptionMigration -WhatIf -ErrorAction Continue -ErrorVariable failed)
}
finally {
    Disconnect-CspPartner
}

$targets = @($planned.Target | Where-Object { $_ })
if (-not $targets) { exit 3 }
$planPath = Join-Path $Folder 'plan.json'
ConvertTo-Json $targets -Depth 6 | Set-Content $planPath -Encoding utf8
$null = $planned | Export-SubscriptionMigrationReport (Join-Path $Folder 'plan.html') -Title 'Plan to be approved'
$request = [pscustomobject]@{
    Hash      = (Get-FileHash $planPath -Algorithm SHA256).Hash
    Author    = $Author
    Purchases = @($targets | Where-Object Outcome -NE 'Covered').Count
    Seats     = ($targets | Where-Object Outcome -NE 'Covered' | Measure-Object Quantity -Sum).Sum
}
$request | ConvertTo-Json | Set-Content (Join-Path $Folder 'request.json') -Encoding utf8
$request
exit $(if ($failed) { 2 } else { 0 })
