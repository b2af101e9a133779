<#
.SYNOPSIS
    A runbook for Azure Automation: migrates one shard of the customers.
.DESCRIPTION
    The managed identity of the automation account reads the refresh token of the admin agent from Key Vault, and stores
    each new one there. Start one job for each shard, such as 1/4 to 4/4. Each customer is in exactly one shard. Give each
    shard its own refresh token, because two jobs must not renew the same token.

    The disk of a job is deleted with the job. Keep the journal on a share that a hybrid worker mounts. Without the
    journal, a later job recognizes purchases by their friendly names.

    The report covers this job only. If nothing was left to do, there is no report: the property Report is empty, and the
    report of the previous job is removed, so that it is not sent twice.

    The module must be in the automation account. Otherwise, pass its path with -Module.

    Exit codes: 0 everything is migrated; 2 something needs attention, and running the job again resumes; 1 nothing could
    be done.
.PARAMETER TenantId
    The partner's tenant.
.PARAMETER ApplicationId
    The id of the application that is registered for the secure application model.
.PARAMETER VaultName
    The name of the key vault. The identity needs permission to get and set secrets.
.PARAMETER SecretName
    The name of the secret with the refresh token of this shard.
.PARAMETER Shard
    The shard to migrate, such as 1/4 for the first of four.
.PARAMETER MaximumPurchases
    The largest number of purchases. If the job needs more, it buys nothing.
.PARAMETER JournalPath
    The journal of this shard.
.PARAMETER ReportPath
    The file to write the report to. An existing file is removed first.
.PARAMETER Service
    More parameters of Connect-CspPartner, such as Endpoint and Authority of a sandbox.
.PARAMETER ReadToken
    A script block that returns the refresh token as a SecureString. The default reads the vault.
.PARAMETER StoreToken
    A script block that gets each new refresh token as a SecureString. The default stores it in the vault.
.PARAMETER Module
    The name of the module if it is installed, or else the path of its manifest, such as ./out/CspMigration/CspMigration.psd1.
.EXAMPLE
    Start-AzAutomationRunbook -Name Start-MigrationShard -Parameters @{
        TenantId = 'contoso.onmicrosoft.com'; ApplicationId = $id; VaultName = 'csp'; SecretName = 'CspRefreshToken1'; Shard = '1/4' }
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $TenantId,
    [Parameter(Mandatory)] [string] $ApplicationId,
    [Parameter(Mandatory)] [string] $VaultName,
    [string] $SecretName = 'CspRefreshToken',
    [string] $Shard = '1/1',
    [int] $MaximumPurchases = 200,
    [string] $JournalPath,
    [string] $ReportPath = (Join-Path ([IO.Path]::GetTempPath()) 'migration.html'),
    [hashtable] $Service = @{},
    [scriptblock] $ReadToken = { Read-VaultSecret },
    [scriptblock] $StoreToken = { param($Token) Write-VaultSecret $Token },
    [string] $Module = 'CspMigration'
)

$ErrorActionPreference = 'Stop'

$secretUri = "https://$VaultName.vault.azure.net/secrets/$SecretName`?api-version=7.4"

function Invoke-Vault {
    param([string] $Method, [string] $Body)

    # The endpoint of the identity is in the environment of every job.
    $identity = Invoke-RestMethod -Method Post -Uri $env:IDENTITY_ENDPOINT -Body @{ resource = 'https://vault.azure.net' } -Headers @{
        'X-IDENTITY-HEADER' = $env:IDENTITY_HEADER
        Metadata            = 'True'
    }
    $request = @{
        Method      = $Method
        Uri         = $secretUri
        Headers     = @{ Authorization = "Bearer $($identity.access_token)" }
        ContentType = 'application/json'
    }
    if ($Body) { $request.Body = $Body }
    Invoke-RestMethod @request
}

function Read-VaultSecret {
    $secret = [securestring]::new()
    foreach ($character in (Invoke-Vault Get).value.ToCharArray()) { $secret.AppendChar($character) }
    $secret
}

function Write-VaultSecret {
    param([securestring] $Secret)

    $value = [System.Net.NetworkCredential]::new('', $Secret).Password
    $null = Invoke-Vault Put (@{ value = $value } | ConvertTo-Json)
}

Import-Module $Module
if (Test-Path $ReportPath) { Remove-Item $ReportPath }
$connection = @{ TenantId = $TenantId; ApplicationId = $ApplicationId; RefreshToken = & $ReadToken; OnRefreshTokenRotated = $StoreToken } + $Service
if ($JournalPath) { $connection.JournalPath = $JournalPath }
$null = Connect-CspPartner @connection
try {
    $done = @(Get-ExpiringSubscription -Shard $Shard |
            Invoke-SubscriptionMigration -MaximumPurchases $MaximumPurchases -Confirm:$false -ErrorAction Continue -ErrorVariable failed)
    $report = $done | Export-SubscriptionMigrationReport $ReportPath -Title "Migration, shard $Shard"
}
finally {
    Disconnect-CspPartner
}

[pscustomobject]@{
    Shard     = $Shard
    Completed = @($done | Where-Object State -EQ 'Completed').Count
    Stopped   = @($done | Where-Object ErrorId).Count
    Report    = $report.FullName
}

exit $(if ($failed -or ($done | Where-Object ErrorId)) { 2 } else { 0 })
