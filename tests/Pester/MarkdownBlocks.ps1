<#
.SYNOPSIS
    Reads examples out of Markdown: what to type, and what is printed where the page shows it.
#>

function Get-MarkdownBlock {
    <#
    .SYNOPSIS
        The PowerShell blocks of a file. IsRun is false for those marked "no-run", which need the real service or files;
        IsFresh is true for the first below a heading: the others go on where the one before ended.
    #>
    param([string] $Path)

    $text = (Get-Content -Raw -Path $Path) -replace "`r`n", "`n"
    $pattern = '(?s)```powershell(?<mark> no-run)?\n(?<code>.*?)\n```\n(\n```text\n(?<output>.*?)\n```)?'
    $headingBefore = -1
    foreach ($match in [regex]::Matches($text, $pattern)) {
        $before = $text.Substring(0, $match.Index)
        $heading = [regex]::Match($before, '(?m)^#+ (.*)$', 'RightToLeft')
        [pscustomobject]@{
            File    = Split-Path -Leaf $Path
            Title   = $heading.Groups[1].Value
            Line    = $before.Split("`n").Count
            IsRun   = -not $match.Groups['mark'].Success
            IsFresh = $heading.Index -ne $headingBefore
            Code    = $match.Groups['code'].Value
            Output  = $match.Groups['output'].Value
        }
        $headingBefore = $heading.Index
    }
}

function Get-ComparableLine {
    <#
    .SYNOPSIS
        The lines of an output without what differs from day to day or is no more than layout: dates, ids, blanks, order.
    #>
    param([string] $Text)

    @($Text -split '\r?\n' |
            ForEach-Object { $_ -replace '\d{4}-\d{2}-\d{2}( \d{2}:\d{2}( [+-]\d{2}:\d{2})?)?', '<date>' -replace '[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}', '<id>' -replace '\s+', ' ' } |
            ForEach-Object Trim |
            Where-Object { $_ } |
            Sort-Object)
}
