<#
.SYNOPSIS
    For the first person: creates the plan that another person must approve. Changes nothing in the service.
.DESCRIPTION
    Writes plan.json, which is later run exactly as it is; plan.html, for review; and request.json, with the hash and
    the author of the plan.

    Exit codes: 0 the plan is complete; 2 some subscriptions could not be planned and are not in it; 3 there is nothing to
    plan; 1 failed.
.PARAMETER Connection
    The parameters of Connect-CspPartner.
.PARAMETER Folder
    The folder to write the files to.
.PARAMETER Author
    The name of the author of the plan.
.PARAMETER Module
    The name of the module if it is installed, or else the path of its manifest, such as ./out/CspMigration/CspMigration.psd1.
.EXAMPLE
    $module = './out/CspMigration/CspMigration.psd1'
    ./examples/TwoManFlow/Export-Plan.ps1 -Connection @{ Sandbox = $true } -Folder ./season -Module $module

    Run this from the repository's folder. If the module is installed, leave out -Module.
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
