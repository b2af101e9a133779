using System.Collections.Generic;

namespace CspMigration.Sandbox.Catalog;

/// <summary>An agreement customers can accept, under the ids the service has for it.</summary>
internal sealed class AgreementTemplate
{
    private AgreementTemplate(string type, string id, string link)
    {
        Type = type;
        Id = id;
        Link = link;
    }

    public static AgreementTemplate CloudAgreement { get; } =
        new("MicrosoftCloudAgreement", "998b88de-aa99-4388-a42c-1b3517d49490", "https://aka.ms/cloudagreement");

    /// <summary>Without it nothing is sold to a customer.</summary>
    public static AgreementTemplate CustomerAgreement { get; } =
        new("MicrosoftCustomerAgreement", "117a77b0-9360-443b-8795-c6dedc750cf9", "https://aka.ms/customeragreement");

    public static IReadOnlyList<AgreementTemplate> All { get; } = [CloudAgreement, CustomerAgreement];

    public string Type { get; }

    public string Id { get; }

    /// <summary>Where its text is.</summary>
    public string Link { get; }
}
