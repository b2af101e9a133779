<#
.SYNOPSIS
    Runs PSScriptAnalyzer over every script and manifest of the repository; the exit code is the number of findings.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $Repository
)

$ErrorActionPreference = 'Stop'
Import-Module PSScriptAnalyzer

# The manifest is looked at where the build has put it: only there are the files it names.
$manifest = Join-Path $Repository 'CspMigration.psd1'
$files = @(Get-ChildItem -Path $Repository -Recurse -Include *.ps1, *.psm1, *.psd1 -File |
        Where-Object { $_.FullName -notmatch '[\\/](bin|obj|out)[\\/]' -and $_.FullName -ne $manifest }) +
    @(Get-Item (Join-Path $Repository 'out/CspMigration/CspMigration.psd1'))
$findings = @($files | ForEach-Object {
        Invoke-ScriptAnalyzer -Path $_.FullName -Settings (Join-Path $PSScriptRoot 'PSScriptAnalyzerSettings.psd1')
    })
$findings | Format-List -Property ScriptPath, Line, RuleName, Severity, Message | Out-String -Width 200
exit $findings.Count
