<#
.SYNOPSIS
    What the Pester files share: the staged module, and the sandbox server in a process of its own.
#>

Import-Module $env:CSPMIGRATION_MODULE

function Start-SandboxServer {
    <#
    .SYNOPSIS
        A server on a free port, with the scenario as new. Give it back with Stop-SandboxServer: this process lends it out again.
    .PARAMETER Unshared
        Lent to nobody before or after. For tests in which the service is too busy: connections that other files have left open make the module
        remember the pace of an address.
    #>
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '')]
    param([string] $Scenario = 'contoso', [string[]] $Argument = @(), [switch] $Unshared)

    $kind = if ($Unshared) { '' } else { "shared $Argument" }
    $idle = Get-IdleSandboxServer
    $server = $idle[$kind]
    if ($server) {
        $idle.Remove($kind)
        Invoke-SandboxControl -Server $server -Control 'reset' -Body @{ scenario = $Scenario; seed = 42 }
        return $server
    }

    $start = [System.Diagnostics.ProcessStartInfo]::new($env:CSPMIGRATION_DOTNET)
    $start.RedirectStandardInput = $true
    $start.RedirectStandardOutput = $true
    foreach ($item in @('exec', $env:CSPMIGRATION_SERVER, '--port', '0', '--scenario', $Scenario, '--exit-with-stdin') + $Argument) {
        $start.ArgumentList.Add($item)
    }

    $process = [System.Diagnostics.Process]::Start($start)
    $line = $process.StandardOutput.ReadLine()
    if ($line -notlike 'listening on *') { throw "The sandbox server did not start: $line" }
    [pscustomobject]@{ Process = $process; Endpoint = [uri]$line.Substring('listening on '.Length); Kind = $kind }
}

function Stop-SandboxServer {
    <#
    .SYNOPSIS
        Gives a server back: the next that is asked for with the same arguments is this one.
    #>
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '')]
    param($Server)

    $idle = Get-IdleSandboxServer
    if (-not $Server.Kind -or $idle[$Server.Kind]) { $Server.Process.StandardInput.Close() } else { $idle[$Server.Kind] = $Server }
}

function Get-IdleSandboxServer {
    <#
    .SYNOPSIS
        The servers of this process that nobody uses, by their arguments. They end with the process.
    #>
    param()

    $name = 'CspMigration.IdleSandboxServers'
    if (-not [AppDomain]::CurrentDomain.GetData($name)) { [AppDomain]::CurrentDomain.SetData($name, @{}) }
    [AppDomain]::CurrentDomain.GetData($name)
}

function Get-PwshStart {
    <#
    .SYNOPSIS
        How another process of the PowerShell that runs this one is started, whichever is on the PATH.
    #>
    param([string[]] $Argument)

    $start = [System.Diagnostics.ProcessStartInfo]::new([Environment]::ProcessPath)
    if ((Split-Path -LeafBase $start.FileName) -eq 'dotnet') { $start.ArgumentList.Add((Join-Path $PSHOME 'pwsh.dll')) }
    foreach ($item in @('-NoProfile') + $Argument) { $start.ArgumentList.Add($item) }
    $start
}

function Invoke-Pwsh {
    <#
    .SYNOPSIS
        Runs the PowerShell that runs this one in a process of its own; what is piped in is its standard input.
    #>
    param()

    $start = Get-PwshStart $args
    $arguments = $start.ArgumentList
    if ($MyInvocation.ExpectingInput) { $input | & $start.FileName @arguments } else { & $start.FileName @arguments }
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

    (Get-SandboxRequest $Server).writes
}

function Invoke-SandboxControl {
    <#
    .SYNOPSIS
        Fills the sandbox anew, moves its clock, sets its faults and so on: POST /sandbox/<Control>.
    #>
    param($Server, [string] $Control, $Body)

    $null = Invoke-RestMethod -Method Post -Uri ([uri]::new($Server.Endpoint, "sandbox/$Control")) -Body (ConvertTo-Json $Body) -ContentType 'application/json'
}

function Get-SandboxRequest {
    <#
    .SYNOPSIS
        How often the sandbox was asked, and by which sign-in libraries.
    #>
    param($Server)

    Invoke-RestMethod -Uri ([uri]::new($Server.Endpoint, 'sandbox/requests'))
}

function Invoke-FreshSession {
    <#
    .SYNOPSIS
        Runs a script in a pwsh of its own, without the module, and returns what it printed, all streams, as lines.
    #>
    param([scriptblock] $Script, [string[]] $Argument = @(), [switch] $Interactive)

    $file = Join-Path $TestDrive "$([guid]::NewGuid()).ps1"
    Set-Content -Path $file -Value $Script.ToString()
    $options = @(if (-not $Interactive) { '-NonInteractive' })
    $output = Invoke-Pwsh @options -File $file @Argument *>&1
    if ($LASTEXITCODE -ne 0) { throw ($output | Out-String) }
    $output
}

function Reset-Sandbox {
    <#
    .SYNOPSIS
        Fills the sandbox anew and connects to it, with an empty journal.
    #>
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '')]
    param($Server, [string] $Scenario, [hashtable] $Connection = @{}, [string] $Token = 'any token')

    Invoke-SandboxControl -Server $Server -Control 'reset' -Body @{ scenario = $Scenario; seed = 42 }
    $journal = Join-Path $TestDrive "journal-$([guid]::NewGuid()).jsonl"
    Connect-CspPartner -Endpoint $Server.Endpoint -AccessToken (New-SecretText $Token) -JournalPath $journal @Connection
}

function Step-SandboxClock {
    <#
    .SYNOPSIS
        Lets time pass in the sandbox, by an ISO 8601 duration.
    #>
    param($Server, [string] $By)

    Invoke-SandboxControl -Server $Server -Control 'clock' -Body @{ advance = $By }
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
