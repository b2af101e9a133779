using System.IO;
using System.Linq;
using System.Threading.Tasks;
using CspMigration.Migration.Tests.Support;
using Xunit;

namespace CspMigration.Migration.Tests.Reporting;

/// <summary>The report in a browser, with scripts off. The pictures are left in out/ReportPictures to be looked at.</summary>
public sealed class ReportPageTests(SampleReports reports, BrowserPage page) : IClassFixture<SampleReports>, IClassFixture<BrowserPage>
{
    // Elements that stick out of the page or hide what is in them; stretched bars have nothing in them to hide.
    private const string Overflowing = """
        [...document.querySelectorAll('body *')]
            .filter(element => !element.closest('svg') && !element.closest('thead'))
            .filter(element => element.getBoundingClientRect().right > window.innerWidth + 1 || element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0)
            .map(element => element.tagName + ': ' + element.textContent.slice(0, 60))
        """;

    public static TheoryData<string, int, string, string> Views
    {
        get
        {
            var views = new TheoryData<string, int, string, string>();
            foreach (var sample in new[] { "plan", "season", "trouble", "nothing" })
            {
                views.Add(sample, 360, "screen", "light");
                views.Add(sample, 360, "screen", "dark");
                views.Add(sample, 1280, "screen", "light");
                views.Add(sample, 1280, "screen", "dark");
                views.Add(sample, 720, "print", "dark");
            }

            return views;
        }
    }

    [ChromiumTheory]
    [MemberData(nameof(Views))]
    public async Task Nothing_fails_to_load_and_nothing_overflows(string sample, int width, string media, string scheme)
    {
        await page.ShowAsync(reports.PageOf(sample), width, media, scheme);
        await KeepPictureAsync($"{sample}-{width}-{media}-{scheme}.png");

        Assert.Empty(page.Errors);
        Assert.Empty(page.Requests);
        Assert.Equal(width, (int)(await page.EvaluateAsync("document.documentElement.scrollWidth"))!);
        Assert.Empty((await page.EvaluateAsync(Overflowing))!.AsArray().Select(element => (string?)element));
    }

    [ChromiumTheory]
    [InlineData("season")]
    [InlineData("trouble")]
    public async Task Every_picture_has_its_words_and_every_table_its_headings(string sample)
    {
        await page.ShowAsync(reports.PageOf(sample), 1280, "screen", "light");

        Assert.Equal(0, (int)(await page.EvaluateAsync(
            "[...document.querySelectorAll('svg')].filter(svg => !(svg.querySelector('title')?.textContent && svg.querySelector('desc')?.textContent)).length"))!);
        Assert.Equal(0, (int)(await page.EvaluateAsync(
            "[...document.querySelectorAll('[aria-labelledby]')].flatMap(element => element.getAttribute('aria-labelledby').split(' ')).filter(id => document.querySelectorAll('#' + id).length !== 1).length"))!);
        Assert.Equal(0, (int)(await page.EvaluateAsync(
            "[...document.querySelectorAll('table')].filter(table => table.querySelectorAll('thead th').length !== table.querySelectorAll('tbody tr:first-child > *').length).length"))!);
        Assert.Equal(1, (int)(await page.EvaluateAsync("document.querySelectorAll('h1').length"))!);
    }

    [ChromiumTheory]
    [InlineData("screen", "light", true)]
    [InlineData("screen", "dark", false)]
    [InlineData("print", "dark", true)]
    public async Task It_is_dark_where_that_is_wanted_and_never_on_paper(string media, string scheme, bool isLight)
    {
        await page.ShowAsync(reports.PageOf("season"), 1280, media, scheme);

        var background = (string?)await page.EvaluateAsync("getComputedStyle(document.body).backgroundColor");

        Assert.Equal(isLight, background == "rgb(255, 255, 255)");
    }

    [ChromiumTheory]
    [InlineData("fr-FR", 360)]
    [InlineData("fr-FR", 1280)]
    [InlineData("zh-TW", 360)]
    [InlineData("zh-TW", 1280)]
    public async Task Another_language_fits_as_well(string culture, int width)
    {
        await page.ShowAsync(reports.PageOf("trouble", culture), width, "screen", "light");
        await KeepPictureAsync($"trouble-{culture}-{width}.png");

        Assert.Empty(page.Errors);
        Assert.Equal(width, (int)(await page.EvaluateAsync("document.documentElement.scrollWidth"))!);
        Assert.Empty((await page.EvaluateAsync(Overflowing))!.AsArray().Select(element => (string?)element));
    }

    [ChromiumTheory]
    [InlineData("", 12)]
    [InlineData("#c3", 1)]
    public async Task The_customer_whose_link_was_followed_is_printed_alone_and_whole(string link, int customers)
    {
        // Six subscriptions are folded.
        var path = reports.PageOf("folded");
        await page.ShowAsync(path, 720, "print", "light");
        _ = await page.EvaluateAsync($"location.hash = '{link}'");

        Assert.Equal(customers, (int)(await page.EvaluateAsync("[...document.querySelectorAll('.customer')].filter(customer => customer.getClientRects().length).length"))!);
        Assert.Equal(link.Length == 0, (bool)(await page.EvaluateAsync("document.querySelector('.figures').getClientRects().length > 0"))!);
        Assert.Equal(12, (int)(await page.EvaluateAsync("document.querySelectorAll('.customer details:not([open])').length"))!);
        Assert.Equal(6, (int)(await page.EvaluateAsync($"[...document.querySelectorAll('#c3 tbody tr')].filter(row => row.checkVisibility()).length"))!);
    }

    [ChromiumTheory]
    [InlineData("trouble")]
    public async Task A_command_is_copied_whole_and_nothing_else_with_it(string sample)
    {
        await page.ShowAsync(reports.PageOf(sample), 1280, "screen", "light");

        Assert.Equal("all", (string?)await page.EvaluateAsync("getComputedStyle(document.querySelector('td pre')).userSelect"));
        Assert.Equal(0, (int)(await page.EvaluateAsync("[...document.querySelectorAll('td pre')].filter(command => /[\\n\\r]/.test(command.textContent) || command.textContent.trim() !== command.textContent).length"))!);
    }

    private async Task KeepPictureAsync(string name)
    {
        var folder = Directory.CreateDirectory(Repository.PathOf("out", "ReportPictures"));
        await File.WriteAllBytesAsync(Path.Combine(folder.FullName, name), await page.CaptureAsync());
    }
}
