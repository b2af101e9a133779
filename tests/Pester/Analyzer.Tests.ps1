Describe 'Scripts and manifest' {
    BeforeAll { . $PSScriptRoot/Common.ps1 }

    It 'have no finding of the analyzer' {
        if (-not (Get-Module -ListAvailable PSScriptAnalyzer)) {
            Set-ItResult -Skipped -Because 'the module PSScriptAnalyzer is not installed: it is in the PowerShell Gallery alone'
            return
        }

        $findings = Invoke-Pwsh -NonInteractive -File (Join-Path $PSScriptRoot 'Invoke-Analyzer.ps1') -Repository (Split-Path (Split-Path $PSScriptRoot)) | Out-String
        $LASTEXITCODE | Should -Be 0 -Because $findings
    }
}
