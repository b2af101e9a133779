<#
.SYNOPSIS
    What administrators type, paste, save and see, and what is right; Tries.Tests.ps1 runs each.
.DESCRIPTION
    Kind       what the try is about
    Try        what somebody does, in words
    Act        what is run, on a freshly filled Scenario (contoso where none is named), connected and with an empty journal; $source is what
               Get-ExpiringSubscription finds there
    Right      what must be true afterwards: $out has the objects, $errors and $warnings the records, $text all of it as lines
    Writes     whether the service may be changed by it; $false where none is named
    Source     where the habit comes from: a topic of PowerShell's own help, a page, or a report about another module
#>

$ids = @{ CustomerId = $source.CustomerId; SubscriptionId = $source.SubscriptionId }

@(
    # --- Names -------------------------------------------------------------------------------------------------------------------------------
    @{ Kind = 'Name'; Try = 'a space behind a pasted name'; Source = 'about_Quoting_Rules'
        Act = { Get-ExpiringSubscription 'Contoso ' }; Right = { $out.CustomerName -eq 'Contoso' } }
    @{ Kind = 'Name'; Try = 'another casing'; Source = 'about_Case-Sensitivity'
        Act = { Get-ExpiringSubscription 'cOnToSo' }; Right = { $out.CustomerName -eq 'Contoso' } }
    @{ Kind = 'Name'; Try = 'typographic quotes around a pasted name'; Source = 'https://github.com/PowerShell/PowerShell/issues/2410'
        Act = { Get-ExpiringSubscription ([char]0x201C + 'Contoso' + [char]0x201D) }; Right = { $out.CustomerName -eq 'Contoso' } }
    @{ Kind = 'Name'; Try = 'a no-break space in a name from a web page'; Source = 'https://learn.microsoft.com/answers/questions/1190083'; Scenario = 'seed-mapping'
        Act = { Get-ExpiringSubscription ('AX' + [char]0xA0 + 'Task') }; Right = { $out.CustomerName -eq 'AX Task' } }
    @{ Kind = 'Name'; Try = 'the domain in place of the name'; Source = 'style: peers take either'
        Act = { Get-ExpiringSubscription $source.CustomerDomain }; Right = { $out.CustomerName -eq 'Contoso' } }
    @{ Kind = 'Name'; Try = 'the same name twice'; Source = 'about_Arrays'
        Act = { Get-ExpiringSubscription 'Contoso', 'contoso' }; Right = { @($out).Count -eq 1 } }
    @{ Kind = 'Name'; Try = 'several names in one string'; Source = 'about_Parsing'; Scenario = 'seed-mapping'
        Act = { Get-ExpiringSubscription 'AX Task, AX Device' }; Right = { $errors[0].FullyQualifiedErrorId -like 'CustomerNotFound,*' } }
    @{ Kind = 'Name'; Try = 'a wildcard that matches none'; Source = 'about_Wildcards'
        Act = { Get-ExpiringSubscription 'zzz*' }; Right = { -not $out -and -not $errors } }
    @{ Kind = 'Name'; Try = 'an empty variable for a customer'; Source = 'about_Automatic_Variables'
        Act = { Get-ExpiringSubscription -CustomerId $noSuchVariable }; Right = { $errors[0].FullyQualifiedErrorId -like 'EmptyCustomer,*' } }

    # --- Ids ---------------------------------------------------------------------------------------------------------------------------------
    @{ Kind = 'Id'; Try = 'an id in braces'; Source = 'registry and Exchange write GUIDs so'
        Act = { Get-ExpiringSubscription "{$($source.CustomerId)}" }; Right = { $out.CustomerName -eq 'Contoso' } }
    @{ Kind = 'Id'; Try = 'an id in upper case'; Source = 'https://learn.microsoft.com/dotnet/api/system.guid.tostring'
        Act = { Get-ExpiringSubscription $source.CustomerId.ToUpperInvariant() }; Right = { $out.CustomerName -eq 'Contoso' } }
    @{ Kind = 'Id'; Try = 'an id as a GUID object'; Source = 'about_Type_Operators'
        Act = { Get-ExpiringSubscription ([guid]$source.CustomerId) }; Right = { $out.CustomerName -eq 'Contoso' } }
    @{ Kind = 'Id'; Try = 'an id without dashes'; Source = 'https://learn.microsoft.com/dotnet/api/system.guid.tostring'
        Act = { Get-ExpiringSubscription $source.CustomerId.Replace('-', '') }; Right = { $out.CustomerName -eq 'Contoso' } }
    @{ Kind = 'Id'; Try = 'an id with a line end from a text file'; Source = 'Get-Content -Raw'
        Act = { Get-ExpiringSubscription "$($source.CustomerId)`r`n" }; Right = { $out.CustomerName -eq 'Contoso' } }
    @{ Kind = 'Id'; Try = 'a subscription id in braces and upper case'; Source = 'registry and Exchange write GUIDs so'; Writes = $true
        Act = { Set-Subscription -CustomerId $source.CustomerId -SubscriptionId "{$($source.SubscriptionId.ToUpperInvariant())}" -Quantity 21 -Confirm:$false }; Right = { $out.Quantity -eq 21 } }
    @{ Kind = 'Id'; Try = 'half of a subscription id'; Source = 'a column that was too narrow'
        Act = { Set-Subscription -CustomerId $source.CustomerId -SubscriptionId $source.SubscriptionId.Substring(0, 8) -Quantity 21 -Confirm:$false }; Right = { $errors[0].FullyQualifiedErrorId -like 'NotOurSubscription,*' } }
    @{ Kind = 'Id'; Try = 'the ids of customer and subscription exchanged'; Source = 'positional habits, about_Parameters'
        Act = { Suspend-Subscription -CustomerId $source.SubscriptionId -SubscriptionId $source.CustomerId -Confirm:$false }; Right = { @($errors).Count -eq 1 -and $errors[0].FullyQualifiedErrorId -like 'CustomerNotFound,*' } }

    # --- Enumerations ------------------------------------------------------------------------------------------------------------------------
    @{ Kind = 'Enumeration'; Try = 'a value in lower case'; Source = 'about_Enum'
        Act = { $source | New-TargetSubscription -BillingCycle annual -WhatIf }; Right = { $out.BillingCycle -eq 'Annual' -or $errors[0].FullyQualifiedErrorId -match 'TargetNotOnSale|NotOnSale|Cycle' } }
    @{ Kind = 'Enumeration'; Try = 'a word that is no value'; Source = 'about_Enum'
        Act = { $source | New-TargetSubscription -BillingCycle Yearly -WhatIf }; Right = { "$errors" -match 'Annual' -and -not $out } }
    @{ Kind = 'Enumeration'; Try = 'what the object''s own property says: -Commerce $source.Commerce'; Source = 'about_Properties'
        Act = { $source | New-TargetSubscription -Commerce $source.Commerce -WhatIf }; Right = { $out.IsPlanned } }
    @{ Kind = 'Enumeration'; Try = 'NewCommerce, as the objects call it'; Source = 'about_Properties'
        Act = { $source | New-TargetSubscription -Commerce NewCommerce -WhatIf }; Right = { $out.IsPlanned -and $out.Commerce -eq 'NewCommerce' } }
    @{ Kind = 'Enumeration'; Try = 'two states in an array'; Source = 'about_Arrays'
        Act = { Get-SubscriptionMigration -State failed, completed }; Right = { -not $errors } }
    @{ Kind = 'Enumeration'; Try = 'two states in one string'; Source = 'about_Parsing'
        Act = { Get-SubscriptionMigration -State 'Failed,Completed' }; Right = { -not $errors -or "$errors" -match 'Failed' } }
    @{ Kind = 'Enumeration'; Try = 'a term in lower case'; Source = 'ISO 8601'
        Act = { $source | New-TargetSubscription -Term p1y -WhatIf }; Right = { $out.TermDuration -ceq 'P1Y' } }
    @{ Kind = 'Enumeration'; Try = 'a term in words'; Source = 'Partner Center shows "1 year"'
        Act = { $source | New-TargetSubscription -Term '1 year' -WhatIf }; Right = { -not $out -and "$errors" -match 'P1Y' } }

    # --- Days --------------------------------------------------------------------------------------------------------------------------------
    @{ Kind = 'Day'; Try = 'our own date as -Before'; Source = 'about_Properties'
        Act = { Get-ExpiringSubscription -Before $source.CommitmentEndDate.AddDays(1) }; Right = { $out.SubscriptionId -eq $source.SubscriptionId } }
    @{ Kind = 'Day'; Try = 'our own date as text'; Source = 'about_Quoting_Rules'
        Act = { Get-ExpiringSubscription -Before "$($source.CommitmentEndDate.AddDays(1))" }; Right = { $out.SubscriptionId -eq $source.SubscriptionId } }
    @{ Kind = 'Day'; Try = 'the day that a renewal status shows, and the next'; Source = 'copied from the screen'
        Act = {
            $day = [datetime]::ParseExact(($source.RenewalStatus -replace '^Expires on '), 'yyyy-MM-dd', [cultureinfo]::InvariantCulture)
            @(Get-ExpiringSubscription -Before $day).Count
            @(Get-ExpiringSubscription -Before $day.AddDays(1).ToString('yyyy-MM-dd')).Count
        }; Right = { $out[1] -eq 1 } }
    @{ Kind = 'Day'; Try = 'a moment with an offset'; Source = 'ISO 8601'
        Act = { Get-ExpiringSubscription -Before $source.CommitmentEndDate.AddDays(2).ToString('yyyy-MM-ddTHH:mm:sszzz') }; Right = { $out.SubscriptionId -eq $source.SubscriptionId } }
    @{ Kind = 'Day'; Try = 'a German date'; Source = 'PowerShell converts dates by the invariant culture: about_Type_Conversion'
        Act = { Get-ExpiringSubscription -Before '31.12.2026' }; Right = { $out -or "$errors" -match 'Before' } }
    @{ Kind = 'Day'; Try = 'a word for a day'; Source = 'GNU date'
        Act = { Get-ExpiringSubscription -Before tomorrow }; Right = { "$errors" -match 'Before' -and -not $out } }
    @{ Kind = 'Day'; Try = 'an empty -Before'; Source = 'a cell that was empty'
        Act = { Get-ExpiringSubscription -Before '' }; Right = { @($errors).Count -eq 1 -and -not $out } }
    @{ Kind = 'Day'; Try = 'an empty -Within'; Source = 'a cell that was empty'
        Act = { Get-ExpiringSubscription -Within '' }; Right = { @($errors).Count -eq 1 -and -not $out } }
    @{ Kind = 'Day'; Try = 'a time span as -Within'; Source = 'New-TimeSpan'
        Act = { Get-ExpiringSubscription -Within (New-TimeSpan -Days 60) }; Right = { "$errors" -match 'Within' -or $out.SubscriptionId -eq $source.SubscriptionId } }
    @{ Kind = 'Day'; Try = 'our own date as -TermEndDate'; Source = 'about_Properties'; Scenario = 'seed-mapping'
        Act = { $source | Select-Object -First 1 | New-TargetSubscription -Commerce New -TermEndDate $source[0].CommitmentEndDate -WhatIf }; Right = { "$errors" -notmatch 'ParameterBinding|Cannot (bind|convert)' } }

    @{ Kind = 'Day'; Try = 'the day after the one that is shown, east of UTC'; Source = 'about_Type_Conversion: a day alone is a local midnight'; Shown = {
            Import-Module $env:CSPMIGRATION_MODULE
            $null = Connect-CspPartner -Sandbox
            $source = Get-ExpiringSubscription
            $day = [datetime]::ParseExact(($source.RenewalStatus -replace '^Expires on '), 'yyyy-MM-dd', [cultureinfo]::InvariantCulture)
            @(Get-ExpiringSubscription -Before $day.AddDays(1).ToString('yyyy-MM-dd')).Count
            @(Get-ExpiringSubscription -Before $day.AddDays(1)).Count
            @(Get-ExpiringSubscription -Before $source.CommitmentEndDate.AddDays(1)).Count
            @(Get-ExpiringSubscription -Before $day.ToString('yyyy-MM-dd')).Count
        }
        Act = { Invoke-InTimeZone 'Etc/GMT-9' $Shown; Invoke-InTimeZone 'Etc/GMT+8' $Shown }; Right = { "$out" -eq '1 1 1 0 1 1 1 0' } }

    # --- Numbers -----------------------------------------------------------------------------------------------------------------------------
    @{ Kind = 'Number'; Try = 'a thousands separator that is none: 1.000'; Source = 'about_Numeric_Literals'
        Act = { $source | New-TargetSubscription -Quantity '1.000' -WhatIf }; Right = { @($errors).Count -eq 1 -and "$errors" -match '1\.000' } }
    @{ Kind = 'Number'; Try = 'fewer seats than users'; Source = 'a typing error'
        Scenario = 'seed-mapping'; Act = { $source | Where-Object CustomerName -EQ 'CRM Online Basic' | New-TargetSubscription -Quantity 1 -WhatIf }; Right = { "$warnings" -match '12 users' -and "$warnings" -match '\b1 seat\b' } }
    @{ Kind = 'Number'; Try = 'spaces around a number'; Source = 'a cell of a table'
        Act = { $source | New-TargetSubscription -Quantity ' 25 ' -WhatIf }; Right = { $out.Quantity -eq 25 } }
    @{ Kind = 'Number'; Try = 'a suffix: 1kb'; Source = 'about_Numeric_Literals'
        Act = { $source | New-TargetSubscription -Quantity 1kb -WhatIf }; Right = { $out.Quantity -eq 1024 -or "$errors" -match 'QuantityOutOfRange|1024' } }
    @{ Kind = 'Number'; Try = 'zero seats'; Source = 'a cell that was empty'
        Act = { Set-Subscription @ids -Quantity 0 -Confirm:$false }; Right = { @($errors).Count -eq 1 -and "$errors" -match 'Quantity' } }
    @{ Kind = 'Number'; Try = 'negative seats'; Source = 'a difference'
        Act = { Set-Subscription @ids -Quantity -5 -Confirm:$false }; Right = { @($errors).Count -eq 1 -and "$errors" -match 'Quantity' } }
    @{ Kind = 'Number'; Try = 'half a seat: 20.5'; Source = 'an average in a table'
        Act = { Set-Subscription @ids -Quantity 20.5 -Confirm:$false }; Right = { @($errors).Count -eq 1 -and "$errors" -match 'Quantity' } }
    @{ Kind = 'Number'; Try = 'one seat and one purchase are not many'; Source = 'style'; Scenario = 'seed-mapping'
        Act = { Get-ExpiringSubscription | Select-Object -First 1 | Invoke-SubscriptionMigration -WhatIf -Verbose }; Right = { $text -notmatch '\b1 (seats|purchases|users|licenses|licenses|subscriptions|customers|migrations|days)\b' } }
    @{ Kind = 'Number'; Try = 'no parallel work at all'; Source = 'ForEach-Object -ThrottleLimit'
        Act = { Get-ExpiringSubscription -ThrottleLimit 0 }; Right = { "$errors" -match 'ThrottleLimit' } }

    # --- Nothing is ignored in silence -------------------------------------------------------------------------------------------------------
    @{ Kind = 'Silence'; Try = 'rows with a Quantity column'; Source = 'Import-Csv | Set-…, as Set-MgUser and Set-ADUser are used'
        Act = { "CustomerId,SubscriptionId,Quantity`n$($source.CustomerId),$($source.SubscriptionId),25" | ConvertFrom-Csv | Set-Subscription -Confirm:$false }
        Right = { @($errors).Count -eq 1 -and @($errors)[0].ErrorDetails.RecommendedAction -match 'ForEach-Object' } }
    @{ Kind = 'Silence'; Try = 'a change of nothing'; Source = 'a splat whose table was empty, about_Splatting'
        Act = { Set-Subscription @ids -Confirm:$false }; Right = { @($errors).Count -eq 1 -and "$errors" -match 'Quantity' } }
    @{ Kind = 'Silence'; Try = 'auto-renew off, from a file'; Source = 'about_Booleans'; Writes = $true
        Act = { Set-Subscription @ids -AutoRenew 'False' -Confirm:$false }; Right = { -not $errors -and $out.AutoRenewEnabled -eq $false } }
    @{ Kind = 'Silence'; Try = 'auto-renew by a word that is neither'; Source = 'about_Booleans'
        Act = { Set-Subscription @ids -AutoRenew 'maybe' -Confirm:$false }; Right = { @($errors).Count -eq 1 -and "$errors" -match 'AutoRenew' } }
    @{ Kind = 'Silence'; Try = 'Format-Table in the middle of the line'; Source = 'about_Format'
        Act = { $source | Format-Table | New-TargetSubscription -Confirm:$false }; Right = { @($errors).Count -eq 1 -and "$errors" -match 'Format-' } }
    @{ Kind = 'Silence'; Try = 'the next command after a table in the middle of a line'; Source = 'about_Format'
        Act = {
            foreach ($command in 'Test-SubscriptionMigration', 'Suspend-Subscription', 'Invoke-SubscriptionMigration') {
                $source | Format-Table | & $command -ErrorAction SilentlyContinue
            }

            Test-SubscriptionMigration @ids
            New-TargetSubscription @ids -WhatIf
            New-TargetSubscription -CustomerId $ids.CustomerId -Target 'Dynamics 365 Plan' -Quantity 20 -WhatIf
        }
        Right = { @($out).Count -eq 3 -and -not $errors } }
    @{ Kind = 'Silence'; Try = 'Out-String in the middle of the line'; Source = 'about_Pipelines'
        Act = { $source | Out-String | New-TargetSubscription -Confirm:$false }; Right = { @($errors).Count -eq 1 } }
    @{ Kind = 'Silence'; Try = 'Select-Object of what is shown'; Source = 'about_Pipelines'
        Act = { $source | Select-Object CustomerName, OfferName, Quantity | New-TargetSubscription -Confirm:$false }; Right = { @($errors).Count -eq 1 -and "$errors" -match 'SubscriptionId' } }
    @{ Kind = 'Silence'; Try = 'Group-Object in the middle of the line'; Source = 'about_Pipelines'
        Act = { $source | Group-Object CustomerName | New-TargetSubscription -Confirm:$false }; Right = { @($errors).Count -eq 1 } }

    # --- Saved objects -----------------------------------------------------------------------------------------------------------------------
    @{ Kind = 'Saved'; Try = 'lists in a CSV'; Source = 'Export-Csv writes System.String[]: https://github.com/PowerShell/PowerShell/issues/17369'
        Act = { $source | Invoke-SubscriptionMigration -WhatIf | ConvertTo-Csv; $source | Test-SubscriptionMigration | ConvertTo-Csv; $source | ConvertTo-Csv; Get-SkuMapping | ConvertTo-Csv; Get-TargetOffer -Country US | ConvertTo-Csv; $source | New-TargetSubscription -WhatIf | Move-UserLicense -WhatIf | ConvertTo-Csv }
        Right = { $text -notmatch 'System\.|CspMigration\.Contracts\.|\[\]' } }
    @{ Kind = 'Saved'; Try = 'one object through JSON'; Source = 'ConvertTo-Json'
        Act = { $source | ConvertTo-Json -Depth 6 | ConvertFrom-Json | New-TargetSubscription -WhatIf }; Right = { $out.SourceSubscriptionId -eq $source.SubscriptionId } }
    @{ Kind = 'Saved'; Try = 'a table with semicolons, as Excel saves it in Europe'; Source = 'Import-Csv -UseCulture'
        Act = { $file = Join-Path $TestDrive 'semicolon.csv'; $source | Export-Csv $file -Delimiter ';'; Import-Csv $file | New-TargetSubscription -Confirm:$false }; Right = { @($errors).Count -eq 1 -and "$errors" -match 'Delimiter' } }
    @{ Kind = 'Saved'; Try = 'a table with tabs'; Source = 'pasted from a spreadsheet'
        Act = { $file = Join-Path $TestDrive 'tab.csv'; $source | Export-Csv $file -Delimiter "`t"; Import-Csv $file | New-TargetSubscription -Confirm:$false }; Right = { @($errors).Count -eq 1 -and "$errors" -match 'Delimiter' } }
    @{ Kind = 'Saved'; Try = 'objects from a job'; Source = 'about_Jobs'
        Act = { $saved = [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($source)); $saved | New-TargetSubscription -WhatIf }; Right = { $out.SourceSubscriptionId -eq $source.SubscriptionId } }

    # --- Paths and files ---------------------------------------------------------------------------------------------------------------------
    @{ Kind = 'Path'; Try = 'square brackets in the name of a report'; Source = 'about_Wildcards'
        Act = { $file = Join-Path $TestDrive 'report [1].csv'; $source | Invoke-SubscriptionMigration -WhatIf | Export-SubscriptionMigrationReport $file; Test-Path -LiteralPath $file }; Right = { $out[-1] -eq $true } }
    @{ Kind = 'Path'; Try = 'a relative path after Set-Location'; Source = 'https://github.com/PowerShell/PowerShell/issues/3428'
        Act = { Push-Location $TestDrive; try { $source | Invoke-SubscriptionMigration -WhatIf | Export-SubscriptionMigrationReport relative.csv } finally { Pop-Location }; Test-Path (Join-Path $TestDrive 'relative.csv') }; Right = { $out[-1] -eq $true } }
    @{ Kind = 'Path'; Try = 'a path of PowerShell''s own drive'; Source = 'about_Providers'
        Act = { $source | Invoke-SubscriptionMigration -WhatIf | Export-SubscriptionMigrationReport 'TestDrive:\drive.csv'; Test-Path 'TestDrive:\drive.csv' }; Right = { $out[-1] -eq $true } }
    @{ Kind = 'Path'; Try = 'a path that is no file system''s'; Source = 'about_Providers'
        Act = { $source | Invoke-SubscriptionMigration -WhatIf | Export-SubscriptionMigrationReport 'Env:\report.csv' }; Right = { @($errors).Count -eq 1 -and "$errors" -match 'not a file' } }
    @{ Kind = 'Path'; Try = 'a folder that is not there'; Source = 'Out-File'
        Act = { $source | Invoke-SubscriptionMigration -WhatIf | Export-SubscriptionMigrationReport (Join-Path $TestDrive 'none/report.csv') }; Right = { (Test-Path (Join-Path $TestDrive 'none/report.csv')) -or $errors[0].FullyQualifiedErrorId -like 'ReportNotWritten,*' } }
    @{ Kind = 'Path'; Try = 'a report without an extension'; Source = 'Export-Csv'
        Act = { $source | Invoke-SubscriptionMigration -WhatIf | Export-SubscriptionMigrationReport (Join-Path $TestDrive 'report') }; Right = { @($errors).Count -eq 1 -and "$errors" -match '\.html' } }
    @{ Kind = 'Path'; Try = 'a plan that is not there'; Source = 'Get-Content'
        Act = { New-TargetSubscription -Plan (Join-Path $TestDrive 'nothing.json') -Confirm:$false }; Right = { @($errors).Count -eq 1 -and "$errors" -match 'nothing\.json' } }
    @{ Kind = 'File'; Try = 'a plan in UTF-16'; Source = 'Out-File of Windows PowerShell, about_Character_Encoding'
        Act = { $file = Join-Path $TestDrive 'utf16.json'; $source | New-TargetSubscription -WhatIf | ConvertTo-Json -Depth 6 | Out-File $file -Encoding unicode; New-TargetSubscription -Plan $file -WhatIf }; Right = { $out.SourceSubscriptionId -eq $source.SubscriptionId } }
    @{ Kind = 'File'; Try = 'an empty plan'; Source = 'a disk that was full'
        Act = { $file = Join-Path $TestDrive 'empty.json'; Set-Content $file ''; New-TargetSubscription -Plan $file -Confirm:$false }; Right = { @($errors).Count -eq 1 -and "$errors" -match 'empty\.json' } }
    @{ Kind = 'File'; Try = 'a plan that was cut off at its first level'; Source = 'ConvertTo-Json -Depth'
        Act = { $file = Join-Path $TestDrive 'flat.json'; $source | New-TargetSubscription -WhatIf | ConvertTo-Json -Depth 0 3>$null | Set-Content $file; New-TargetSubscription -Plan $file -Confirm:$false }; Right = { @($errors).Count -eq 1 -and $errors[0].FullyQualifiedErrorId -like 'PlanStale,*' } }
    @{ Kind = 'File'; Try = 'a map with a byte order mark'; Source = 'about_Character_Encoding'
        Act = { $file = Join-Path $TestDrive 'bom.json'; Get-Content (Join-Path $env:CSPMIGRATION_MODULE '../maps/DynamicsCrmOnline.json') -Raw | Out-File $file -Encoding utf8BOM; Get-SkuMapping -Path $file }; Right = { @($out).Count -gt 5 -and -not $errors } }
    @{ Kind = 'File'; Try = 'a table in place of a map'; Source = 'habit'
        Act = { $file = Join-Path $TestDrive 'map.csv'; "Source,Target`na,b" | Set-Content $file; Get-SkuMapping -Path $file }; Right = { @($errors).Count -eq 1 -and $errors[0].FullyQualifiedErrorId -like 'MapInvalid,*' } }

    # --- Preferences and hosts ---------------------------------------------------------------------------------------------------------------
    @{ Kind = 'Preference'; Try = '$WhatIfPreference of a script'; Source = 'about_Preference_Variables'
        Act = { $WhatIfPreference = $true; $source | New-TargetSubscription | Move-UserLicense | Suspend-Subscription }; Right = { $out.IsPlanned } }
    @{ Kind = 'Preference'; Try = '$ConfirmPreference None'; Source = 'about_Preference_Variables'; Writes = $true
        Act = { $ConfirmPreference = 'None'; $source | New-TargetSubscription }; Right = { $out.Outcome -eq 'Purchased' } }
    @{ Kind = 'Preference'; Try = 'strict mode'; Source = 'Set-StrictMode'
        Act = { Set-StrictMode -Version Latest; $source | New-TargetSubscription -WhatIf | Move-UserLicense | Suspend-Subscription | Out-String }; Right = { -not $errors } }
    @{ Kind = 'Preference'; Try = '$ErrorActionPreference Stop'; Source = 'about_Preference_Variables'
        Act = { $ErrorActionPreference = 'Stop'; Get-ExpiringSubscription 'no such customer', 'Contoso' }; Right = { @($errors).Count -eq 1 -and $errors[0].FullyQualifiedErrorId -like 'CustomerNotFound,*' } }
    @{ Kind = 'Preference'; Try = 'a splat'; Source = 'about_Splatting'
        Act = { $options = @{ Within = 60; Product = 'Dynamics AX*' }; Get-ExpiringSubscription @options }; Right = { $out.SubscriptionId -eq $source.SubscriptionId } }
    @{ Kind = 'Preference'; Try = 'another $OFS and culture'; Source = 'about_Preference_Variables'
        Act = {
            $OFS = ';'
            $before = [cultureinfo]::CurrentCulture
            try { [cultureinfo]::CurrentCulture = 'de-DE'; $source | Test-SubscriptionMigration | Out-String } finally { [cultureinfo]::CurrentCulture = $before }
        }; Right = { $text -notmatch 'nicht|\d\.\d{3}\b' -and -not $errors } }
    @{ Kind = 'Pipeline'; Try = 'Select-Object -First'; Source = 'Select-Object stops what is before it'; Scenario = 'seed-mapping'
        Act = { Get-ExpiringSubscription | Select-Object -First 1 }; Right = { @($out).Count -eq 1 -and -not $errors } }
    @{ Kind = 'Pipeline'; Try = 'sorting on the way'; Source = 'Sort-Object'; Scenario = 'seed-mapping'
        Act = { Get-ExpiringSubscription | Sort-Object Quantity -Descending | New-TargetSubscription -WhatIf }; Right = { @($out).Count -ge 2 -and -not $errors } }
    @{ Kind = 'Pipeline'; Try = 'Tee-Object -Variable'; Source = 'Tee-Object'
        Act = { Get-ExpiringSubscription | Tee-Object -Variable kept | New-TargetSubscription -WhatIf; $kept }; Right = { $out[-1].SubscriptionId -eq $source.SubscriptionId } }
    @{ Kind = 'Pipeline'; Try = '-PipelineVariable names the row at hand'; Source = 'about_CommonParameters'; Scenario = 'seed-mapping'
        Act = { Get-ExpiringSubscription -PipelineVariable row | New-TargetSubscription -WhatIf | ForEach-Object { "$($row.SubscriptionId -eq $_.SourceSubscriptionId)" } }
        Right = { -not ($out -eq 'False') -or (Get-Help New-TargetSubscription -Full | Out-String) -match 'PipelineVariable' } }
    @{ Kind = 'Pipeline'; Try = '-OutVariable'; Source = 'about_CommonParameters'
        Act = { $null = Get-ExpiringSubscription -OutVariable found; $found }; Right = { $out.SubscriptionId -eq $source.SubscriptionId } }
    @{ Kind = 'View'; Try = 'a session whose language is constrained'; Source = 'about_Language_Modes'; Shown = {
            Import-Module $env:CSPMIGRATION_MODULE
            $null = Connect-CspPartner -Sandbox
            $ExecutionContext.SessionState.LanguageMode = 'ConstrainedLanguage'
            Get-ExpiringSubscription | Out-String
            Get-ExpiringSubscription | Test-SubscriptionMigration | Out-String
            Get-ExpiringSubscription | Invoke-SubscriptionMigration -WhatIf | Out-String
        }
        Act = { Invoke-FreshSession $Shown }
        Right = { ([regex]::Matches($text, '(?m)^Contoso +Dynamics').Count -ge 3) -and $text -match 'Expires on' } }
    @{ Kind = 'View'; Try = 'saved objects'; Source = 'about_Remote_Output'
        Act = { [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($source)) | Out-String }
        Right = { $text -match 'Contoso +Dynamics AX Enterprise +25 Discovered +Expires on' } }
    @{ Kind = 'View'; Try = 'Format-List of every object'; Source = 'about_Format'
        Act = { $source | Format-List * | Out-String }; Right = { $text -match $source.SubscriptionId } }
    @{ Kind = 'Advice'; Try = 'a proxy''s page in place of the service'; Source = 'Zscaler and other proxies answer so'; Fault = @{ method = 'GET'; route = '/v1/customers/{customerId}/subscriptions'; times = 1; action = 'html:403' }
        Act = { Get-ExpiringSubscription Contoso }; Right = { "$errors" -match 'Blocked by the proxy' -and $errors[0].FullyQualifiedErrorId -notlike 'NoDelegatedRights*' } }
    @{ Kind = 'Help'; Try = 'Get-Help -Online'; Source = 'Get-Help'
        Act = { (Get-Command -Module CspMigration -CommandType Cmdlet).HelpUri | Select-Object -Unique }; Right = { -not ($out -notmatch '^(https://.*)?$') } }
)
