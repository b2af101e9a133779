<#
.SYNOPSIS
    The last job of the workflow: creates one report from the journals of all shards. Needs no sign-in.
.DESCRIPTION
    Exit codes: 0 every migration in the journals is completed or rolled back; 2 some are not; 1 there is no journal, no journal has a
    migration, or the report could not be written.
.PARAMETER JournalPath
    The journals. Wildcards are allowed.
.PARAMETER ReportPath
    The file to write the report to.
.PARAMETER Module
    The name of the module if it is installed, or else the path of its manifest, such as ./out/CspMigration/CspMigration.psd1.
.EXAMPLE
    ./New-RunReport.ps1 -JournalPath 'journals/*.jsonl' -ReportPath report.html

    If the module is not installed, add -Module ./out/CspMigration/CspMigration.psd1.
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
    throw "There is no journal $($JournalPath -join ', '). Check whether the jobs bought or changed anything, and whether their journals were kept."
}

$all = @(Get-SubscriptionMigration -JournalPath $JournalPath)
if (-not $all) { throw "There is no migration in $($JournalPath -join ', ')." }
$all | Export-SubscriptionMigrationReport $ReportPath
exit $(if ($all | Where-Object State -NotIn 'Completed', 'RolledBack') { 2 } else { 0 })
