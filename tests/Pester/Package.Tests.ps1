BeforeAll {
    . $PSScriptRoot/Common.ps1
    $project = Join-Path $PSScriptRoot '../../src/CspMigration.PowerShell'
    $packages = (New-Item -ItemType Directory -Path (Join-Path $TestDrive 'packages')).FullName
    # A build node that is kept for the next build would keep the output open, too.
    $null = & $env:CSPMIGRATION_DOTNET pack $project --no-build --nologo -nodeReuse:false --output $packages
    $package = Get-Item (Join-Path $packages 'CspMigration.*.nupkg')
    $version = $package.BaseName.Substring('CspMigration.'.Length)
    $modules = Join-Path $TestDrive 'modules'
    $installed = Join-Path $modules "CspMigration/$version"
    Expand-Archive -Path $package -DestinationPath $installed
}

Describe 'The package' {
    It 'has a manifest that is in order' {
        $manifest = Test-ModuleManifest (Join-Path $installed 'CspMigration.psd1') -WarningVariable warnings
        $warnings | Should -BeNullOrEmpty
        "$($manifest.Version)" | Should -Be $version
        $manifest.PowerShellVersion | Should -Be '5.1'
        $manifest.CompatiblePSEditions | Should -Be 'Core', 'Desktop'
        $manifest.ProjectUri | Should -Not -BeNullOrEmpty
        $manifest.LicenseUri | Should -Not -BeNullOrEmpty
        $manifest.ReleaseNotes | Should -Not -BeNullOrEmpty
        $manifest.Tags | Should -Contain 'PSEdition_Desktop'
        $manifest.ExportedCmdlets.Keys | Should -Contain 'Get-ExpiringSubscription'
    }

    It 'works where it is unpacked into a module folder' {
        $output = Invoke-FreshSession -Argument $modules -Script {
            param($Modules)
            $env:PSModulePath = $Modules + [IO.Path]::PathSeparator + $env:PSModulePath
            $null = Connect-CspPartner -Sandbox
            (Get-ExpiringSubscription | New-TargetSubscription -Confirm:$false | Move-UserLicense -Confirm:$false | Suspend-Subscription -Confirm:$false).Outcome.ToString()
            (Get-Module CspMigration).ModuleBase
        }
        $output | Should -Be 'Suspended', (Get-Item $installed).FullName
    }

    It 'passes the smoke test for other PowerShells' {
        $output = Invoke-Pwsh -NonInteractive -File (Join-Path $PSScriptRoot 'Invoke-Smoke.ps1') -PackageFolder $packages
        $output[-1] | Should -BeLike 'The package works in PowerShell *'
    }

    It 'is installed from a folder by <_>' -ForEach 'Microsoft.PowerShell.PSResourceGet', 'PowerShellGet' {
        if (-not (Get-Module -ListAvailable $_)) {
            Set-ItResult -Skipped -Because "$_ is not installed"
            return
        }

        $target = (New-Item -ItemType Directory -Path (Join-Path $TestDrive "saved-$_")).FullName
        if ($_ -eq 'PowerShellGet') {
            Register-PSRepository -Name CspMigrationTest -SourceLocation $packages -InstallationPolicy Trusted
            try { Save-Module -Name CspMigration -Repository CspMigrationTest -Path $target } finally { Unregister-PSRepository -Name CspMigrationTest }
        }
        else {
            Register-PSResourceRepository -Name CspMigrationTest -Uri $packages -Trusted
            try { Save-PSResource -Name CspMigration -Repository CspMigrationTest -Path $target } finally { Unregister-PSResourceRepository -Name CspMigrationTest }
        }

        Join-Path $target "CspMigration/$version/lib/CspMigration.Core.dll" | Should -Exist
    }
}
