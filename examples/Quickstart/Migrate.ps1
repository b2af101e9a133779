<#
.SYNOPSIS
    The whole migration in one pipeline, against the sandbox server that the quickstart has started.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $Module,
    [Parameter(Mandatory)] [uri] $Endpoint,
    [Parameter(Mandatory)] [string] $JournalPath,
    [Parameter(Mandatory)] [string] $ReportPath
)

$ErrorActionPreference = 'Stop'
Import-Module $Module
"Migrating through PowerShell $($PSVersionTable.PSVersion) and the staged module."
""

# The sandbox takes any token; the real service wants one that Partner Center issued.
$token = [securestring]::new()
'quickstart'.ToCharArray() | ForEach-Object { $token.AppendChar($_) }
$null = Connect-CspPartner -Endpoint $Endpoint -AccessToken $token -JournalPath $JournalPath

Get-ExpiringSubscription -Within 90 -OutVariable found |
    New-TargetSubscription -Confirm:$false -OutVariable bought |
    Move-UserLicense -Confirm:$false -OutVariable moved |
    Suspend-Subscription -Confirm:$false -OutVariable suspended |
    Out-Null

'Found';     $found     | Format-Table
'Bought';    $bought    | Format-Table
'Moved';     $moved     | Format-Table
'Suspended'; $suspended | Format-Table

$null = Get-SubscriptionMigration | Export-SubscriptionMigrationReport $ReportPath -Title Quickstart
Disconnect-CspPartner
