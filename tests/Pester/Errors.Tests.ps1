BeforeDiscovery {
    $cases = & $PSScriptRoot/ErrorCases.ps1
    $provoked = $cases | Where-Object { -not $_.Where }
    $elsewhere = $cases | Where-Object Where
}

BeforeAll {
    . $PSScriptRoot/Common.ps1
    $server = Start-SandboxServer -Argument '--provisioning-delay', '0' -Unshared
    $PSDefaultParameterValues = @{ 'Disabled' = $false }
    foreach ($command in 'New-TargetSubscription', 'Move-UserLicense', 'Suspend-Subscription', 'Resume-Subscription', 'Set-Subscription', 'Undo-SubscriptionMigration') {
        $PSDefaultParameterValues["${command}:Confirm"] = $false
    }

    function Connect-Anew {
        param([string] $Journal, [hashtable] $Connection = @{})

        Connect-CspPartner -Endpoint $server.Endpoint -AccessToken (New-SecretText 'any token') -JournalPath (Join-Path $TestDrive $Journal) @Connection
    }

    $signIn = @{
        Endpoint = $server.Endpoint; Authority = $server.Endpoint; TenantId = '22222222-2222-2222-2222-222222222222'; JournalPath = Join-Path $TestDrive 'sign-in.jsonl'
        Credential = [pscredential]::new('33333333-3333-3333-3333-333333333333', (New-SecretText 'a secret'))
    }
}

AfterAll {
    Disconnect-CspPartner
    Stop-SandboxServer $server
}

Describe 'The table of errors' {
    It 'has each error of the module once' {
        # The libraries are loaded with their first use.
        $null = Connect-CspPartner -Sandbox
        $assembly = [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -eq 'CspMigration.Core' }
        $all = $assembly.GetType('CspMigration.Core.Errors.ErrorCatalog', $true).GetProperty('All').GetValue($null)
        (& $PSScriptRoot/ErrorCases.ps1).Id | Sort-Object | Should -Be ($all.Id | Sort-Object)
    }

    It 'says of <Id> why it is not provoked here, and names a test that does' -ForEach $elsewhere {
        $Because | Should -Not -BeNullOrEmpty
        $file, $test = $Where -split ': ', 2
        "$PSScriptRoot/../$file" | Should -FileContentMatchExactly ([regex]::Escape($test))
        "$PSScriptRoot/../$file" | Should -FileContentMatchExactly $Id
    }
}

Describe '<Id>' -ForEach $provoked {
    BeforeAll {
        $world = @{ Scenario = $Scenario ?? 'contoso'; Connection = $Connection ?? @{}; Token = $Token ?? 'any token' }
        $null = Reset-Sandbox $server @world
        $customers = @{}
        if ($Customer) { $customers.CustomerId = $Customer }
        $source = Get-ExpiringSubscription @customers -IncludeTrial -ErrorAction SilentlyContinue | Where-Object ParentSubscriptionId -EQ $null
        if ($Fault) { Invoke-SandboxControl $server 'faults' @(, $Fault) }
        $ended = $null
        $failures = @(
            $ErrorActionPreference = 'Continue'
            try { & $Act 2>&1 3>$null } catch { $ended = $_ }
        ) | Where-Object { $_ -is [Management.Automation.ErrorRecord] }
        Invoke-SandboxControl $server 'faults' @()
        $failure = if ($Ends) { $ended } else { $failures }
        $message = "$ended $failures"
    }

    It 'is what comes, once, and as the table says: it ends the command or is one failed record' {
        @($failure).Count | Should -Be 1 -Because $message
        $failure.FullyQualifiedErrorId | Should -Be "$Id,CspMigration.PowerShell.Commands.$Command" -Because $message
        if ($Ends) { $failures | Should -BeNullOrEmpty } else { $ended | Should -BeNullOrEmpty }
    }

    It 'has its category' {
        $failure.CategoryInfo.Category | Should -Be $Category
    }

    It 'has what it concerns as its target' {
        $concerned = $failure.TargetObject
        if ($Of) { $concerned = $concerned.$Of }
        "$concerned" | Should -Be "$(& $Target)"
    }

    It 'says what to do' {
        $failure.ErrorDetails.RecommendedAction | Should -Match $Advice
        $failure.Exception | Should -BeOfType ([CspMigration.Contracts.CspMigrationException])
        $failure.Exception.ErrorId | Should -Be $Id
        $failure.Exception.RecommendedAction | Should -Be $failure.ErrorDetails.RecommendedAction
        $failure.Exception.Message | Should -Be $failure.Exception.Problem
    }

    It 'is printed with what happened, its id and what to do, each once' {
        # In lines with a bar before each, broken between words, and within one that is longer than a line.
        $printed = ($failure | Out-String -Width 10000) -replace '\r?\n +\|', '' -replace '\s'
        foreach ($part in $failure.Exception.Problem, "($Id)", $failure.Exception.RecommendedAction) {
            [regex]::Matches($printed, [regex]::Escape(($part -replace '\s'))).Count | Should -Be 1 -Because $printed
        }
    }

    It 'has the service''s code and correlation id where the service spoke' {
        $failure.Exception.ServiceCode | Should -Be $Code
        if ($Code -or $Status) {
            if ($Status) { $failure.Exception.StatusCode | Should -Be $Status }
            [guid]$failure.Exception.CorrelationId | Should -Not -Be ([guid]::Empty)
            if ($Code -notlike 'AADSTS*') { [guid]$failure.Exception.RequestId | Should -Not -Be ([guid]::Empty) }
        }
    }
}

Describe 'The text of an error' {
    It 'has what PowerShell does not show beside it, in <Name>' -ForEach @(
        @{ Name = 'Windows PowerShell'; Version = '3.0.0.0'; HasId = $false; HasAction = $true }
        @{ Name = 'PowerShell 7.2'; Version = '7.2.24.500'; HasId = $true; HasAction = $true }
        @{ Name = 'PowerShell 7.4'; Version = '7.4.6.500'; HasId = $true; HasAction = $true }
        @{ Name = 'PowerShell 7.5'; Version = '7.5.0.500'; HasId = $true; HasAction = $false }
        @{ Name = 'PowerShell 7.6'; Version = '7.6.0.500'; HasId = $true; HasAction = $false }
    ) {
        $null = Connect-CspPartner -Sandbox
        $failure = try { Get-ExpiringSubscription 'nobody at all' -ErrorAction Stop } catch { $_.Exception }
        $textOf = [CspMigration.PowerShell.Commands.GetExpiringSubscriptionCommand].Assembly.GetType('CspMigration.PowerShell.Errors.ErrorRecords', $true).GetMethod(
            'TextOf', [Reflection.BindingFlags]'NonPublic, Static')
        $text = $textOf.Invoke($null, @($failure, [version]$Version))
        $text | Should -BeLike "$([WildcardPattern]::Escape($failure.Problem))*"
        $text.Contains("($($failure.ErrorId))") | Should -Be $HasId
        $text.Contains($failure.RecommendedAction) | Should -Be $HasAction
    }
}

Describe 'A failed record' {
    BeforeAll {
        $null = Reset-Sandbox $server contoso
        $source = Get-ExpiringSubscription
        $none = [pscustomobject]@{ CustomerId = $source.CustomerId; SubscriptionId = '00000000-0000-0000-0000-000000000000' }
        $errorId = 'NotOurSubscription,CspMigration.PowerShell.Commands.SetSubscriptionCommand'
    }

    It 'is one error, and the next record goes on' {
        $changed = @($none, $source, $none) | Set-Subscription -Quantity 25 -ErrorAction SilentlyContinue -ErrorVariable failures
        $changed.SubscriptionId | Should -Be $source.SubscriptionId
        $failures.FullyQualifiedErrorId | Should -Be $errorId, $errorId
    }

    It 'with -ErrorAction Stop ends the pipeline, and catch gets it with its type and id' {
        $caught = $null
        $changed = try { @($none, $source) | Set-Subscription -Quantity 25 -ErrorAction Stop }
        catch [CspMigration.Contracts.CspMigrationException] { $caught = $_ }
        $changed | Should -BeNullOrEmpty
        $caught.FullyQualifiedErrorId | Should -Be $errorId
        $caught.Exception.ErrorId, $caught.Exception.SubscriptionId | Should -Be @('NotOurSubscription', $none.SubscriptionId)
        $caught.Exception.CustomerId | Should -Be $source.CustomerId
    }

    It 'with $ErrorActionPreference Stop does the same' {
        $ErrorActionPreference = 'Stop'
        { @($none, $source) | Set-Subscription -Quantity 25 } | Should -Throw -ErrorId $errorId
    }

    It 'with -ErrorAction SilentlyContinue is in $Error, with Ignore it is not, and neither is printed' {
        $Error.Clear()
        $none | Set-Subscription -Quantity 25 -ErrorAction SilentlyContinue 2>&1 | Should -BeNullOrEmpty
        $Error.Count | Should -Be 1
        $Error.Clear()
        $none | Set-Subscription -Quantity 25 -ErrorAction Ignore 2>&1 | Should -BeNullOrEmpty
        $Error.Count | Should -Be 0
    }

    It 'makes $? false, also where another record succeeded; success makes it true' {
        $null = @($none, $source) | Set-Subscription -Quantity 25 -ErrorAction SilentlyContinue
        $? | Should -BeFalse
        $null = $source | Set-Subscription -Quantity 25
        $? | Should -BeTrue
        $null = Get-ExpiringSubscription 'nobody at all' -ErrorAction Ignore
        $? | Should -BeFalse
    }

    It 'is added to -ErrorVariable with a plus, and the warnings to -WarningVariable' {
        $null = $none | Set-Subscription -Quantity 25 -ErrorAction SilentlyContinue -ErrorVariable failures
        $null = $none | Set-Subscription -Quantity 25 -ErrorAction SilentlyContinue -ErrorVariable +failures
        $failures.Count | Should -Be 2
    }

    It 'goes down no pipeline: what follows gets the good ones only' {
        $rows = 'nobody at all', $source.CustomerId | Get-ExpiringSubscription -ErrorAction SilentlyContinue -ErrorVariable failures |
            New-TargetSubscription -WhatIf
        @($rows).Count | Should -Be 1
        @($failures).Count | Should -Be 1
    }
}

Describe 'A text of another form' {
    It 'is refused with what is expected, and not with a pattern: <Parameter>' -ForEach @(
        @{ Parameter = '-Term'; Expected = '"1Y" is not a term: P1M'; Act = { Test-SubscriptionMigration -Term 1Y } }
        @{ Parameter = '-Country'; Expected = '"Germany" is not a country of two letters'; Act = { Get-TargetOffer -Country Germany } }
        @{ Parameter = '-UsageLocation'; Expected = '"Germany" is not a country of two letters'; Act = { Move-UserLicense -UsageLocation Germany } }
        @{ Parameter = '-UsageLocation'; Expected = '"XX" is not a country of two letters'; Act = { Move-UserLicense -UsageLocation XX } }
        @{ Parameter = '-UsageLocation'; Expected = '"uk" is not a country of two letters*GB may be meant.'; Act = { Invoke-SubscriptionMigration -UsageLocation uk } }
        @{ Parameter = '-Customer'; Expected = '"northwind" is not a mail address or a domain'; Act = { Request-ResellerRelationship northwind } }
    ) {
        $caught = try { & $Act } catch { $_ }
        $caught.FullyQualifiedErrorId | Should -BeLike 'ParameterArgumentValidationError,*'
        $caught.Exception.Message | Should -BeLike "*$Expected*"
    }
}

Describe 'What cannot work at all' {
    It 'ends the command before its first record, whatever -ErrorAction says, and catch gets it' {
        $null = Reset-Sandbox $server contoso
        $source = Get-ExpiringSubscription
        Disconnect-CspPartner
        $asked = 0
        $caught = try { $source | ForEach-Object { $asked++; $_ } | New-TargetSubscription -ErrorAction SilentlyContinue }
        catch [CspMigration.Contracts.CspMigrationException] { $_ }
        $caught.FullyQualifiedErrorId | Should -Be 'NotConnected,CspMigration.PowerShell.Commands.NewTargetSubscriptionCommand'
        $asked | Should -Be 0
    }

    It 'of <_>' -ForEach 'Get-ExpiringSubscription', 'Get-TargetOffer', 'Test-SubscriptionMigration', 'New-TargetSubscription', 'Move-UserLicense', 'Suspend-Subscription', 'Resume-Subscription', 'Set-Subscription', 'Undo-SubscriptionMigration', 'Invoke-SubscriptionMigration' {
        Disconnect-CspPartner
        $line = if ($_ -in 'Get-ExpiringSubscription', 'Get-TargetOffer') { { & $command -ErrorAction SilentlyContinue } } else { { @() | & $command -ErrorAction SilentlyContinue } }
        $command = $_
        $line | Should -Throw -ErrorId 'NotConnected,*'
    }
}
