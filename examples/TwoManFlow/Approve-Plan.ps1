<#
.SYNOPSIS
    The second of two people: approves the plan as it stands.
.DESCRIPTION
    Look at plan.html first. Writes approval.json with the plan's hash. Keep the folder where only approvers may write
    that file, such as a protected branch with a review: the file is worth as much as the right to write it.

    Exit codes: 0 approved; 3 not approved: the plan has changed, the author may not approve it, or the answer was no;
    1 it failed. Where nobody can be asked, such as with -NonInteractive, say -Confirm:$false.
.PARAMETER Folder
    Where Export-Plan.ps1 wrote.
.PARAMETER Approver
    Who approves.
.EXAMPLE
    ./examples/TwoManFlow/Approve-Plan.ps1 -Folder ./season -Approver ben

    From the repository's folder.
#>
[CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'High')]
param(
    [Parameter(Mandatory)] [string] $Folder,
    [string] $Approver = [Environment]::UserName
)

$ErrorActionPreference = 'Stop'
$request = Get-Content (Join-Path $Folder 'request.json') -Raw | ConvertFrom-Json
$hash = (Get-FileHash (Join-Path $Folder 'plan.json') -Algorithm SHA256).Hash
if ($hash -ne $request.Hash) {
    Write-Warning 'The plan has changed since it was made.'
    exit 3
}

if ($Approver -eq $request.Author) {
    Write-Warning "$Approver made the plan: somebody else has to approve it."
    exit 3
}

try {
    $isApproved = $PSCmdlet.ShouldProcess("$($request.Purchases) purchases with $($request.Seats) seats, planned by $($request.Author)", 'Approve')
}
catch [System.Management.Automation.MethodInvocationException] {
    throw 'Nobody can be asked in this session: look at plan.html, then run the same line with -Confirm:$false. Nothing has been approved.'
}

if (-not $isApproved) { exit 3 }

[pscustomobject]@{ Hash = $hash; Approver = $Approver; ApprovedOn = [datetime]::UtcNow.ToString('o') } |
    ConvertTo-Json | Set-Content (Join-Path $Folder 'approval.json') -Encoding utf8
exit 0
