using System.Management.Automation;

namespace CspMigration.PowerShell.Execution;

/// <summary>
/// Shows a change as -WhatIf does, in the engine's own words and language, for a record that is only planned. It is not exported:
/// a cmdlet in its place, because a script block could not do it where the language is constrained.
/// </summary>
[Cmdlet(VerbsCommon.Show, "PlannedChange", SupportsShouldProcess = true)]
internal sealed class ShowPlannedChangeCommand : PSCmdlet
{
    private static readonly CmdletInfo Command = new($"{VerbsCommon.Show}-PlannedChange", typeof(ShowPlannedChangeCommand));

    /// <summary>The change, as a sentence.</summary>
    [Parameter(Mandatory = true)]
    public string Change { get; set; } = "";

    /// <summary>Shows it. -WhatIf never prompts and never says yes, whatever the parameters of the running command. Only on the pipeline thread.</summary>
    public static void Show(string change)
    {
        using var shell = System.Management.Automation.PowerShell.Create(RunspaceMode.CurrentRunspace);
        _ = shell.AddCommand(Command).AddParameter(nameof(Change), change).AddParameter("WhatIf").Invoke();
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() => _ = ShouldProcess(Change, Change, caption: "");
}
