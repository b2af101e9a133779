<#
.SYNOPSIS
    Unpacks the package, imports it and migrates the sandbox's customer by a saved plan; for a PowerShell the other tests do not run in, such as 5.1.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)] [string] $PackageFolder
)

$ErrorActionPreference = 'Stop'
$package = Get-Item (Join-Path $PackageFolder 'CspMigration.*.nupkg')
$folder = Join-Path ([IO.Path]::GetTempPath()) ([guid]::NewGuid())
Add-Type -AssemblyName System.IO.Compression.FileSystem
[IO.Compression.ZipFile]::ExtractToDirectory($package.FullName, $folder)
$manifest = Join-Path $folder 'CspMigration.psd1'

$null = Test-ModuleManifest $manifest
Import-Module $manifest
$null = Connect-CspPartner -Sandbox
$plan = Join-Path $folder 'plan.json'
Get-ExpiringSubscription |
    New-TargetSubscription -WhatIf |
    ConvertTo-Json -Depth 6 |
    Set-Content $plan -Encoding UTF8
$suspended = New-TargetSubscription -Plan $plan -Confirm:$false |
    Move-UserLicense -Confirm:$false |
    Suspend-Subscription -Confirm:$false
Get-CspPartner -Diagnostic | Format-Table Name, Version, LoadContext, Path

# Nobody listens there: what counts is that the sign-in library is found and its failure is told as ours.
$signIn = @{ Endpoint = 'http://127.0.0.1:1'; Authority = 'http://127.0.0.1:1'; TenantId = 'contoso.com' }
$secret = New-Object securestring
'any'.ToCharArray() | ForEach-Object { $secret.AppendChar($_) }
$failure = try { Connect-CspPartner @signIn -Credential (New-Object pscredential 'any', $secret) } catch { $_ }

if ("$($suspended.Outcome)" -ne 'Suspended') { throw "The migration ended with '$($suspended.Outcome)'." }
if ("$($failure.FullyQualifiedErrorId)" -notlike 'ServiceUnavailable,*') { throw "The sign-in ended with '$failure'." }
"The package works in PowerShell $($PSVersionTable.PSVersion)."
