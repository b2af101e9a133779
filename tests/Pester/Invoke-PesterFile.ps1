<#
.SYNOPSIS
    Runs one Pester file, writes its results, and gives the number of its failures; a word where no test ran.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $Path,
    [Parameter(Mandatory)] [string] $ResultPath
)

$ErrorActionPreference = 'Stop'
Import-Module $env:CSPMIGRATION_PESTER

$configuration = New-PesterConfiguration
$configuration.Run.Path = $Path
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'Detailed'
$configuration.Output.RenderMode = 'Plaintext'
$configuration.TestResult.Enabled = $true
$configuration.TestResult.OutputFormat = 'NUnitXml'
$configuration.TestResult.OutputPath = $ResultPath
$result = Invoke-Pester -Configuration $configuration

if ($result.TotalCount -eq 0) { return 'no test' }

# A block that fails before its tests is counted for itself.
$result.FailedCount + $result.FailedBlocksCount + $result.FailedContainersCount
