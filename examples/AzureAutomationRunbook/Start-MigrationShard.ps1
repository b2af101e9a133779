<#
.SYNOPSIS
    A runbook for Azure Automation: migrates one shard of the customers.
.DESCRIPTION
    The automation account's managed identity reads the refresh token of the admin agent from Key Vault, and stores each
    new one back. Start one job for each shard, such as 1/4 to 4/4; each customer belongs to exactly one. Give each
    shard a refresh token of its own: two jobs must not renew the same one.

    A job's own disk goes with the job. Keep the journal on a share that a hybrid worker mounts; without it a later job
    recognises purchases by their friendly names.

    The report is about this job alone. Where nothing was left to do there is none: Report is empty then, and the report of
    the job before is gone, so that nobody sends it twice.

    The module has to be in the automation account, or its path given with -Module.

    Exit codes: 0 all is migrated; 2 something needs attention, and the same job again goes on; 1 nothing could be done.
.PARAMETER TenantId
    The partner's tenant.
.PARAMETER ApplicationId
    The application registered for the secure application model.
.PARAMETER VaultName
    The key vault. The identity needs the rights to get and to set secrets.
.PARAMETER SecretName
    The secret with the refresh token of this shard.
.PARAMETER Shard
    Which shard of how many.
.PARAMETER MaximumPurchases
    The job refuses to buy more than this.
.PARAMETER JournalPath
    The journal of this shard.
.PARAMETER ReportPath
    Where the report is written. A file that is there is removed first.
.PARAMETER Service
    Further parameters of Connect-CspPartner, such as Endpoint and Authority of a sandbox.
.PARAMETER ReadToken
    Gives the refresh token as a SecureString. The default reads the vault.
.PARAMETER StoreToken
    Gets each new refresh token as a SecureString. The default stores it in the vault.
.PARAMETER Module
    The module's name where it is installed, else the path of its manifest, such as ./out/CspMigration/CspMigration.psd1.
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

    # The identity's endpoint is in the environment of every job.
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
