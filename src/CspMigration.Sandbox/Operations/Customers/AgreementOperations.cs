using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Catalog;
using CspMigration.Sandbox.Errors;
using CspMigration.Sandbox.Http;
using CspMigration.Sandbox.Routing;
using CspMigration.Sandbox.Spelling;
using CspMigration.Sandbox.State;
using CspMigration.Sandbox.Wire;
using Newtonsoft.Json.Linq;

namespace CspMigration.Sandbox.Operations.Customers;

/// <summary>The agreements that the partner confirms customers have accepted. A purchase needs the customer agreement.</summary>
internal static class AgreementOperations
{
    private const string Customer = "/v1/customers/{customerId}";
    private const string AllTypes = "*";

    private static readonly Vocabulary Types = new([.. AgreementTemplate.All.Select(template => template.Type)]);

    public static IEnumerable<Route> Routes =>
    [
        new("GET", "/v1/agreements", Needs.User, call => Answer.Ok(Json.Collection(Wanted(call).Select(Metadata), "/agreements"))),
        new("GET", Customer + "/agreements", Needs.Relationship | Needs.User, List),
        new("POST", Customer + "/agreements", Needs.Relationship | Needs.User, Confirm) { Audited = new("create_agreement", "agreement") },

        // Every agreement here was confirmed by the partner; none was accepted in the admin center.
        new("GET", Customer + "/directSignedMicrosoftCustomerAgreementStatus", Needs.Relationship | Needs.User, _ => Answer.Ok(new JObject { ["isSigned"] = false })),
    ];

    private static Answer List(Call call)
    {
        var wanted = Wanted(call);
        return Answer.Ok(Json.Collection(call.Account.Agreements.Where(agreement => wanted.Contains(agreement.Template)).Select(Resource)));
    }

    // A query without a type returns the cloud agreement, which was the only one at first.
    private static List<AgreementTemplate> Wanted(Call call)
    {
        var text = call.Query["agreementType"] ?? AgreementTemplate.CloudAgreement.Type;
        var type = Types.Find(text) ?? (text == AllTypes ? AllTypes : throw Refusals.BadInput($"agreementType must be one of {Types} or {AllTypes}, not {text}."));
        return AgreementTemplate.All.Where(template => type == AllTypes || template.Type == type).ToList();
    }

    private static Answer Confirm(Call call)
    {
        var template = ReadTemplate(call.Body);
        var agreedOn = call.Body.Moment("dateAgreed") ?? throw Refusals.InvalidProperty("dateAgreed", "it is missing.");
        if (agreedOn > call.Now)
        {
            throw Refusals.InvalidProperty("dateAgreed", "it is in the future.");
        }

        var agreement = new Agreement
        {
            Template = template,
            AgreedOn = agreedOn,
            Contact = ReadContact(call.Body.Object("primaryContact") ?? throw Refusals.InvalidProperty("primaryContact", "who accepted the agreement is missing.")),
            UserId = call.World.Ids.Guid("signed-in user"),
        };
        if (call.Account.Agreements.Any(former => former.Template == template && former.Contact == agreement.Contact))
        {
            throw Refusals.AgreementExists();
        }

        call.Account.Agreements.Add(agreement);
        return Answer.Created(Resource(agreement));
    }

    private static AgreementTemplate ReadTemplate(JsonBody body)
    {
        var type = body.Word("type", Types) ?? throw Refusals.InvalidProperty("type", "it is missing.");
        var id = body.NonEmptyText("templateId") ?? throw Refusals.InvalidProperty("templateId", "it is missing.");
        return AgreementTemplate.All.FirstOrDefault(template => template.Type == type && AnyCase.AreEqual(template.Id, id))
            ?? throw Refusals.InvalidProperty("templateId", $"{id} is not the template of a {type}.");
    }

    private static Contact ReadContact(JsonBody body) => new()
    {
        FirstName = Required(body, "firstName"),
        LastName = Required(body, "lastName"),
        Email = Required(body, "email"),
        PhoneNumber = body.NonEmptyText("phoneNumber"),
    };

    private static string Required(JsonBody body, string name) => body.NonEmptyText(name) ?? throw Refusals.InvalidProperty("primaryContact." + name, "it is missing.");

    private static JObject Metadata(AgreementTemplate template) => new()
    {
        ["templateId"] = template.Id,
        ["agreementType"] = template.Type,
        ["agreementLink"] = template.Link,
        ["versionRank"] = 0,
    };

    private static JObject Resource(Agreement agreement)
    {
        var contact = new JObject
        {
            ["firstName"] = agreement.Contact.FirstName,
            ["lastName"] = agreement.Contact.LastName,
            ["email"] = agreement.Contact.Email,
        };
        contact.SetIfAny("phoneNumber", agreement.Contact.PhoneNumber);
        return new JObject
        {
            ["userId"] = agreement.UserId,
            ["primaryContact"] = contact,
            ["templateId"] = agreement.Template.Id,
            ["dateAgreed"] = Json.Moment(agreement.AgreedOn),
            ["type"] = agreement.Template.Type,
            ["agreementLink"] = agreement.Template.Link,
            ["attributes"] = Json.Attributes("Agreement"),
        };
    }
}
