BeforeDiscovery {
    $cells = @(
        '=1+1', '=HYPERLINK("http://stranger.example","x")', '@SUM(A1)', '<script>alert(1)</script>', "'; DROP TABLE x; --",
        '../../users', '..', 'https://stranger.example/v1/customers', "line`nbreak", 'a"b,c', ('x' * 5000)
    ) | ForEach-Object { @{ Cell = $_; Name = $_.Substring(0, [Math]::Min(30, $_.Length)) -replace '\s', ' ' } }
}

BeforeAll {
    . $PSScriptRoot/Common.ps1
    $server = Start-SandboxServer
    $journal = Join-Path $TestDrive 'journal.jsonl'
    $partner = Connect-CspPartner -Endpoint $server.Endpoint -AccessToken (New-SecretText 'any token') -JournalPath $journal
    $source = Get-ExpiringSubscription
    $planned = $source | New-TargetSubscription -WhatIf
    $writes = Get-SandboxWriteCount $server

    # Only errors of the module itself are clear ones.
    function Assert-Clear {
        param($Failures)

        foreach ($failure in $Failures | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] }) {
            $failure.Exception | Should -BeOfType ([CspMigration.Contracts.CspMigrationException])
            $failure.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        }
    }
}

AfterAll {
    Disconnect-CspPartner
    Stop-SandboxServer $server
}

Describe 'A saved row with <Name> in it' -ForEach $cells {
    It 'is refused with a clear error by every cmdlet, and nothing is changed' {
        $row = [pscustomobject]@{
            PartnerTenantId      = $partner.PartnerTenantId
            CustomerId           = $source.CustomerId
            SubscriptionId       = $source.SubscriptionId
            SourceSubscriptionId = $source.SubscriptionId
            TargetSubscriptionId = $source.SubscriptionId
            IsPlanned            = 'False'
            IsComplete           = 'True'
        }
        foreach ($member in 'PartnerTenantId', 'CustomerId', 'SubscriptionId', 'SourceSubscriptionId') {
            $bad = $row.PSObject.Copy()
            $bad.$member = $Cell
            $saved = $bad | ConvertTo-Csv | ConvertFrom-Csv
            $lines = @(
                if ($member -ne 'SourceSubscriptionId') {
                    { $saved | New-TargetSubscription -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable script:failures }
                    { $saved | Select-Object -ExcludeProperty IsComplete | Resume-Subscription -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable script:failures }
                }

                if ($member -ne 'SubscriptionId') {
                    { $saved | Select-Object -ExcludeProperty SubscriptionId | Move-UserLicense -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable script:failures }
                    { $saved | Select-Object -ExcludeProperty SubscriptionId | Suspend-Subscription -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable script:failures }
                }
            )
            foreach ($line in $lines) {
                & $line | Should -BeNullOrEmpty -Because "$member, $line"
                $failures | Should -Not -BeNullOrEmpty -Because "$member, $line"
                Assert-Clear $failures
            }
        }

        Get-SandboxWriteCount $server | Should -Be $writes
    }
}

Describe 'A saved plan whose IsPlanned is <Word>' -ForEach @(
    @{ Word = 'True' }, @{ Word = 'TRUE' }, @{ Word = ' true ' }, @{ Word = 'WAHR' }, @{ Word = 'VRAI' }, @{ Word = '1' }, @{ Word = '=TRUE()' }
) {
    It 'stays a plan' {
        $row = $source | Select-Object PartnerTenantId, CustomerId, SubscriptionId, @{ Name = 'IsPlanned'; Expression = { $Word } }
        $row | ConvertTo-Csv | ConvertFrom-Csv | New-TargetSubscription -Confirm:$false | ForEach-Object IsPlanned | Should -BeTrue
        Get-SandboxWriteCount $server | Should -Be $writes
    }
}

Describe 'An approved plan as CliXml' {
    BeforeAll {
        $file = Join-Path $TestDrive 'plan.xml'
        $planned | Export-Clixml $file
        $whole = Get-Content $file -Raw
    }

    It 'is read as it was saved' {
        $again = New-TargetSubscription -Plan $file -WhatIf
        $again.OfferId | Should -Be $planned.OfferId
        $again.Quantity | Should -Be $planned.Quantity
    }

    It 'that is damaged anywhere gives the plan or a clear error' {
        $random = [Random]::new(20270115)
        $refused = 0
        foreach ($number in 1..150) {
            $text = $whole
            foreach ($change in 1..$random.Next(1, 4)) {
                $at = $random.Next($text.Length)
                $text = switch ($random.Next(5)) {
                    0 { $text.Remove($at, 1) }
                    1 { $text.Insert($at, '<>&;"=]['[$random.Next(8)]) }
                    2 { $text.Substring(0, $at) }
                    3 { $text.Insert($at, $text.Substring($at, [Math]::Min(200, $text.Length - $at))) }
                    4 { $text -replace '(?<=<(I32|B|DT|S)[^>]*>)[^<]*', @('=1+1', '<Nil />', '99999999999999', '&lt;script&gt;', '')[$random.Next(5)] }
                }
                if ($text.Length -eq 0) { $text = ' ' }
            }

            Set-Content $file $text -NoNewline
            $failures = @()
            try {
                $found = New-TargetSubscription -Plan $file -WhatIf -ErrorAction SilentlyContinue -ErrorVariable failures
            }
            catch {
                $failures = @($_)
                $found = $null
            }

            Assert-Clear $failures
            if ($found) {
                $found | ForEach-Object { $_.IsPlanned | Should -BeTrue }
            }

            $refused += [int]($failures.Count -gt 0)
        }

        $refused | Should -BeGreaterThan 50
        Get-SandboxWriteCount $server | Should -Be $writes
    }

    It 'or JSON that <Name> gives PlanStale' -ForEach @(
        @{ Name = 'is empty'; Text = '' }
        @{ Name = 'is a page'; Text = '<html><body>Sign in</body></html>' }
        @{ Name = 'is in a code page of its own'; Text = '[{ "FriendlyName": "Zo' + [char] 0xEB + '" }]'; Encoding = 'latin1' }
        @{ Name = 'is a CSV'; Text = "`"CustomerId`",`"Quantity`"`n`"=1+1`",`"25`"" }
        @{ Name = 'holds an entity of itself'; Text = '<!DOCTYPE x [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04"><S>&c;</S></Objs>' }
    ) {
        Set-Content $file $Text -NoNewline -Encoding ($Encoding ?? 'utf8')
        $failure = { New-TargetSubscription -Plan $file -WhatIf } | Should -Throw -ErrorId 'PlanStale,*' -PassThru
        if ($Encoding) { $failure.ErrorDetails.RecommendedAction | Should -Match '-Encoding UTF8' }
    }
}

Describe 'A journal that cannot be written' {
    It 'is JournalUnwritable, and nothing is bought' {
        $null = Set-Content (Join-Path $TestDrive 'in the way') 'a file'
        $closed = Connect-CspPartner -Endpoint $server.Endpoint -AccessToken (New-SecretText 'any token') -JournalPath (Join-Path $TestDrive 'in the way/journal.jsonl')
        $source | New-TargetSubscription -Context $closed -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failures | Should -BeNullOrEmpty
        $failures.FullyQualifiedErrorId | Should -Be 'JournalUnwritable,CspMigration.PowerShell.Commands.NewTargetSubscriptionCommand'
        $failures.CategoryInfo.Category | Should -Be 'WriteError'
        $failures.ErrorDetails.RecommendedAction | Should -Match '-JournalPath'
        Get-SandboxWriteCount $server | Should -Be $writes
    }
}
