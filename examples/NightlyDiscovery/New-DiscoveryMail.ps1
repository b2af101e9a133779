<#
.SYNOPSIS
    Finds what expires, every night, and returns an email that is ready to send.
.DESCRIPTION
    Changes nothing. Returns one object with Subject, Text, Html and Attachments. If there is something to report, the
    attachments are the report as a page and as a table.

    Exit codes: 0 nothing is at risk; 2 something is at risk; 1 the search failed, for all customers or for some.
.PARAMETER Connection
    The parameters of Connect-CspPartner, such as @{ Sandbox = $true }.
.PARAMETER Within
    The number of days within which the term ends.
.PARAMETER ReportFolder
    The folder to write the attachments to.
.PARAMETER Module
    The name of the module if it is installed, or else the path of its manifest, such as ./out/CspMigration/CspMigration.psd1.
.EXAMPLE
    $module = './out/CspMigration/CspMigration.psd1'
    $mail = ./examples/NightlyDiscovery/New-DiscoveryMail.ps1 -Connection @{ Sandbox = $true } -Module $module
    $mail.Text

    Run this from the repository's folder. If the module is installed, leave out -Module. Shows the email about the
    sandbox's example customer. Pass Subject, Html and Attachments to the tool that sends your email.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [hashtable] $Connection,
    [ValidateRange(0, 3650)] [int] $Within = 90,
    [string] $ReportFolder = '.',
    [string] $Module = 'CspMigration'
)

$ErrorActionPreference = 'Stop'

Import-Module $Module
$partner = Connect-CspPartner @Connection
try {
    $found = @(Get-ExpiringSubscription -Within $Within -ErrorAction SilentlyContinue -ErrorVariable failed |
            Where-Object MigrationState -NE 'Completed' |
            Sort-Object CommitmentEndDate, CustomerName)
}
finally {
    Disconnect-CspPartner
}

$seats = ($found | Measure-Object Quantity -Sum).Sum
$customers = @($found.CustomerId | Sort-Object -Unique).Count
$subject = if ($found) { "$($found.Count) subscriptions of $customers customers end within $Within days" } else { "Nothing ends within $Within days" }
$lines = $found | Select-Object @{ Name = 'Ends on'; Expression = { $_.CommitmentEndDate.UtcDateTime.ToString('yyyy-MM-dd') } },
    @{ Name = 'Customer'; Expression = { $_.CustomerName } },
    @{ Name = 'Offer'; Expression = { $_.OfferName } },
    @{ Name = 'Seats'; Expression = { $_.Quantity } },
    @{ Name = 'Target'; Expression = { if ($_.Targets) { $_.Targets[0].Name } else { 'none in the SKU map' } } },
    @{ Name = 'State'; Expression = { $_.MigrationState } }

$text = @("$($partner.Name): $subject, $([int]$seats) seats in all.", '')
$text += $lines | ForEach-Object { '{0}  {1}: {2}, {3} seats, to {4} ({5})' -f $_.'Ends on', $_.Customer, $_.Offer, $_.Seats, $_.Target, $_.State }
$text += $failed | ForEach-Object { "Not read: $_" }

# ConvertTo-Html encodes its input. The text around the table is encoded here.
$html = @("<h1>$([System.Net.WebUtility]::HtmlEncode($text[0]))</h1>")
$html += $lines | ConvertTo-Html -Fragment
$html += $failed | ForEach-Object { "<p>Not read: $([System.Net.WebUtility]::HtmlEncode("$_"))</p>" }

[pscustomobject]@{
    Subject     = $subject
    Text        = $text -join [Environment]::NewLine
    Html        = $html -join [Environment]::NewLine
    Attachments = @(if ($found) {
            'html', 'csv' | ForEach-Object {
                ($found | Export-SubscriptionMigrationReport (Join-Path $ReportFolder "expiring.$_") -Title $subject).FullName
            }
        })
}

exit $(if ($failed) { 1 } elseif ($found) { 2 } else { 0 })
