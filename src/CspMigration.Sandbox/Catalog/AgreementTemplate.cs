using System.Collections.Generic;

namespace CspMigration.Sandbox.Catalog;

/// <summary>An agreement that customers can accept.</summary>
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

    /// <summary>A customer cannot purchase without it.</summary>
    public static AgreementTemplate CustomerAgreement { get; } =
        new("MicrosoftCustomerAgreement", "117a77b0-9360-443b-8795-c6dedc750cf9", "https://aka.ms/customeragreement");

    public static IReadOnlyList<AgreementTemplate> All { get; } = [CloudAgreement, CustomerAgreement];

    public string Type { get; }

    public string Id { get; }

    /// <summary>The address of its text.</summary>
    public string Link { get; }
}
