<#
.SYNOPSIS
    What the Pester files share: the staged module, and the sandbox server in a process of its own.
#>

Import-Module $env:CSPMIGRATION_MODULE

function Start-SandboxServer {
    <#
    .SYNOPSIS
        Starts the server on a free port. Stop it with Stop-SandboxServer.
    #>
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '')]
    param([string] $Scenario = 'contoso', [string[]] $Argument = @())

    $start = [System.Diagnostics.ProcessStartInfo]::new('dotnet')
    $start.RedirectStandardInput = $true
    $start.RedirectStandardOutput = $true
    foreach ($item in @('exec', $env:CSPMIGRATION_SERVER, '--port', '0', '--scenario', $Scenario, '--exit-with-stdin') + $Argument) {
        $start.ArgumentList.Add($item)
    }

    $process = [System.Diagnostics.Process]::Start($start)
    $line = $process.StandardOutput.ReadLine()
    if ($line -notlike 'listening on *') { throw "The sandbox server did not start: $line" }
    [pscustomobject]@{ Process = $process; Endpoint = [uri]$line.Substring('listening on '.Length) }
}

function Stop-SandboxServer {
    <#
    .SYNOPSIS
        Ends a server.
    #>
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '')]
    param($Server)

    $Server.Process.StandardInput.Close()
    $Server.Process.WaitForExit()
}

function Get-SandboxState {
    <#
    .SYNOPSIS
        What is true in the sandbox now.
    #>
    param($Server)

    Invoke-RestMethod -Uri ([uri]::new($Server.Endpoint, 'sandbox/state'))
}

function Get-SandboxWriteCount {
    <#
    .SYNOPSIS
        How many changes the sandbox has carried out.
    #>
    param($Server)

    (Invoke-RestMethod -Uri ([uri]::new($Server.Endpoint, 'sandbox/requests'))).writes
}

function Reset-Sandbox {
    <#
    .SYNOPSIS
        Fills the sandbox anew and connects to it, with an empty journal.
    #>
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '')]
    param($Server, [string] $Scenario, [hashtable] $Connection = @{}, [string] $Token = 'any token')

    $null = Invoke-RestMethod -Method Post -Uri ([uri]::new($Server.Endpoint, 'sandbox/reset')) -Body (ConvertTo-Json @{ scenario = $Scenario; seed = 42 }) -ContentType 'application/json'
    $journal = Join-Path $TestDrive "journal-$([guid]::NewGuid()).jsonl"
    Connect-CspPartner -Endpoint $Server.Endpoint -AccessToken (New-SecretText $Token) -JournalPath $journal @Connection
}

function Step-SandboxClock {
    <#
    .SYNOPSIS
        Lets time pass in the sandbox, by an ISO 8601 duration.
    #>
    param($Server, [string] $By)

    $null = Invoke-RestMethod -Method Post -Uri ([uri]::new($Server.Endpoint, 'sandbox/clock')) -Body (ConvertTo-Json @{ advance = $By }) -ContentType 'application/json'
}

function Get-SandboxSubscription {
    <#
    .SYNOPSIS
        A subscription as the sandbox has it.
    #>
    param($Server, [string] $SubscriptionId)

    (Get-SandboxState $Server).customers.subscriptions | Where-Object id -EQ $SubscriptionId
}

function New-SecretText {
    <#
    .SYNOPSIS
        Text as a SecureString.
    #>
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '')]
    param([string] $Text)

    $secret = [securestring]::new()
    foreach ($character in $Text.ToCharArray()) { $secret.AppendChar($character) }
    $secret
}
