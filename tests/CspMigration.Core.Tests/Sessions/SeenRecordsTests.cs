using System.Globalization;
using System.Linq;
using CspMigration.PartnerCenter.Json;
using CspMigration.PartnerCenter.Operations;
using CspMigration.PartnerCenter.Resources;
using Xunit;

namespace CspMigration.Core.Tests.Sessions;

public sealed class SeenRecordsTests
{
    [Fact]
    public void A_record_that_is_read_again_takes_the_place_of_what_it_was()
    {
        var seen = new SeenRecords();

        _ = seen.Record(CustomerOf("A1", "Contoso"));
        _ = seen.Record(CustomerOf("a1", "Contoso Ltd"));

        Assert.Equal("Contoso Ltd", Assert.Single(seen.Customers).Name);
    }

    [Fact]
    public void So_many_are_kept_and_no_more_and_those_kept_stay_up_to_date()
    {
        const int Most = 5000;
        var seen = new SeenRecords();

        foreach (var number in Enumerable.Range(0, Most + 5))
        {
            _ = seen.Record(CustomerOf(number.ToString(CultureInfo.InvariantCulture), "Before"));
        }

        _ = seen.Record(CustomerOf("7", "After"));

        Assert.Equal(Most, seen.Customers.Count);
        Assert.Equal("After", Assert.Single(seen.Customers, customer => customer.Id == "7").Name);
    }

    private static Customer CustomerOf(string id, string name)
    {
        var json = ServiceJson.Parse($$"""{ "id": "{{id}}", "companyProfile": { "companyName": "{{name}}" } }""");
        return Customer.Read(new ResourceReader(json, "a customer"));
    }
}
