<#
.SYNOPSIS
    Runs examples one after the other, as somebody would who types them and answers every question with yes, and prints
    what each prints.
.DESCRIPTION
    The file is JSON: a list of Code and IsFresh. A fresh example begins with a new connection to the sandbox, the others go
    on where the one before ended. A line "#### <number>" precedes the output of each; "!!!! <message>" follows a failure.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $Path
)

$ErrorActionPreference = 'Stop'
$ConfirmPreference = 'None'

# As an installed module, found by its name in every runspace.
$env:PSModulePath = (Split-Path (Split-Path $env:CSPMIGRATION_MODULE)) + [IO.Path]::PathSeparator + $env:PSModulePath
Import-Module CspMigration
$examples = Get-Content -Raw -Path $Path | ConvertFrom-Json
for ($number = 0; $number -lt $examples.Count; $number++) {
    "#### $number"
    try {
        if ($examples[$number].IsFresh) { $null = Connect-CspPartner -Sandbox }
        . ([scriptblock]::Create($examples[$number].Code)) | Out-String -Width 80 -Stream
    }
    catch {
        "!!!! $_"
    }
}
