<#
.SYNOPSIS
    Migrates Office 365 E4 with the map beside this script, against the sandbox.
.DESCRIPTION
    The map has no offer id of E4, so discovery cannot tell by itself which subscriptions it is about: readiness and
    purchase recognise them by their directory SKU. The successors are sold through new commerce.
.PARAMETER Target
    The successor; the default is the map's first, Office 365 E5.
.EXAMPLE
    ./examples/Office365E4/Migrate.ps1 -Target 'Office 365 E3'
#>
[CmdletBinding()]
param(
    [string] $Target = 'Office 365 E5'
)

$ErrorActionPreference = 'Stop'
$null = Connect-CspPartner -Sandbox -Scenario office365-e4 -SkuMapPath (Join-Path $PSScriptRoot 'SkuMap.json')

Get-ExpiringSubscription |
    New-TargetSubscription -Target $Target -Confirm:$false |
    Move-UserLicense -Confirm:$false |
    Suspend-Subscription -Confirm:$false
