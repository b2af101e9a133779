<#
.SYNOPSIS
    Finds what expires, every night, and gives a mail that is ready to be sent.
.DESCRIPTION
    Changes nothing. Gives one object with Subject, Text, Html and Attachments: the report as a page and as a table,
    where there is something to report.

    Exit codes: 0 nothing is at risk; 2 something is; 1 the search failed, for all customers or for some.
.PARAMETER Connection
    The parameters of Connect-CspPartner, such as @{ Sandbox = $true }.
.PARAMETER Within
    The term ends within so many days.
.PARAMETER ReportFolder
    Where the attachments are written.
.PARAMETER Module
    The module's name where it is installed, else the path of its manifest, such as ./out/CspMigration/CspMigration.psd1.
.EXAMPLE
    $module = './out/CspMigration/CspMigration.psd1'
    $mail = ./examples/NightlyDiscovery/New-DiscoveryMail.ps1 -Connection @{ Sandbox = $true } -Module $module
    $mail.Text

    From the repository's folder; without -Module where the module is installed. Shows the mail about the sandbox's example customer. Hand Subject, Html and Attachments to whatever sends your mail.
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
    @{ Name = 'Successor'; Expression = { if ($_.Targets) { $_.Targets[0].Name } else { 'none in the SKU map' } } },
    @{ Name = 'State'; Expression = { $_.MigrationState } }

$text = @("$($partner.Name): $subject, $([int]$seats) seats in all.", '')
$text += $lines | ForEach-Object { '{0}  {1}: {2}, {3} seats, to {4} ({5})' -f $_.'Ends on', $_.Customer, $_.Offer, $_.Seats, $_.Successor, $_.State }
$text += $failed | ForEach-Object { "Not read: $_" }

# ConvertTo-Html encodes what it is given; what stands around the table is encoded here.
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
