<#
.SYNOPSIS
    Finds what expires, every night, and returns an email that is ready to send.
.DESCRIPTION
    Changes nothing. Returns one object with Subject, Text, Html and Attachments. The email has three lists: what expires
    and is not migrated; sources that a migration had ended and that another person has set to renew since; and
    migrations that wait for their day, such as a change at the renewal or an end with the term. If there is something
    to report, the attachments are the report as a page and as a table.

    The last two lists come from the journal of the connection. Use the journal of your migrations, or pass it as
    JournalPath in Connection.

    Exit codes: 0 nothing is at risk; 2 something is at risk; 1 the search failed, for all customers or for some. What
    waits for its day is not at risk.
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
    $migrations = @(Get-SubscriptionMigration -Refresh -ErrorAction SilentlyContinue -ErrorVariable failed)
    $changed = @($migrations | Where-Object ErrorId -EQ 'EndOfTermChanged')
    $scheduled = @($migrations | Where-Object State -EQ 'Scheduled')

    # What was ended and is active until its term ends.
    $ending = @($migrations | Where-Object {
            $_.State -eq 'Completed' -and $_.Suspension.Outcome -in 'EndsWithTerm', 'AutoRenewOff', 'LeftToTermEnd' -and $_.Source.CommitmentEndDate -gt (Get-Date)
        })
    $known = @($changed) + $scheduled + $ending
    $found = @(Get-ExpiringSubscription -Within $Within -ErrorAction SilentlyContinue -ErrorVariable +failed |
            Where-Object { $_.MigrationState -notin 'Completed', 'Scheduled' -and $_.SubscriptionId -notin $known.SourceSubscriptionId } |
            Sort-Object CommitmentEndDate, CustomerName)
}
finally {
    Disconnect-CspPartner
}

$seats = ($found | Measure-Object Quantity -Sum).Sum
$customers = @($found.CustomerId | Sort-Object -Unique).Count
$subject = if ($found) { "$($found.Count) subscriptions of $customers customers end within $Within days" } else { "Nothing ends within $Within days" }
if ($changed) { $subject += ", $($changed.Count) set to renew again" }
$lines = $found | Select-Object @{ Name = 'Ends on'; Expression = { $_.CommitmentEndDate.UtcDateTime.ToString('yyyy-MM-dd') } },
    @{ Name = 'Customer'; Expression = { $_.CustomerName } },
    @{ Name = 'Offer'; Expression = { $_.OfferName } },
    @{ Name = 'Seats'; Expression = { $_.Quantity } },
    @{ Name = 'Target'; Expression = { if ($_.Targets) { $_.Targets[0].Name } else { 'no target in the SKU map' } } },
    @{ Name = 'State'; Expression = { $_.MigrationState } }

$day = { if ($_.Source.CommitmentEndDate) { $_.Source.CommitmentEndDate.UtcDateTime.ToString('yyyy-MM-dd') } }
$customer = @{ Name = 'Customer'; Expression = { $_.CustomerName } }
$offer = @{ Name = 'Offer'; Expression = { $_.Source.OfferName } }
$changedLines = $changed | Select-Object $customer, $offer, @{ Name = 'Renews on'; Expression = $day }, @{ Name = 'What to do'; Expression = { $_.Error } }
$waitingLines = @($scheduled) + $ending | Sort-Object { $_.Source.CommitmentEndDate }, CustomerName | Select-Object @{ Name = 'On'; Expression = $day }, $customer, $offer,
    @{ Name = 'What happens'; Expression = { if ($_.State -eq 'Scheduled') { "renews as $($_.Target.OfferName)" } else { 'ends with its term' } } }

$text = @("$($partner.Name): $subject, $([int]$seats) seats in all.", '')
$text += $lines | ForEach-Object { '{0}  {1}: {2}, {3} seats, to {4} ({5})' -f $_.'Ends on', $_.Customer, $_.Offer, $_.Seats, $_.Target, $_.State }
$text += if ($changed) { '', 'Set to renew again after the migration had ended them:' }
$text += $changedLines | ForEach-Object { '{0}  {1}: {2}. {3}' -f $_.'Renews on', $_.Customer, $_.Offer, $_.'What to do' }
$text += if ($waitingLines) { '', 'Waiting for their day:' }
$text += $waitingLines | ForEach-Object { '{0}  {1}: {2} {3}' -f $_.On, $_.Customer, $_.Offer, $_.'What happens' }
$text += $failed | ForEach-Object { "Not read: $_" }

# ConvertTo-Html encodes its input. The text around the table is encoded here.
$html = @("<h1>$([System.Net.WebUtility]::HtmlEncode($text[0]))</h1>")
$html += $lines | ConvertTo-Html -Fragment
$html += if ($changed) { '<h2>Set to renew again after the migration had ended them</h2>', ($changedLines | ConvertTo-Html -Fragment) }
$html += if ($waitingLines) { '<h2>Waiting for their day</h2>', ($waitingLines | ConvertTo-Html -Fragment) }
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

exit $(if ($failed) { 1 } elseif ($found -or $changed) { 2 } else { 0 })
