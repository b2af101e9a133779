BeforeAll {
    . $PSScriptRoot/Common.ps1
    $updates = 'POST /v1/customers/{customerId}/users/{userId}/licenseupdates'
    $run = { param($Module, $Partner) Import-Module $Module; Invoke-SubscriptionMigration -Context $Partner -Confirm:$false }

    # As another process would find out.
    function Test-JournalFree {
        param([string] $Journal)

        try {
            [System.IO.File]::Open("$Journal.lock", 'Open', 'ReadWrite', 'None').Dispose()
            $true
        }
        catch [System.IO.IOException] {
            $false
        }
    }

    function Connect-Server {
        param([string] $Journal)

        Connect-CspPartner -Endpoint $server.Endpoint -AccessToken (New-SecretText 'any token') -JournalPath $Journal
    }
}

Describe 'A connection that is closed while another runspace works with it, <Way>' -ForEach @(
    @{ Way = 'by Disconnect-CspPartner'; Close = { Disconnect-CspPartner } }
    @{ Way = 'by the next Connect-CspPartner'; Close = { $null = Connect-CspPartner -Sandbox } }
) {
    BeforeAll {
        $server = Start-SandboxServer 'scale:customers=8,subscriptions=1,users=50' -Argument '--latency', '20', '--provisioning-delay', '0'
        $journal = Join-Path $TestDrive "$([guid]::NewGuid()).jsonl"
        $partner = Connect-Server $journal
        $shell = [powershell]::Create().AddScript($run.ToString()).AddArgument($env:CSPMIGRATION_MODULE).AddArgument($partner)
        $running = $shell.BeginInvoke()
        while ([int](Get-SandboxRequest $server).byRoute.$updates -lt 40 -and -not $running.IsCompleted) { $null = [System.Threading.Thread]::Yield() }
        $wasRunning = -not $running.IsCompleted
        & $Close
        $failure = try { $null = $shell.EndInvoke($running); $shell.Streams.Error } catch { $_.Exception.InnerException.ErrorRecord }
        $shell.Dispose()
    }

    AfterAll {
        Disconnect-CspPartner
        Stop-SandboxServer $server
    }

    It 'ends the command with one error that says what to do' {
        $wasRunning | Should -BeTrue
        @($failure).Count | Should -Be 1
        $failure.FullyQualifiedErrorId | Should -BeLike 'NotConnected,*'
        $failure.ErrorDetails.RecommendedAction | Should -BeLike 'Connect again, then run the same command again*'
    }

    It 'frees the journal and leaves no call' {
        Test-JournalFree $journal | Should -BeTrue
        $before = (Get-SandboxRequest $server).total
        1..5 | ForEach-Object { $null = Invoke-RestMethod -Uri ([uri]::new($server.Endpoint, 'v1/profiles/legalbusiness')) -Headers @{ Authorization = 'Bearer any' } }
        (Get-SandboxRequest $server).total | Should -Be ($before + 5)
    }

    It 'lets the same command finish the job' {
        $null = Connect-Server $journal
        (Invoke-SubscriptionMigration -Confirm:$false).State | Select-Object -Unique | Should -Be 'Completed'

        # What was suspended before the connection was closed is found no more.
        @((Get-SandboxState $server).customers.subscriptions | Where-Object status -EQ 'suspended').Count | Should -Be 8
        [int](Get-SandboxRequest $server).byRoute.$updates | Should -Be 400
        @((Get-SandboxState $server).violations).Count | Should -Be 0
    }
}

Describe 'The journal of a runspace that has ended without disconnecting' {
    BeforeAll {
        $server = Start-SandboxServer 'contoso' -Argument '--provisioning-delay', '0'
        $work = {
            param($Module, $Endpoint, $Token, $Journal)
            Import-Module $Module
            $null = Connect-CspPartner -Endpoint $Endpoint -AccessToken $Token -JournalPath $Journal
            (Invoke-SubscriptionMigration -Confirm:$false).State
        }
    }

    AfterAll {
        Stop-SandboxServer $server
    }

    BeforeEach {
        Invoke-SandboxControl $server 'reset' @{ scenario = 'contoso'; seed = 42 }
        $journal = Join-Path $TestDrive "$([guid]::NewGuid()).jsonl"
        $arguments = $env:CSPMIGRATION_MODULE, $server.Endpoint, (New-SecretText 'any token'), $journal
    }

    It 'is free after ForEach-Object -Parallel' {
        $text = $work.ToString()
        $state = 1 | ForEach-Object -Parallel { & ([scriptblock]::Create($using:text)) @using:arguments }
        $state | Should -Be 'Completed'
        Test-JournalFree $journal | Should -BeTrue
    }

    It 'is free when the runspace is closed, and not before' {
        $runspace = [runspacefactory]::CreateRunspace()
        $runspace.Open()
        $shell = [powershell]::Create($runspace).AddScript($work.ToString())
        foreach ($argument in $arguments) { $null = $shell.AddArgument($argument) }
        $shell.Invoke() | Should -Be 'Completed'
        $shell.Dispose()
        Test-JournalFree $journal | Should -BeFalse
        $runspace.Dispose()
        Test-JournalFree $journal | Should -BeTrue
    }

    It 'is free after a thread job' {
        Start-ThreadJob $work -ArgumentList $arguments | Receive-Job -Wait -AutoRemoveJob | Should -Be 'Completed'

        # The job is done before its runspace is closed.
        [System.Threading.SpinWait]::SpinUntil({ Test-JournalFree $journal }, 30000) | Should -BeTrue
    }
}

Describe 'An access token' {
    BeforeAll {
        $server = Start-SandboxServer
    }

    AfterAll {
        Disconnect-CspPartner
        Stop-SandboxServer $server
    }

    It 'connects although copying has added <Name>' -ForEach @(
        @{ Name = 'a line end'; Text = "token`r`n" }
        @{ Name = 'spaces'; Text = '  token ' }
        @{ Name = 'quotes'; Text = '"token"' }
        @{ Name = 'the word before it'; Text = 'Bearer token' }
    ) {
        (Connect-CspPartner -Endpoint $server.Endpoint -AccessToken (New-SecretText $Text) -JournalPath (Join-Path $TestDrive 'token.jsonl')).Name | Should -Be 'Sandbox Partner'
    }

    It 'in two lines is refused without being shown' {
        $failure = { Connect-CspPartner -Endpoint $server.Endpoint -AccessToken (New-SecretText "secret`ntoken") } | Should -Throw -PassThru -ErrorId 'Unauthorized,*'
        "$failure" | Should -BeLike '*character 7 of 12 is a line end*'
        $failure | Format-List * -Force | Out-String | Should -Not -Match 'secret|FormatException'
    }
}

Describe 'A service that cannot be reached' {
    It 'fails the connection at once, with the reason' {
        $failure = { Connect-CspPartner -Endpoint http://127.0.0.1:9 -AccessToken (New-SecretText 'token') } | Should -Throw -PassThru -ErrorId 'ServiceUnavailable,*'
        "$failure" | Should -BeLike '*127.0.0.1:9 refuses connections*'
        $failure.ErrorDetails.RecommendedAction | Should -BeLike '*-Endpoint*'
    }
}

Describe 'A service that has answered and does not any more' {
    BeforeAll {
        $server = Start-SandboxServer 'scale:customers=20,subscriptions=1,users=1'
        $null = Connect-Server (Join-Path $TestDrive 'waiting.jsonl')
        Invoke-SandboxControl $server 'faults' @(@{ method = 'GET'; route = '*'; skip = 0; times = 1000; action = 'status:503;retry-after=300' })
        $shell = [powershell]::Create().AddScript('param($Module, $Partner) Import-Module $Module; Get-ExpiringSubscription -Context $Partner')
        $running = $shell.AddArgument($env:CSPMIGRATION_MODULE).AddArgument((Get-CspPartner)).BeginInvoke()
        while ($shell.Streams.Warning.Count -eq 0 -and -not $running.IsCompleted) { $null = [System.Threading.Thread]::Yield() }
        $wasRunning = -not $running.IsCompleted
        $shell.Stop()
    }

    AfterAll {
        $shell.Dispose()
        Disconnect-CspPartner
        Stop-SandboxServer $server
    }

    It 'is waited for, and a run that nobody looks at says so once without -Verbose' {
        $wasRunning | Should -BeTrue
        @($shell.Streams.Warning).Message | Should -Be 'Waiting: service not available. The command continues automatically; -Verbose reports each wait.'
        $shell.Streams.Verbose.Count | Should -Be 0
    }
}
