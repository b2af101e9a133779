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
