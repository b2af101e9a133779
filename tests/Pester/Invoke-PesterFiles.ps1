<#
.SYNOPSIS
    Runs Pester files one after the other, as they are asked for: a process that has run one is several times as fast with the next.
.DESCRIPTION
    Each request is a line of the pipe: the path of a Pester file, a tab, and the path its results are written to. What the file prints is
    followed by a line "#### <number of failures>". Each file has a runspace of its own, and finds the environment as it was.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $PipeName
)

$ErrorActionPreference = 'Stop'
$environment = [Environment]::GetEnvironmentVariables()

# Not from standard input: the processes that the tests start have that too.
$pipe = [IO.Pipes.NamedPipeClientStream]::new('.', $PipeName, [IO.Pipes.PipeDirection]::In)
$pipe.Connect()
$requests = [IO.StreamReader]::new($pipe)
while ($request = $requests.ReadLine()) {
    $path, $resultPath = $request -split "`t"
    $runspace = [runspacefactory]::CreateRunspace($Host)
    $shell = [powershell]::Create()
    try {
        $runspace.Open()
        $shell.Runspace = $runspace
        $null = $shell.AddCommand((Join-Path $PSScriptRoot 'Invoke-PesterFile.ps1')).AddParameter('Path', $path).AddParameter('ResultPath', $resultPath)
        $failed = $shell.Invoke()[-1]
    }
    catch {
        $Host.UI.WriteLine(($_ | Out-String))
        $failed = 'no result'
    }
    finally {
        $shell.Dispose()
        $runspace.Dispose()
    }

    $left = [Environment]::GetEnvironmentVariables()
    foreach ($name in @($environment.Keys) + @($left.Keys)) {
        if ($environment[$name] -cne $left[$name]) { [Environment]::SetEnvironmentVariable($name, $environment[$name]) }
    }

    $Host.UI.WriteLine("#### $failed")
}
