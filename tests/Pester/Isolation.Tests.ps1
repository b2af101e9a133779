BeforeAll {
    . $PSScriptRoot/Common.ps1

    $server = Start-SandboxServer
    $ours = '4.92.*'
    $theirs = '4.55.*'

    # What every session does: sign in with the real library, migrate, and tell which copies of it there are.
    $common = Join-Path $TestDrive 'Session.ps1'
    {
        function Connect-Server {
            param([uri] $Endpoint, [string] $JournalPath, [scriptblock] $OnRefreshTokenRotated = {})

            $token = [securestring]::new()
            [guid]::NewGuid().ToString().ToCharArray() | ForEach-Object { $token.AppendChar($_) }
            $signIn = @{
                Endpoint = $Endpoint; Authority = $Endpoint; TenantId = 'contoso.com'; ApplicationId = 'an application'
                RefreshToken = $token; JournalPath = $JournalPath; OnRefreshTokenRotated = $OnRefreshTokenRotated
            }
            Connect-CspPartner @signIn
        }

        # The engine lists the modules of a manifest while another runspace may change the list (PowerShell/PowerShell issue 9889): then it fails,
        # whatever the module, and works the next time.
        function Import-AtOnce {
            param($Module)

            foreach ($try in 1..5) {
                try {
                    return Import-Module $Module -ErrorAction Stop
                }
                catch [InvalidOperationException] {
                    if ($try -eq 5) { throw }

                    $Error.Clear()
                }
            }
        }

        function Invoke-Migration {
            Get-ExpiringSubscription | New-TargetSubscription -Confirm:$false | Move-UserLicense -Confirm:$false | Suspend-Subscription -Confirm:$false
        }

        function Get-Report {
            param($Outcome, $Extra)

            [pscustomobject]@{
                Outcome   = @($Outcome | ForEach-Object { "$_" })
                Extra     = @($Extra | ForEach-Object { "$_" })
                Libraries = @(Get-CspPartner -Diagnostic | Where-Object Name -EQ 'Microsoft.Identity.Client' |
                        ForEach-Object { [pscustomobject]@{ Version = "$($_.Version)"; LoadContext = $_.LoadContext; IsOurs = $_.IsOurs } })
                Contexts  = @([Runtime.Loader.AssemblyLoadContext]::All | Where-Object Name -EQ 'CspMigration').Count
                Errors    = @($Error | ForEach-Object { "$_" })
            } | ConvertTo-Json -Depth 4 -Compress
        }
    }.ToString() | Set-Content $common

    function Invoke-Session {
        param([scriptblock] $Script)

        Invoke-SandboxControl $server 'reset' @{ scenario = 'contoso' }
        $output = @(Invoke-FreshSession -Script $Script -Argument $server.Endpoint, (Join-Path $TestDrive "$([guid]::NewGuid()).jsonl"), $common)
        $report = $output[-1] | ConvertFrom-Json
        $report.Errors | Should -BeNullOrEmpty
        $report.Contexts | Should -Be 1
        $report
    }

    function Assert-LibraryPair {
        param($Report)

        @($Report.Libraries).Count | Should -Be 2
        $private = $Report.Libraries | Where-Object LoadContext -EQ 'CspMigration'
        $private.Version | Should -BeLike $ours
        $private.IsOurs | Should -BeTrue
        $other = $Report.Libraries | Where-Object LoadContext -EQ 'Default'
        $other.Version | Should -BeLike $theirs
        $other.IsOurs | Should -BeFalse
    }
}

AfterAll {
    Stop-SandboxServer $server
}

Describe 'Another module with an older sign-in library' {
    It 'was there first: each uses its own' {
        $report = Invoke-Session {
            param($Endpoint, $JournalPath, $Common)
            . $Common
            Import-Module $env:CSPMIGRATION_OTHER_MODULE
            $before = Get-OtherSignIn
            Import-Module $env:CSPMIGRATION_MODULE
            $null = Connect-Server $Endpoint $JournalPath
            $suspended = Invoke-Migration
            Get-Report $suspended.Outcome $before, (Get-OtherSignIn)
        }
        $report.Outcome | Should -Be 'Suspended'
        $report.Extra | Should -BeLike $theirs
        Assert-LibraryPair $report
        (Get-SandboxRequest $server).signInClients | Should -BeLike 'MSAL.* 4.92.*'
    }

    It 'comes afterwards: each uses its own' {
        $report = Invoke-Session {
            param($Endpoint, $JournalPath, $Common)
            . $Common
            Import-Module $env:CSPMIGRATION_MODULE
            $null = Connect-Server $Endpoint $JournalPath
            Import-Module $env:CSPMIGRATION_OTHER_MODULE
            $other = Get-OtherSignIn
            $suspended = Invoke-Migration
            $null = Connect-Server $Endpoint $JournalPath
            Get-Report $suspended.Outcome $other
        }
        $report.Outcome | Should -Be 'Suspended'
        $report.Extra | Should -BeLike $theirs
        Assert-LibraryPair $report
    }

    It 'was imported first and is used last: each uses its own' {
        $report = Invoke-Session {
            param($Endpoint, $JournalPath, $Common)
            . $Common
            Import-Module $env:CSPMIGRATION_OTHER_MODULE
            Import-Module $env:CSPMIGRATION_MODULE
            $null = Connect-Server $Endpoint $JournalPath
            $suspended = Invoke-Migration
            Get-Report $suspended.Outcome (Get-OtherSignIn)
        }
        $report.Outcome | Should -Be 'Suspended'
        $report.Extra | Should -BeLike $theirs
        Assert-LibraryPair $report
    }
}

Describe 'The module in many places at once' {
    It 'works in ten runspaces with one copy of its libraries' {
        $report = Invoke-Session {
            $Common = $args[2]
            . $Common
            $pool = [runspacefactory]::CreateRunspacePool(10, 10)
            $pool.Open()
            $sessions = 1..10 | ForEach-Object {
                $session = [powershell]::Create()
                $session.RunspacePool = $pool
                $null = $session.AddScript({
                        param($Common)
                        . $Common
                        Import-AtOnce $env:CSPMIGRATION_MODULE
                        $null = Connect-CspPartner -Sandbox
                        (Invoke-Migration).Outcome.ToString()
                    }.ToString()).AddArgument($Common)
                @{ Session = $session; Result = $session.BeginInvoke() }
            }
            $outcome = $sessions | ForEach-Object { $_.Session.EndInvoke($_.Result); $_.Session.Streams.Error }
            Import-Module $env:CSPMIGRATION_MODULE
            Get-Report $outcome
        }
        $report.Outcome | Should -HaveCount 10
        $report.Outcome | Select-Object -Unique | Should -Be 'Suspended'
        @($report.Libraries).Count | Should -Be 1
    }

    It 'works in ForEach-Object -Parallel, with connections of its own and with the caller''s' {
        $report = Invoke-Session {
            param($Endpoint, $JournalPath, $Common)
            . $Common
            $module = $env:CSPMIGRATION_MODULE
            Import-Module $module
            $partner = Connect-Server $Endpoint $JournalPath
            $found = 1..5 | ForEach-Object -ThrottleLimit 5 -Parallel {
                . $using:Common
                Import-AtOnce $using:module
                (Get-ExpiringSubscription -Context $using:partner).CustomerName
            }
            $outcome = 1..5 | ForEach-Object -ThrottleLimit 5 -Parallel {
                . $using:Common
                Import-AtOnce $using:module
                $null = Connect-CspPartner -Sandbox
                (Invoke-Migration).Outcome
            }
            Get-Report $outcome $found
        }
        $report.Outcome | Should -HaveCount 5
        $report.Outcome | Select-Object -Unique | Should -Be 'Suspended'
        $report.Extra | Should -HaveCount 5
        $report.Extra | Select-Object -Unique | Should -Be 'Contoso'
    }

    It 'hands out a refresh token that is rotated on the caller''s connection in another runspace' {
        $report = Invoke-Session {
            param($Endpoint, $JournalPath, $Common)
            . $Common
            $module = $env:CSPMIGRATION_MODULE
            Import-Module $module
            $env:CSPMIGRATION_TEST_ROTATED = Join-Path (Split-Path $JournalPath) 'rotated.txt'
            $partner = Connect-Server $Endpoint $JournalPath -OnRefreshTokenRotated { Add-Content -Path $env:CSPMIGRATION_TEST_ROTATED -Value 'rotated' }
            $null = Invoke-RestMethod -Method Post -Uri "${Endpoint}sandbox/clock" -Body '{"advance":"PT2H"}' -ContentType 'application/json'
            $found = 1 | ForEach-Object -Parallel {
                . $using:Common
                Import-AtOnce $using:module
                (Get-ExpiringSubscription -Context $using:partner).CustomerName
            }
            Get-Report $found (Get-Content $env:CSPMIGRATION_TEST_ROTATED)
        }
        $report.Outcome | Should -Be 'Contoso'
        $report.Extra | Should -HaveCount 2
    }

    It 'works in <_>' -ForEach 'Start-ThreadJob', 'Start-Job' {
        $env:CSPMIGRATION_TEST_JOB = $_
        try {
            $report = Invoke-Session {
                param($Endpoint, $JournalPath, $Common)
                . $Common
                Import-Module $env:CSPMIGRATION_MODULE
                $job = & $env:CSPMIGRATION_TEST_JOB -ArgumentList $Endpoint, $JournalPath, $Common -ScriptBlock {
                    param($Endpoint, $JournalPath, $Common)
                    . $Common
                    Import-Module $env:CSPMIGRATION_MODULE
                    $null = Connect-Server $Endpoint $JournalPath
                    (Invoke-Migration).Outcome.ToString()
                }
                $outcome = Receive-Job $job -Wait -AutoRemoveJob
                $null = Connect-CspPartner -Sandbox
                Get-Report $outcome
            }
        }
        finally {
            Remove-Item Env:CSPMIGRATION_TEST_JOB
        }
        $report.Outcome | Should -Be 'Suspended'
    }
}

Describe 'Importing again' {
    It 'changes nothing' {
        $report = Invoke-Session {
            param($Endpoint, $JournalPath, $Common)
            . $Common
            Import-Module $env:CSPMIGRATION_MODULE
            $null = Connect-Server $Endpoint $JournalPath
            $held = Get-Command Get-ExpiringSubscription
            1..3 | ForEach-Object { Import-Module $env:CSPMIGRATION_MODULE -Force }
            $found = (Get-ExpiringSubscription).CustomerName
            Remove-Module CspMigration
            $afterRemoval = (& $held).CustomerName
            Import-Module $env:CSPMIGRATION_MODULE
            Get-Report (Invoke-Migration).Outcome $found, $afterRemoval
        }
        $report.Outcome | Should -Be 'Suspended'
        $report.Extra | Should -Be 'Contoso', 'Contoso'
        @($report.Libraries).Count | Should -Be 1
    }
}

Describe 'Get-CspPartner -Diagnostic' {
    It 'lists each library with version, file and load context, as a table' {
        $libraries = Get-CspPartner -Diagnostic
        $libraries[0] | Should -BeOfType [CspMigration.Contracts.LoadedLibrary]
        foreach ($file in Get-ChildItem (Split-Path $env:CSPMIGRATION_MODULE) -Recurse -Filter *.dll | Where-Object { $_.Directory.Name -ne 'desktop' -and $_.Name -notlike '*.resources.dll' }) {
            $libraries.Name | Should -Contain $file.BaseName
        }
        $libraries | ForEach-Object { $_.Version | Should -Not -BeNullOrEmpty; $_.Path | Should -Exist }
        $core = $libraries | Where-Object Name -EQ 'CspMigration.Core'
        $core.LoadContext | Should -Be 'CspMigration'
        ($libraries | Where-Object Name -EQ 'CspMigration').LoadContext | Should -Be 'Default'
        $libraries | Out-String -Width 80 | Should -Match 'Name\s+Version\s+Context\s+Ours'
    }
}

Describe 'The texts of another language' {
    It 'are loaded when they are used, into the context of the module' {
        $texts = Invoke-FreshSession {
            Import-Module $env:CSPMIGRATION_MODULE
            $find = { @([AppDomain]::CurrentDomain.GetAssemblies() | Where-Object FullName -Like 'CspMigration.Core.resources,*') }
            $null = Connect-CspPartner -Sandbox
            $null = Request-ResellerRelationship fabrikam.com
            (& $find).Count
            (Request-ResellerRelationship fabrikam.com -Culture fr-FR).Body -split '\r?\n' | Select-Object -First 1
            & $find | ForEach-Object { [Runtime.Loader.AssemblyLoadContext]::GetLoadContext($_).Name }
            & $find | ForEach-Object { Split-Path (Split-Path $_.Location) -Leaf }
        }
        $texts | Should -Be '0', 'Bonjour,', 'CspMigration', 'fr'
    }

    It 'are the same where the process has no cultures' {
        $write = {
            param($path)
            Import-Module $env:CSPMIGRATION_MODULE
            $null = Connect-CspPartner -Sandbox
            $null = Get-ExpiringSubscription | Export-SubscriptionMigrationReport $path -Culture zh-TW
            try { ([cultureinfo]'fr-FR').Name } catch { 'none' }
        }
        $with, $without = 'with.html', 'without.html' | ForEach-Object { Join-Path $TestDrive $_ }
        Invoke-FreshSession -Script $write -Argument $with | Should -Be 'fr-FR'
        $env:DOTNET_SYSTEM_GLOBALIZATION_INVARIANT = '1'
        try {
            Invoke-FreshSession -Script $write -Argument $without | Should -Be 'none'
        }
        finally {
            Remove-Item Env:\DOTNET_SYSTEM_GLOBALIZATION_INVARIANT
        }
        $page, $other = $with, $without | ForEach-Object { (Get-Content -Raw -Encoding utf8 $_) -replace '\d\d:\d\d' }
        $other | Should -Match '訂閱移轉報告'
        $other | Should -Be $page
    }
}

Describe '-Culture' {
    It 'refuses a culture without texts and lists those that have them' {
        { Request-ResellerRelationship fabrikam.com -Culture de-DE } | Should -Throw -ErrorId 'ParameterArgumentValidationError*' -ExceptionType ([Management.Automation.ParameterBindingException])
        { Export-SubscriptionMigrationReport report.html -Culture zh-CN } | Should -Throw '*en-US, fr-FR, zh-TW*'
    }

    It 'completes the cultures' {
        $completed = (TabExpansion2 'Request-ResellerRelationship fabrikam.com -Culture ').CompletionMatches.CompletionText
        $completed | Should -Be 'en-US', 'fr-FR', 'zh-TW'
    }
}
