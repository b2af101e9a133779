<#
.SYNOPSIS
    Runs the whole migration in one pipeline, against the sandbox server that the quickstart started.
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

# The sandbox accepts any token. The real service needs a token that was issued for Partner Center.
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
