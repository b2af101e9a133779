BeforeAll {
    . $PSScriptRoot/Common.ps1
    $examples = Join-Path $PSScriptRoot '../../examples'
    $module = @{ Module = $env:CSPMIGRATION_MODULE }

    function Get-Connection {
        param($Server, [string] $Journal)

        $connection = @{ Endpoint = $Server.Endpoint; AccessToken = New-SecretText 'any token' }
        if ($Journal) { $connection.JournalPath = $Journal }
        $connection
    }
}

Describe 'examples/NightlyDiscovery' {
    It 'gives a mail about what expires, and 2' {
        $mail = & "$examples/NightlyDiscovery/New-DiscoveryMail.ps1" -Connection @{ Sandbox = $true; Scenario = 'seed-mapping' } -ReportFolder $TestDrive @module
        $LASTEXITCODE | Should -Be 2
        $mail.Subject | Should -Be '10 subscriptions of 10 customers end within 90 days'
        $mail.Text | Should -BeLike '*Dynamics AX Enterprise, * seats, to Dynamics 365 Unified Operations Plan (Discovered)*'
        $mail.Html | Should -BeLike '*<td>Dynamics AX Enterprise</td>*'
        $mail.Attachments | Should -HaveCount 2
        $mail.Attachments | Should -Exist
    }

    It 'gives a mail that says so where nothing expires, and 0' {
        $mail = & "$examples/NightlyDiscovery/New-DiscoveryMail.ps1" -Connection @{ Sandbox = $true } -Within 1 -ReportFolder $TestDrive @module
        $LASTEXITCODE | Should -Be 0
        $mail.Subject | Should -Be 'Nothing ends within 1 days'
        $mail.Attachments | Should -HaveCount 0
    }

    It 'reports what another person has set to renew again, and what waits for its day' {
        $server = Start-SandboxServer 'new-commerce'
        $connection = Get-Connection $server (Join-Path $TestDrive 'waiting.jsonl')
        $null = Connect-CspPartner @connection
        $null = Invoke-SubscriptionMigration -CustomerId 'Renewal only' -Method Renewal -Confirm:$false
        $null = Invoke-SubscriptionMigration -CustomerId 'Neither', 'Extension pending' -Confirm:$false
        $source = Get-SubscriptionMigration 'Neither'
        Disconnect-CspPartner

        # Another person, past the module.
        $request = @{ Uri = [uri]::new($server.Endpoint, "v1/customers/$($source.CustomerId)/subscriptions/$($source.SourceSubscriptionId)"); Headers = @{ Authorization = 'Bearer any' } }
        $subscription = Invoke-RestMethod @request
        $subscription.autoRenewEnabled = $true
        $subscription.scheduledActions = @()
        $null = Invoke-RestMethod @request -Method Patch -Body (ConvertTo-Json $subscription -Depth 9) -ContentType 'application/json'

        $mail = & "$examples/NightlyDiscovery/New-DiscoveryMail.ps1" -Connection $connection -ReportFolder $TestDrive @module
        $LASTEXITCODE | Should -Be 2
        $mail.Subject | Should -Be '7 subscriptions of 6 customers end within 90 days, 1 set to renew again'
        $mail.Text | Should -Match '(?s)Set to renew again.*\d{4}-\d\d-\d\d  Neither: .*Waiting for their day:'
        $mail.Text | Should -Match '(?m)^\d{4}-\d\d-\d\d  Extension pending: .* ends with its term'
        $mail.Text | Should -Match '(?m)^\d{4}-\d\d-\d\d  Renewal only: .* renews as Dynamics 365 Team Members'
        $mail.Html | Should -BeLike '*<h2>Waiting for their day</h2>*'
        $mail.Text | Should -Not -Match '(?m)^\d{4}-\d\d-\d\d  (Neither|Renewal only|Extension pending): .* seats, to'
        Stop-SandboxServer $server
    }

    It 'is at no risk where all that is left waits for its day, and gives 0' {
        $server = Start-SandboxServer 'new-commerce'
        $connection = Get-Connection $server (Join-Path $TestDrive 'done.jsonl')
        $null = Connect-CspPartner @connection
        $null = Invoke-SubscriptionMigration -Confirm:$false -WarningAction SilentlyContinue
        Disconnect-CspPartner

        $mail = & "$examples/NightlyDiscovery/New-DiscoveryMail.ps1" -Connection $connection -ReportFolder $TestDrive @module
        $LASTEXITCODE | Should -Be 0
        $mail.Subject | Should -Be 'Nothing ends within 90 days'
        $mail.Text | Should -Match '(?m)^\d{4}-\d\d-\d\d  Neither: .* ends with its term'
        $mail.Attachments | Should -HaveCount 0
        Stop-SandboxServer $server
    }

    It 'names what could not be read, and gives 1' {
        $server = Start-SandboxServer 'seed-mapping'
        $fault = @{ method = 'GET'; route = '/v1/customers/{customerId}/subscriptions'; skip = 0; times = 1; action = 'status:403' }
        $null = Invoke-RestMethod -Method Post -Uri ([uri]::new($server.Endpoint, 'sandbox/faults')) -Body (ConvertTo-Json @($fault)) -ContentType 'application/json'
        $mail = & "$examples/NightlyDiscovery/New-DiscoveryMail.ps1" -Connection (Get-Connection $server (Join-Path $TestDrive 'nightly.jsonl')) -ReportFolder $TestDrive @module
        $LASTEXITCODE | Should -Be 1
        $mail.Text | Should -BeLike '*Not read: *'
        Stop-SandboxServer $server
    }
}

Describe 'examples/TwoManFlow' {
    BeforeAll {
        $flow = "$examples/TwoManFlow"
        $server = Start-SandboxServer
        $connection = Get-Connection $server (Join-Path $TestDrive 'two-man.jsonl')
        $folder = Join-Path $TestDrive 'season'
    }

    AfterAll {
        Stop-SandboxServer $server
    }

    It 'makes a plan and changes nothing' {
        $request = & "$flow/Export-Plan.ps1" -Connection $connection -Folder $folder -Author 'ann' @module
        $LASTEXITCODE | Should -Be 0
        $request.Purchases, $request.Seats | Should -Be @(1, 25)
        Join-Path $folder 'plan.html' | Should -Exist
        Get-SandboxWriteCount $server | Should -Be 0
    }

    It 'executes nothing that is not approved' {
        $null = & "$flow/Invoke-ApprovedPlan.ps1" -Connection $connection -Folder $folder -WarningAction SilentlyContinue @module
        $LASTEXITCODE | Should -Be 3
        Get-SandboxWriteCount $server | Should -Be 0
    }

    It 'does not let the author approve' {
        & "$flow/Approve-Plan.ps1" -Folder $folder -Approver 'ann' -Confirm:$false -WarningAction SilentlyContinue
        $LASTEXITCODE | Should -Be 3
    }

    It 'says what to do where no prompt can be shown, and approves nothing' {
        $said = Invoke-Pwsh -NonInteractive -File "$flow/Approve-Plan.ps1" -Folder $folder -Approver 'ben' 2>&1 | Out-String
        $LASTEXITCODE | Should -Be 1
        $said | Should -BeLike '*cannot show a prompt*-Confirm:$false*'
        $said | Should -Not -BeLike '*Exception calling*'
        Join-Path $folder 'approval.json' | Should -Not -Exist
    }

    It 'executes what somebody else has approved' {
        & "$flow/Approve-Plan.ps1" -Folder $folder -Approver 'ben' -Confirm:$false
        $LASTEXITCODE | Should -Be 0
        $ended = & "$flow/Invoke-ApprovedPlan.ps1" -Connection $connection -Folder $folder @module
        $LASTEXITCODE | Should -Be 0
        $ended.Outcome | Should -Be 'Suspended'
        @((Get-SandboxState $server).violations).Count | Should -Be 0
    }

    It 'executes no plan that was changed after its approval' {
        Add-Content (Join-Path $folder 'plan.json') ' '
        $null = & "$flow/Invoke-ApprovedPlan.ps1" -Connection $connection -Folder $folder -WarningAction SilentlyContinue @module
        $LASTEXITCODE | Should -Be 3
        & "$flow/Approve-Plan.ps1" -Folder $folder -Approver 'ben' -Confirm:$false -WarningAction SilentlyContinue
        $LASTEXITCODE | Should -Be 3
    }

    It 'says where there is nothing to plan' {
        $null = & "$flow/Export-Plan.ps1" -Connection $connection -Folder (Join-Path $TestDrive 'nothing') @module
        $LASTEXITCODE | Should -Be 3
    }
}

Describe 'examples/GitHubActionsMatrix' {
    BeforeAll {
        $matrix = "$examples/GitHubActionsMatrix"
        $server = Start-SandboxServer 'scale:customers=6,subscriptions=1,users=3'
    }

    AfterAll {
        Stop-SandboxServer $server
        $env:GITHUB_STEP_SUMMARY = $null
    }

    It 'plans, then migrates every customer in exactly one shard, and reports them all' {
        $env:GITHUB_STEP_SUMMARY = Join-Path $TestDrive 'summary.md'
        foreach ($number in 1, 2) {
            $journal = Join-Path $TestDrive "journal-$number.jsonl"
            $page = Join-Path $TestDrive "shard-$number.html"
            $planned = & "$matrix/Invoke-Shard.ps1" -Shard "$number/2" -JournalPath $journal -ReportPath $page -Connection (Get-Connection $server) -PlanOnly @module
            $LASTEXITCODE | Should -Be 0
            $planned.IsPlanned | Sort-Object -Unique | Should -Be $true
            Get-Content $env:GITHUB_STEP_SUMMARY | Should -Contain "| Completed, planned | $(@($planned).Count) |"
            $page | Should -Exist
            $journal | Should -Not -Exist
        }

        Get-SandboxWriteCount $server | Should -Be 0
        $done = foreach ($number in 1, 2) {
            $shard = @{ JournalPath = Join-Path $TestDrive "journal-$number.jsonl"; ReportPath = Join-Path $TestDrive "shard-$number.html" }
            & "$matrix/Invoke-Shard.ps1" -Shard "$number/2" @shard -Connection (Get-Connection $server) @module
            $LASTEXITCODE | Should -Be 0
        }

        $done.CustomerName | Sort-Object -Unique | Should -HaveCount 6
        $done | Should -HaveCount 6
        $report = & "$matrix/New-RunReport.ps1" -JournalPath (Join-Path $TestDrive 'journal-*.jsonl') -ReportPath (Join-Path $TestDrive 'run.html') @module
        $LASTEXITCODE | Should -Be 0
        Get-Content $report -Raw | Should -BeLike '*6 of 6*'
        Get-Content $env:GITHUB_STEP_SUMMARY | Should -Contain '### Shard 1/2, plan'
        Select-String -Path $env:GITHUB_STEP_SUMMARY -Pattern '^\| Completed \| ' | Should -HaveCount 2
        @((Get-SandboxState $server).violations).Count | Should -Be 0
    }

    It 'reports no run that left no journal' {
        $page = Join-Path $TestDrive 'none.html'
        { & "$matrix/New-RunReport.ps1" -JournalPath (Join-Path $TestDrive 'none/*.jsonl') -ReportPath $page @module } | Should -Throw 'There is no journal *'
        $page | Should -Not -Exist
    }

    It 'has a workflow that starts scripts that are there, with parameters they have' {
        $lines = Select-String -Path "$matrix/migrate.yml" -Pattern '\./(?<script>[\w-]+\.ps1)(?<rest>.*)'
        $lines | Should -HaveCount 2
        foreach ($line in $lines) {
            $match = $line.Matches[0]
            $known = (Get-Command "$matrix/$($match.Groups['script'].Value)").Parameters.Keys
            [regex]::Matches($match.Groups['rest'].Value, '(?<= -)[A-Z]\w+').Value | ForEach-Object { $known | Should -Contain $_ }
        }
    }
}

Describe 'examples/AzureAutomationRunbook' {
    It 'signs in with the vault''s token, stores the next one and migrates its shard' {
        $server = Start-SandboxServer 'scale:customers=4,subscriptions=1,users=3'
        $vault = @{ Token = 'first' }
        $runbook = @{
            TenantId      = '11111111-1111-1111-1111-111111111111'
            ApplicationId = [guid]::NewGuid()
            VaultName     = 'none'
            Shard         = '1/1'
            JournalPath   = Join-Path $TestDrive 'runbook.jsonl'
            ReportPath    = Join-Path $TestDrive 'runbook.html'
            Service       = @{ Endpoint = $server.Endpoint; Authority = $server.Endpoint }
            ReadToken     = { New-SecretText $vault.Token }
            StoreToken    = { param($Token) $vault.Token = [System.Net.NetworkCredential]::new('', $Token).Password }
        }
        $result = & "$examples/AzureAutomationRunbook/Start-MigrationShard.ps1" @runbook @module
        $LASTEXITCODE | Should -Be 0
        $result.Completed, $result.Stopped | Should -Be @(4, 0)
        $result.Report | Should -Exist
        $vault.Token | Should -Not -Be 'first'

        # The token that was stored is the one that works now.
        $again = & "$examples/AzureAutomationRunbook/Start-MigrationShard.ps1" @runbook @module
        $LASTEXITCODE | Should -Be 0
        $again.Completed | Should -Be 0

        # Nothing was left to do: the report of the job before is not taken for one of this job.
        $again.Report | Should -BeNullOrEmpty
        $runbook.ReportPath | Should -Not -Exist
        @((Get-SandboxState $server).violations).Count | Should -Be 0
        Stop-SandboxServer $server
    }
}
