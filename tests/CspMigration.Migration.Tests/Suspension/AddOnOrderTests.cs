using CspMigration.Core.Suspension;
using Xunit;

namespace CspMigration.Migration.Tests.Suspension;

public sealed class AddOnOrderTests
{
    private readonly AddOnsFirstOrder<string> _order = new();

    [Fact]
    public void What_has_no_add_ons_goes_at_once()
    {
        Assert.Equal(["plan"], _order.Add("plan", "plan", []));
        Assert.Empty(_order.Rest);
    }

    [Fact]
    public void A_base_goes_after_the_last_of_its_add_ons()
    {
        Assert.Empty(_order.Add("base", "base", ["addon1", "ADDON2"]));
        Assert.Equal(["addon1"], _order.Add("addon1", "AddOn1", []));
        Assert.Equal(["addon2", "base"], _order.Add("addon2", "addon2", []));
        Assert.Empty(_order.Rest);
    }

    [Fact]
    public void A_base_goes_at_once_when_its_add_ons_went_before()
    {
        _ = _order.Add("addon", "addon", []);

        Assert.Equal(["base"], _order.Add("base", "base", ["addon", "addon"]));
    }

    [Fact]
    public void Bases_of_one_add_on_go_in_the_order_they_came()
    {
        _ = _order.Add("first", "first", ["addon"]);
        _ = _order.Add("second", "second", ["addon"]);

        Assert.Equal(["addon", "first", "second"], _order.Add("addon", "addon", []));
    }

    [Fact]
    public void A_base_that_is_an_add_on_itself_lets_its_own_base_go()
    {
        _ = _order.Add("outer", "outer", ["inner"]);
        _ = _order.Add("inner", "inner", ["addon"]);

        Assert.Equal(["addon", "inner", "outer"], _order.Add("addon", "addon", []));
    }

    [Fact]
    public void What_waits_for_an_add_on_that_never_comes_is_the_rest()
    {
        _ = _order.Add("first", "first", ["missing", "addon"]);
        _ = _order.Add("second", "second", ["other"]);
        _ = _order.Add("addon", "addon", []);

        Assert.Equal(["first", "second"], _order.Rest);
    }

    [Fact]
    public void What_has_no_id_neither_waits_nor_is_waited_for()
    {
        Assert.Equal(["units"], _order.Add("units", null, []));
        Assert.Equal(["other units"], _order.Add("other units", null, []));
    }
}
