<#
.SYNOPSIS
    Migrates Office 365 E4 with the map in this folder, in the sandbox.
.DESCRIPTION
    The map has no offer id of E4, so Get-ExpiringSubscription does not recognize the subscriptions. The readiness test and
    the purchase recognize them by their directory SKU. The targets are sold through new commerce.
.PARAMETER Target
    The target. The default is the first one in the map, Office 365 E5.
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
