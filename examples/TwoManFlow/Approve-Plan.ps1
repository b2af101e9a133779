<#
.SYNOPSIS
    For the second person: approves exactly this plan.
.DESCRIPTION
    Review plan.html first. Writes approval.json with the hash of the plan. Anyone who can write that file can approve
    the plan, so keep the folder where only approvers have write access, such as a protected branch with a review.

    Exit codes: 0 approved; 3 not approved, because the plan has changed, the author tried to approve it, or the answer
    was no; 1 failed. If the session can't show a prompt, such as with -NonInteractive, use -Confirm:$false.
.PARAMETER Folder
    The folder that Export-Plan.ps1 wrote to.
.PARAMETER Approver
    The name of the approver.
.EXAMPLE
    ./examples/TwoManFlow/Approve-Plan.ps1 -Folder ./season -Approver ben

    Run this from the repository's folder.
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
    Write-Warning 'The plan has changed since it was created.'
    exit 3
}

if ($Approver -eq $request.Author) {
    Write-Warning "$Approver created the plan. Another person must approve it."
    exit 3
}

try {
    $isApproved = $PSCmdlet.ShouldProcess("$($request.Purchases) purchases with $($request.Seats) seats, planned by $($request.Author)", 'Approve')
}
catch [System.Management.Automation.MethodInvocationException] {
    throw 'This session cannot show a prompt. Review plan.html, and then run the same command with -Confirm:$false. Nothing has been approved.'
}

if (-not $isApproved) { exit 3 }

[pscustomobject]@{ Hash = $hash; Approver = $Approver; ApprovedOn = [datetime]::UtcNow.ToString('o') } |
    ConvertTo-Json | Set-Content (Join-Path $Folder 'approval.json') -Encoding utf8
exit 0
