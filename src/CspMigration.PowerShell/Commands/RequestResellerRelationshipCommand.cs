using System.Management.Automation;
using CspMigration.Contracts;
using CspMigration.Core.Wording;
using CspMigration.PowerShell.Completion;
using CspMigration.PowerShell.Execution;
using CspMigration.PowerShell.Parameters;

namespace CspMigration.PowerShell.Commands;

/// <summary>Prepares the invitation by which someone becomes a customer. Nothing is sent: mail it yourself.</summary>
[Cmdlet(VerbsLifecycle.Request, "ResellerRelationship")]
[OutputType(typeof(ResellerInvitation))]
public sealed class RequestResellerRelationshipCommand : ConnectedCommand
{
    /// <summary>The customer's mail address or domain.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateFormat("([^@\\s]+@)?[A-Z0-9]([A-Z0-9-]*[A-Z0-9])?(\\.[A-Z0-9]([A-Z0-9-]*[A-Z0-9])?)+", "a mail address or a domain, such as admin@northwind.example")]
    [Alias("Mail", "Domain")]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public string? Customer { get; set; }

    /// <summary>The culture in whose language the mail is.</summary>
    [Parameter]
    [ValidateCulture]
    [ArgumentCompleter(typeof(CultureCompleter))]
    public string Culture { get; set; } = "en-US";

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        if (TryOperate(Customer, (client, _, token) => client.Relationships.InviteAsync(Customer!, ReportLanguage.Find(Culture), token)) is { } invitation)
        {
            WriteResult(invitation);
        }
    }
}
