<#
.SYNOPSIS
    The last job of the workflow: one report from the journals of all shards. Needs no sign-in.
.DESCRIPTION
    Exit codes: 0 every migration in the journals is complete; 2 some are not; 1 the report could not be written.
.PARAMETER JournalPath
    The journals; wildcards allowed.
.PARAMETER ReportPath
    Where the report is written.
.PARAMETER Module
    The module's name, or the path of its manifest.
.EXAMPLE
    ./New-RunReport.ps1 -JournalPath 'journals/*.jsonl' -ReportPath report.html
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string[]] $JournalPath,
    [string] $ReportPath = 'report.html',
    [string] $Module = 'CspMigration'
)

$ErrorActionPreference = 'Stop'
Import-Module $Module
$all = @(Get-SubscriptionMigration -JournalPath $JournalPath)
$all | Export-SubscriptionMigrationReport $ReportPath
exit $(if ($all | Where-Object State -NotIn 'Completed', 'RolledBack') { 2 } else { 0 })
