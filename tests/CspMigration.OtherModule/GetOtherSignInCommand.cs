using System.Management.Automation;
using Microsoft.Identity.Client;

namespace CspMigration.OtherModule;

/// <summary>Uses the other module's library and tells its version.</summary>
[Cmdlet(VerbsCommon.Get, "OtherSignIn")]
[OutputType(typeof(string))]
public sealed class GetOtherSignInCommand : PSCmdlet
{
    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var application = ConfidentialClientApplicationBuilder.Create("other").WithClientSecret("other").Build();
        WriteObject(application.GetType().Assembly.GetName().Version.ToString());
    }
}
