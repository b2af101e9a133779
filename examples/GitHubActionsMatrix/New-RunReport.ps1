<#
.SYNOPSIS
    The last job of the workflow: one report from the journals of all shards. Needs no sign-in.
.DESCRIPTION
    Exit codes: 0 every migration in the journals is complete; 2 some are not; 1 there is no journal, or no migration in any,
    or the report could not be written.
.PARAMETER JournalPath
    The journals; wildcards allowed.
.PARAMETER ReportPath
    Where the report is written.
.PARAMETER Module
    The module's name where it is installed, else the path of its manifest, such as ./out/CspMigration/CspMigration.psd1.
.EXAMPLE
    ./New-RunReport.ps1 -JournalPath 'journals/*.jsonl' -ReportPath report.html

    From a module that is not installed: add -Module ./out/CspMigration/CspMigration.psd1.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string[]] $JournalPath,
    [string] $ReportPath = 'report.html',
    [string] $Module = 'CspMigration'
)

$ErrorActionPreference = 'Stop'
Import-Module $Module
if (-not (Get-Item $JournalPath -ErrorAction Ignore)) {
    throw "There is no journal $($JournalPath -join ', '): look whether the jobs have bought or changed anything, and whether their journals were kept."
}

$all = @(Get-SubscriptionMigration -JournalPath $JournalPath)
if (-not $all) { throw "There is no migration in $($JournalPath -join ', ')." }
$all | Export-SubscriptionMigrationReport $ReportPath
exit $(if ($all | Where-Object State -NotIn 'Completed', 'RolledBack') { 2 } else { 0 })
