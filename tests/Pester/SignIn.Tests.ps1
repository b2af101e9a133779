BeforeAll {
    . $PSScriptRoot/Common.ps1

    $tenant = '22222222-2222-2222-2222-222222222222'
    $application = '33333333-3333-3333-3333-333333333333'
    $tokenRoute = '/{tenant}/oauth2/v2.0/token'
    $server = Start-SandboxServer
    $place = @{ Endpoint = $server.Endpoint; Authority = $server.Endpoint; TenantId = $tenant; JournalPath = (Join-Path $TestDrive 'journal.jsonl') }

    function New-Certificate {
        [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '')]
        param()

        $key = [Security.Cryptography.RSA]::Create(2048)
        $request = [Security.Cryptography.X509Certificates.CertificateRequest]::new(
            'CN=CspMigration test', $key, [Security.Cryptography.HashAlgorithmName]::SHA256, [Security.Cryptography.RSASignaturePadding]::Pkcs1)
        $request.CreateSelfSigned([datetimeoffset]::UtcNow.AddDays(-1), [datetimeoffset]::UtcNow.AddDays(1))
    }

    function Get-SignIn {
        param([string] $Way)

        $credential = [pscredential]::new($application, (New-SecretText 'a secret'))
        switch ($Way) {
            'a refresh token' { @{ ApplicationId = $application; RefreshToken = New-SecretText 'brought along' } }
            'a refresh token and a secret' { @{ Credential = $credential; RefreshToken = New-SecretText 'brought along' } }
            'a refresh token and a certificate' { @{ ApplicationId = $application; Certificate = New-Certificate; RefreshToken = New-SecretText 'brought along' } }
            'a secret' { @{ Credential = $credential } }
            'a certificate' { @{ ApplicationId = $application; Certificate = New-Certificate } }
        }
    }

    function ConvertFrom-Secret {
        param([securestring] $Secret)

        [Net.NetworkCredential]::new('', $Secret).Password
    }
}

AfterAll {
    Disconnect-CspPartner
    Stop-SandboxServer $server
}

Describe 'Connecting with <_>' -ForEach 'a refresh token', 'a refresh token and a secret', 'a refresh token and a certificate', 'a secret', 'a certificate' {
    BeforeAll {
        Invoke-SandboxControl $server 'reset' @{ scenario = 'contoso' }
        $signIn = Get-SignIn $_
    }

    It 'signs in with the library and keeps on when the token ends in mid-run' {
        $partner = Connect-CspPartner @place @signIn
        $partner.PartnerTenantId | Should -Be $tenant
        $partner.AuthenticationMode | Should -Be ($signIn.ContainsKey('RefreshToken') ? 'RefreshToken' : 'Application')
        (Get-ExpiringSubscription).Count | Should -Be 1

        Step-SandboxClock $server 'PT2H'
        (Get-ExpiringSubscription -ErrorAction Stop).Count | Should -Be 1

        $requests = Get-SandboxRequest $server
        $requests.signInClients | Should -BeLike 'MSAL.* 4.92.*'
        $requests.byRoute."POST $tokenRoute" | Should -Be 2
    }
}

Describe 'A run that outlives its tokens' {
    BeforeAll {
        Remove-Item $place.JournalPath -ErrorAction Ignore
        Invoke-SandboxControl $server 'reset' @{ scenario = 'contoso' }
        $rotated = [Collections.Generic.List[securestring]]::new()
        $threads = [Collections.Generic.List[int]]::new()
        $store = { param([securestring] $Token) $rotated.Add($Token); $threads.Add([Environment]::CurrentManagedThreadId); 'output of the script block' }
        $connected = @(Connect-CspPartner @place -ApplicationId $application -RefreshToken (New-SecretText 'first') -OnRefreshTokenRotated $store -LicenseApi PartnerCenter)

        $suspended = @(Get-ExpiringSubscription |
                New-TargetSubscription -Confirm:$false |
                ForEach-Object { Step-SandboxClock $server 'PT2H'; $_ } |
                Move-UserLicense -Confirm:$false |
                ForEach-Object { Step-SandboxClock $server 'PT2H'; $_ } |
                Suspend-Subscription -Confirm:$false)
    }

    It 'migrates to the end' {
        $suspended.Count | Should -Be 1
        $suspended[0].Outcome | Should -Be 'Suspended'
        @((Get-SandboxState $server).violations).Count | Should -Be 0
    }

    It 'hands each rotated refresh token to the script block once, on the pipeline thread' {
        (Get-SandboxRequest $server).byRoute."POST $tokenRoute" | Should -Be 3
        $rotated.Count | Should -Be 3
        ($rotated | ForEach-Object { ConvertFrom-Secret $_ } | Select-Object -Unique).Count | Should -Be 3
        $threads | Select-Object -Unique | Should -Be ([Environment]::CurrentManagedThreadId)
    }

    It 'keeps what the script block writes out of the output' {
        $connected.Count | Should -Be 1
        $connected[0] | Should -BeOfType [CspMigration.Contracts.CspPartner]
    }

    It 'connects the next session with the token that was handed out last' {
        (Connect-CspPartner @place -ApplicationId $application -RefreshToken $rotated[-1]).AuthenticationMode | Should -Be 'RefreshToken'
    }
}

Describe 'A script block that fails' {
    BeforeEach {
        Invoke-SandboxControl $server 'reset' @{ scenario = 'contoso' }
        $signIn = Get-SignIn 'a refresh token'
    }

    It 'is an error that does not end the run and does not print the token' {
        $partner = Connect-CspPartner @place @signIn -OnRefreshTokenRotated { throw "no vault for $([Net.NetworkCredential]::new('', $args[0]).Password)" } -ErrorVariable failures -ErrorAction SilentlyContinue
        $partner.AuthenticationMode | Should -Be 'RefreshToken'
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'RefreshTokenNotStored,*'
        $failures[0].Exception.Message | Should -BeLike '*no vault for (secret)*'
        (Get-ExpiringSubscription).Count | Should -Be 1
    }

    It 'ends the run where errors are to' {
        { Connect-CspPartner @place @signIn -OnRefreshTokenRotated { throw 'no vault' } -ErrorAction Stop } | Should -Throw -ErrorId 'RefreshTokenNotStored,*'
    }
}

Describe 'A sign-in that fails' {
    It '<Number> is <ErrorId>' -ForEach @(
        @{ Number = 50076; ErrorId = 'MfaRequired' }
        @{ Number = 700082; ErrorId = 'RefreshTokenRefused' }
        @{ Number = 7000215; ErrorId = 'CredentialRefused' }
        @{ Number = 50105; ErrorId = 'Unauthorized' }
    ) {
        Invoke-SandboxControl $server 'reset' @{ scenario = 'contoso' }
        Invoke-SandboxControl $server 'faults' @(, @{ method = 'POST'; route = $tokenRoute; action = "aadsts:$Number" })
        $signIn = Get-SignIn 'a refresh token and a secret'
        $failure = try { Connect-CspPartner @place @signIn } catch { $_ }
        $failure.FullyQualifiedErrorId | Should -BeLike "$ErrorId,*"
        $failure.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        $failure.Exception.ServiceCode | Should -Be "AADSTS$Number"
    }

    It 'says that an application alone cannot move licenses' {
        Invoke-SandboxControl $server 'reset' @{ scenario = 'contoso' }
        $signIn = Get-SignIn 'a secret'
        $null = Connect-CspPartner @place @signIn
        Get-ExpiringSubscription | New-TargetSubscription -Confirm:$false -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'AppOnlyToken,*'
        $failures[0].ErrorDetails.RecommendedAction | Should -BeLike '*-RefreshToken*'
    }

    It 'refuses two application ids' {
        { Connect-CspPartner @place -ApplicationId 'another' -Credential ([pscredential]::new($application, (New-SecretText 'x'))) } |
            Should -Throw -ErrorId 'CredentialRefused,*'
    }

    It 'names a certificate that is not there' {
        { Connect-CspPartner @place -ApplicationId $application -CertificateThumbprint '0011' } | Should -Throw -ErrorId 'CredentialRefused,*'
    }
}

Describe 'A certificate of the store' {
    It 'is found by its thumbprint' {
        Invoke-SandboxControl $server 'reset' @{ scenario = 'contoso' }
        $certificate = New-Certificate
        $storable = [Security.Cryptography.X509Certificates.X509Certificate2]::new($certificate.Export('Pfx'), '', 'PersistKeySet')
        $store = [Security.Cryptography.X509Certificates.X509Store]::new('My', 'CurrentUser', 'ReadWrite')
        $store.Add($storable)
        try {
            (Connect-CspPartner @place -ApplicationId $application -CertificateThumbprint $certificate.Thumbprint).AuthenticationMode | Should -Be 'Application'
        }
        finally {
            $store.Remove($storable)
            $store.Dispose()
        }
    }
}

Describe 'A session nobody sits at' {
    It 'gets an error in place of <_>' -ForEach 'DeviceCode', 'Interactive' {
        $output = Invoke-FreshSession -Argument $_, $server.Endpoint -Script {
            param($Way, $Endpoint)
            Import-Module $env:CSPMIGRATION_MODULE
            $signIn = @{ $Way = $true; Endpoint = $Endpoint; Authority = $Endpoint; TenantId = 'contoso.com'; ApplicationId = 'an application' }
            try { Connect-CspPartner @signIn } catch { $_.FullyQualifiedErrorId }
        }
        $output | Should -BeLike 'InteractionNeeded,*'
    }

    It 'is connected although its standard input is open and says nothing' {
        $file = Join-Path $TestDrive 'connect.ps1'
        Set-Content -Path $file -Value {
            param($Endpoint, $JournalPath)
            Import-Module $env:CSPMIGRATION_MODULE
            $token = [securestring]::new()
            'brought along'.ToCharArray() | ForEach-Object { $token.AppendChar($_) }
            $signIn = @{ Endpoint = $Endpoint; Authority = $Endpoint; TenantId = 'contoso.com'; ApplicationId = 'an application'; JournalPath = $JournalPath }
            (Connect-CspPartner @signIn -RefreshToken $token).AuthenticationMode
        }.ToString()
        Invoke-SandboxControl $server 'reset' @{ scenario = 'contoso' }
        $start = Get-PwshStart '-File', $file, $server.Endpoint, $place.JournalPath
        $start.RedirectStandardInput = $true
        $start.RedirectStandardOutput = $true
        $process = [Diagnostics.Process]::Start($start)
        try {
            $output = $process.StandardOutput.ReadToEndAsync()
            $process.WaitForExit(60000) | Should -BeTrue
            $output.Result.Trim() | Should -Be 'RefreshToken'
        }
        finally {
            if (-not $process.HasExited) { $process.Kill() }
            $process.Dispose()
        }
    }

    It 'gets an error in place of a question for <What>' -ForEach @(
        @{ What = 'a parameter'; ErrorId = 'MissingMandatoryParameter,*' }
        @{ What = 'a confirmation'; ErrorId = 'ConfirmationNeeded,*' }
    ) {
        $output = Invoke-FreshSession -Argument $What -Script {
            param($What)
            Import-Module $env:CSPMIGRATION_MODULE
            try {
                if ($What -eq 'a confirmation') {
                    $null = Connect-CspPartner -Sandbox
                    Get-ExpiringSubscription | New-TargetSubscription
                }
                else {
                    Connect-CspPartner -TenantId 'contoso.com' -DeviceCode
                }
            }
            catch { $_.FullyQualifiedErrorId }
        }
        $output | Should -BeLike $ErrorId
    }

    It 'needs no console' {
        # No console at all: neither input nor window, as in a runbook.
        $output = Invoke-FreshSession -Script {
            $runspace = [runspacefactory]::CreateRunspace()
            $runspace.Open()
            $session = [powershell]::Create()
            $session.Runspace = $runspace
            $null = $session.AddScript({
                    Import-Module $env:CSPMIGRATION_MODULE
                    $null = Connect-CspPartner -Sandbox
                    Get-ExpiringSubscription | New-TargetSubscription -Confirm:$false | Move-UserLicense -Confirm:$false | Suspend-Subscription -Confirm:$false
                }.ToString())
            $session.Invoke().Outcome
            $session.Streams.Error
        }
        $output | Should -Be 'Suspended'
    }
}

Describe 'A sign-in the system cannot keep encrypted' {
    It 'is kept in memory only, and -Verbose says so' {
        if (-not $IsLinux -or $env:DBUS_SESSION_BUS_ADDRESS) {
            Set-ItResult -Skipped -Because 'this system may have a store that encrypts it'
            return
        }

        $env:XDG_STATE_HOME = Join-Path $TestDrive 'state'
        try {
            # Of the real service, but nobody is asked in this session, and so nothing is sent.
            $output = Invoke-FreshSession -Script {
                Import-Module $env:CSPMIGRATION_MODULE
                try { Connect-CspPartner -DeviceCode -TenantId 'contoso.com' -ApplicationId 'an application' -Verbose } catch { $_.FullyQualifiedErrorId }
            }
        }
        finally {
            Remove-Item Env:XDG_STATE_HOME
        }

        $output -like '*in memory only*' | Should -HaveCount 1
        $output[-1] | Should -BeLike 'InteractionNeeded,*'
        Get-ChildItem $TestDrive/state -Recurse -File -ErrorAction Ignore | Should -BeNullOrEmpty
    }
}

Describe 'A device code' {
    It 'is shown as a warning and waited for' {
        Invoke-SandboxControl $server 'reset' @{ scenario = 'contoso' }
        $output = Invoke-FreshSession -Interactive -Argument $server.Endpoint, $place.JournalPath -Script {
            param($Endpoint, $JournalPath)
            Import-Module $env:CSPMIGRATION_MODULE
            $partner = Connect-CspPartner -DeviceCode -Endpoint $Endpoint -Authority $Endpoint -TenantId 'contoso.com' -ApplicationId 'an application' -JournalPath $JournalPath -Verbose
            $partner.AuthenticationMode
        }
        $output[-1] | Should -Be 'DeviceCode'
        $output -like '*devicelogin and enter the code*' | Should -HaveCount 1
        # Nothing of a sign-in on this machine is kept, so nothing is said about keeping it.
        $output -like '*in memory only*' | Should -HaveCount 0
    }
}
