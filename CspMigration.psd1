@{
    RootModule             = 'CspMigration.dll'
    ModuleVersion          = '0.2.0'
    GUID                   = '6e0c2b51-7d4a-4c55-9a0b-3a1f5e7f4c1e'
    Author                 = 'CspMigration contributors'
    CompanyName            = 'CspMigration contributors'
    Copyright              = '(c) CspMigration contributors. MIT license.'
    Description            = "Moves a CSP partner's customers from retired subscription SKUs to the SKUs that replace them: finds what expires, buys the target, moves each user's license and suspends the source."
    PowerShellVersion      = '5.1'
    DotNetFrameworkVersion = '4.7.2'
    CompatiblePSEditions   = @('Core', 'Desktop')
    FormatsToProcess       = @('CspMigration.Format.ps1xml')
    CmdletsToExport        = @(
        'Connect-CspPartner'
        'Disconnect-CspPartner'
        'Export-SubscriptionMigrationReport'
        'Get-CspPartner'
        'Get-ExpiringSubscription'
        'Get-SkuMapping'
        'Get-SubscriptionMigration'
        'Get-TargetOffer'
        'Invoke-SubscriptionMigration'
        'Move-UserLicense'
        'New-TargetSubscription'
        'Request-ResellerRelationship'
        'Resume-Subscription'
        'Set-Subscription'
        'Suspend-Subscription'
        'Test-SubscriptionMigration'
        'Undo-SubscriptionMigration'
    )
    FunctionsToExport      = @()
    AliasesToExport        = @('Export-MigrationReport')
    VariablesToExport      = @()
    PrivateData            = @{
        PSData = @{
            Tags         = @('CSP', 'PartnerCenter', 'Dynamics365', 'Licensing', 'Migration', 'PSEdition_Core', 'PSEdition_Desktop', 'Windows', 'Linux', 'MacOS')
            LicenseUri   = 'https://opensource.org/license/mit'
            ProjectUri   = 'https://github.com/csp-migration/CspMigration'
            ReleaseNotes = 'https://github.com/csp-migration/CspMigration/blob/main/CHANGELOG.md'
        }
    }
}
