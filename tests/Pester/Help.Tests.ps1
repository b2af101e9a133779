BeforeDiscovery {
    . $PSScriptRoot/Common.ps1
    . $PSScriptRoot/MarkdownBlocks.ps1
    $repository = Split-Path (Split-Path $PSScriptRoot)
    $pages = Get-ChildItem (Join-Path $repository 'module/help/*.md')
    $cmdlets = @((Get-Module CspMigration).ExportedCmdlets.Values | ForEach-Object { @{ Name = $_.Name; Cmdlet = $_ } })
    $topics = @($pages.BaseName -like 'about_*' | ForEach-Object { @{ Topic = $_ } })
    $documents = Get-Item (Join-Path $repository 'README.md'), (Join-Path $repository 'docs/*.md')
    $blocks = @($pages.FullName + $documents.FullName | ForEach-Object { Get-MarkdownBlock $_ })
    $run = @($blocks | Where-Object IsRun)
    $cases = @(for ($number = 0; $number -lt $run.Count; $number++) { @{ Number = $number; Block = $run[$number] } })
    $unrun = @($blocks | ForEach-Object { @{ Block = $_ } })
}

Describe 'The help of <Name>' -ForEach $cmdlets {
    BeforeAll {
        . $PSScriptRoot/Common.ps1
        $help = Get-Help $Name -Full
        $own = $Cmdlet.Parameters.Values | Where-Object {
            $_.Name -notin [System.Management.Automation.PSCmdlet]::CommonParameters
        }
    }

    It 'has synopsis, description, inputs, outputs, notes on errors and related links' {
        $help.Synopsis | Should -Match '^[A-Z].*\.$'
        $help.description.Text | Should -Not -BeNullOrEmpty
        $help.inputTypes.inputType.type.name | Should -Not -BeNullOrEmpty
        $help.returnValues.returnValue.type.name | Should -Not -BeNullOrEmpty
        $help.alertSet.alert.Text | Should -Not -BeNullOrEmpty
        $help.relatedLinks.navigationLink.linkText | Should -Not -BeNullOrEmpty
    }

    It 'has text on each parameter, and no other parameters' {
        @($help.parameters.parameter.name | Sort-Object) | Should -Be @($own.Name | Sort-Object)
        foreach ($parameter in $help.parameters.parameter) { $parameter.description.Text | Should -Match '\w' -Because $parameter.name }
    }

    It 'has the facts of each parameter as PowerShell sees them' {
        foreach ($parameter in $own) {
            $described = $help.parameters.parameter | Where-Object name -EQ $parameter.Name
            $sets = $parameter.ParameterSets.Values
            $described.required | Should -Be (@($sets.IsMandatory) -notcontains $false).ToString().ToLowerInvariant() -Because $parameter.Name
            $described.pipelineInput -match 'ByValue' | Should -Be (@($sets.ValueFromPipeline) -contains $true) -Because $parameter.Name
            $described.pipelineInput -match 'ByPropertyName' | Should -Be (@($sets.ValueFromPipelineByPropertyName) -contains $true) -Because $parameter.Name
            $described.aliases | Should -Be $(if ($parameter.Aliases) { $parameter.Aliases -join ', ' } else { 'none' }) -Because $parameter.Name
        }
    }

    It 'has each parameter set' {
        @($help.syntax.syntaxItem).Count | Should -Be $Cmdlet.ParameterSets.Count
    }

    It 'has at least two examples' {
        @($help.examples.example).Count | Should -BeGreaterOrEqual 2
        foreach ($example in $help.examples.example) { $example.code | Should -Match '\w' }
    }
}

Describe 'The error ids in the help' {
    BeforeAll {
        . $PSScriptRoot/Common.ps1
        $pages = Get-ChildItem (Join-Path (Split-Path (Split-Path $PSScriptRoot)) 'module/help/*.md')
        $told = @(foreach ($line in Get-Content $pages.FullName | Where-Object { $_ -match '^- `[A-Z]\w+`(, `[A-Z]\w+`)*(,[^:]*)?: ' }) {
                [regex]::Matches(($line -split ': ')[0], '`(\w+)`').ForEach({ $_.Groups[1].Value })
            })

        $null = Connect-CspPartner -Sandbox
        $core = [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -eq 'CspMigration.Core' }
        $given = @($core.GetType('CspMigration.Core.Errors.ErrorCatalog').GetProperty('All').GetValue($null).Id)
        Disconnect-CspPartner
    }

    It 'are all there' {
        $told.Count | Should -BeGreaterThan 20
        $told | Where-Object { $_ -notin $given } | Should -BeNullOrEmpty
    }

    It 'are each told somewhere' {
        $given | Where-Object { $_ -notin $told } | Should -BeNullOrEmpty
    }
}

Describe 'The errors on the page of <Name>' -ForEach $cmdlets {
    BeforeAll {
        . $PSScriptRoot/Common.ps1
        $help = Join-Path (Split-Path (Split-Path $PSScriptRoot)) 'module/help'
        $common = [regex]::Matches((Get-Content -Raw (Join-Path $help 'about_CspMigration.md')), '(?m)^- `([A-Z]\w+)`(?:, `([A-Z]\w+)`)*').ForEach({ $_.Groups[1].Value; $_.Groups[2].Captures.Value })
        $errors = [regex]::Match((Get-Content -Raw (Join-Path $help "$Name.md")), '(?s)\n## Errors\n(.*?)\n## ').Groups[1].Value
        $told = [regex]::Matches($errors, '`([A-Z][A-Za-z]+)`').ForEach({ $_.Groups[1].Value })
    }

    It 'are those it was provoked to give' {
        $given = & $PSScriptRoot/ErrorCases.ps1 | Where-Object Command -EQ $Cmdlet.ImplementingType.Name
        $given.Id | Where-Object { $_ -notin $told + $common } | Should -BeNullOrEmpty
    }

    It 'have CustomerNotFound where a customer can be named' {
        $named = $Cmdlet.Parameters.ContainsKey('CustomerId')
        $told -contains 'CustomerNotFound' | Should -Be $named
    }
}

Describe 'The page of all errors' {
    BeforeAll {
        . $PSScriptRoot/Common.ps1
        $page = Get-Content -Raw (Join-Path (Split-Path (Split-Path $PSScriptRoot)) 'module/help/about_CspMigration_Errors.md')
        $told = @{}
        [regex]::Matches($page, '(?m)^### (\w+)\n\n(\S[^\n]+)\n\nWhat to do: (\S[^\n]+)$').ForEach({ $told[$_.Groups[1].Value] = $_.Groups[3].Value })
        $null = Connect-CspPartner -Sandbox
        $core = [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -eq 'CspMigration.Core' }
        $all = $core.GetType('CspMigration.Core.Errors.ErrorCatalog').GetProperty('All').GetValue($null)
        Disconnect-CspPartner
    }

    It 'has each id once, with its cause' {
        $told.Keys | Sort-Object | Should -Be ($all.Id | Sort-Object)
        [regex]::Matches($page, '(?m)^### ').Count | Should -Be $all.Count
    }

    It 'says of each what the error itself says is to be done' {
        foreach ($definition in $all) { $told[$definition.Id] | Should -Be $definition.RecommendedAction -Because $definition.Id }
    }

    It 'is named on the page of each cmdlet, in the overview and in the README' {
        $repository = Split-Path (Split-Path $PSScriptRoot)
        foreach ($file in Get-ChildItem (Join-Path $repository 'module/help/*-*.md'), (Join-Path $repository 'module/help/about_CspMigration.md'), (Join-Path $repository 'README.md')) {
            $file | Should -FileContentMatch 'about_CspMigration_Errors'
        }
    }
}

Describe 'The topic <Topic>' -ForEach $topics {
    BeforeAll { . $PSScriptRoot/Common.ps1 }

    It 'is found, has a summary and fits 80 columns' {
        $found = @(Get-Help $Topic)
        $found.Count | Should -Be 1
        (Get-Help "$Topic*" | Where-Object Name -EQ $Topic).Synopsis | Should -Match '\.$'
        ($found[0] -split '\r?\n' | Measure-Object -Property Length -Maximum).Maximum | Should -BeLessOrEqual 80
    }
}

Describe 'The examples' {
    BeforeAll {
        . $PSScriptRoot/Common.ps1
        . $PSScriptRoot/MarkdownBlocks.ps1

        # In a process of their own, whose screen is what the examples print.
        $repository = Split-Path (Split-Path $PSScriptRoot)
        $pages = Get-ChildItem (Join-Path $repository 'module/help/*.md')
        $documents = Get-Item (Join-Path $repository 'README.md'), (Join-Path $repository 'docs/*.md')
        $run = $pages.FullName + $documents.FullName | ForEach-Object { Get-MarkdownBlock $_ } | Where-Object IsRun
        $file = Join-Path $TestDrive 'examples.json'
        $run | Select-Object Code, IsFresh | ConvertTo-Json | Set-Content $file
        $noColor = $env:NO_COLOR
        $env:NO_COLOR = '1'
        $text = Invoke-Pwsh -NonInteractive -WorkingDirectory $TestDrive -File (Join-Path $PSScriptRoot 'Invoke-Example.ps1') -Path $file | Out-String -Width 4096
        $env:NO_COLOR = $noColor
        $outputs = @($text -split '(?m)^#### \d+\r?$' | Select-Object -Skip 1)
    }

    # A page of a cmdlet shows all that is printed; the others show what is worth showing.
    It 'run: <Block.File> line <Block.Line>, <Block.Title>' -ForEach $cases {
        $outputs[$Number] | Should -Not -BeNullOrEmpty
        $outputs[$Number] | Should -Not -Match '(?m)^!!!!'
        if ($Block.Output -or $Block.File -cmatch '^[A-Z][a-z]+-[A-Z]') {
            Get-ComparableLine $outputs[$Number] | Should -Be (Get-ComparableLine $Block.Output)
        }
    }

    It 'name commands and parameters that are there: <Block.File> line <Block.Line>, <Block.Title>' -ForEach $unrun {
        $problems = $null
        $script = [System.Management.Automation.Language.Parser]::ParseInput($Block.Code, [ref] $null, [ref] $problems)
        $problems | Should -BeNullOrEmpty
        foreach ($command in $script.FindAll({ $args[0] -is [System.Management.Automation.Language.CommandAst] }, $true)) {
            $name = $command.GetCommandName() -replace '-Csp(?!Partner)', '-'
            $found = Get-Command $name -ErrorAction Ignore
            $found | Should -Not -BeNullOrEmpty -Because $name
            if ($found.CommandType -eq 'Application') { continue }

            $parameters = $command.CommandElements | Where-Object { $_ -is [System.Management.Automation.Language.CommandParameterAst] }
            foreach ($parameter in $parameters) {
                { $found.ResolveParameter($parameter.ParameterName) } | Should -Not -Throw -Because "$name -$($parameter.ParameterName)"
            }
        }
    }

    It 'have a map that is taken' {
        $page = Get-Content -Raw (Join-Path $repository 'module/help/about_SkuMap.md')
        $map = Join-Path $TestDrive 'my-map.json'
        [regex]::Match($page, '(?s)```json\n(.*?)\n```').Groups[1].Value | Set-Content $map
        (Get-SkuMapping 'Office 365 Enterprise E4' -Path $map).Targets.Name | Should -Be 'Office 365 E3'
    }
}
