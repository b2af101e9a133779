<#
.SYNOPSIS
    Builds, tests, packs or cleans the module.
.DESCRIPTION
    A front door to dotnet: the build itself stages the module to out/CspMigration, so "dotnet build" and "dotnet test"
    do the same.
.PARAMETER Task
    Build stages the module and prints the line that imports it. Test runs all tests. Package makes
    out/CspMigration.<version>.nupkg, as "dotnet pack" does. Clean removes what was built.
.PARAMETER Configuration
    Debug or Release. By default Release for a package, as with "dotnet pack", and Debug for the other tasks.
.EXAMPLE
    ./build.ps1
    Builds, and prints the line that imports the module.
.EXAMPLE
    ./build.ps1 -Task Test -Configuration Release
    Runs all tests on the optimized build.
.EXAMPLE
    ./build.ps1 -Task Package
    Makes the package for a gallery.
#>
[CmdletBinding()]
param(
    [ValidateSet('Build', 'Test', 'Package', 'Clean')]
    [string] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = $(if ($Task -eq 'Package') { 'Release' } else { 'Debug' })
)

$ErrorActionPreference = 'Stop'
$solution = Join-Path $PSScriptRoot 'CspMigration.sln'

switch ($Task) {
    'Build' { dotnet build $solution --configuration $Configuration }
    'Test' { dotnet test $solution --configuration $Configuration }
    'Package' { dotnet pack (Join-Path $PSScriptRoot 'src/CspMigration.PowerShell') --configuration $Configuration }
    'Clean' {
        dotnet clean $solution --configuration $Configuration
        Remove-Item -Path (Join-Path $PSScriptRoot 'out') -Recurse -Force -ErrorAction Ignore
    }
}

if ($LASTEXITCODE -ne 0) {
    exit $LASTEXITCODE
}

if ($Task -eq 'Build') {
    "Import-Module '$(Join-Path $PSScriptRoot 'out/CspMigration/CspMigration.psd1')'"
}
