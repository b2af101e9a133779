Describe 'The module under a prefix' {
    BeforeAll { Import-Module $env:CSPMIGRATION_MODULE -Prefix Csp }

    AfterAll { Disconnect-CspCspPartner }

    It 'has every cmdlet and alias under the prefixed name and under no other' {
        $manifest = Import-PowerShellDataFile $env:CSPMIGRATION_MODULE
        $names = @((Get-Command -Module CspMigration).Name | Sort-Object)
        $names | Should -Be @(@($manifest.CmdletsToExport) + @($manifest.AliasesToExport) -replace '-', '-Csp' | Sort-Object)
    }

    It 'migrates through the pipeline' {
        $null = Connect-CspCspPartner -Sandbox
        $suspended = Get-CspExpiringSubscription |
            New-CspTargetSubscription -Confirm:$false |
            Move-CspUserLicense |
            Suspend-CspSubscription -Confirm:$false
        $suspended.Outcome | Should -Be 'Suspended'
    }

    It 'has its help under the prefixed name' {
        (Get-Help Get-CspExpiringSubscription).Synopsis | Should -Be 'Gets subscriptions whose term ends soon and that do not renew.'
    }
}
