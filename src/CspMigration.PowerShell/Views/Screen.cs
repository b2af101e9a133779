using System;
using System.IO;
using System.Management.Automation;
using System.Management.Automation.Host;

namespace CspMigration.PowerShell.Views;

/// <summary>The screen of a host: how wide it is, and which tables it has room for.</summary>
internal sealed class Screen
{
    // What a terminal has at least, and what one is taken to have that does not say.
    private const int NarrowWidth = 80;
    private const int WideWidth = 120;
    private const string Mark = "#Wide";

    private readonly bool _isWide;

    public Screen(int width) => _isWide = width >= WideWidth;

    /// <summary>The columns of a host's screen. What goes to a file or to another program is as for a narrow one.</summary>
    public static int WidthOf(PSHost host)
    {
        return ReadWidth(host) ?? NarrowWidth;
    }

    /// <summary>Whether a host shows what is written on a screen: not a job, nor what goes to a file or to another program.</summary>
    public static bool Has(PSHost host) => ReadWidth(host) is not null;

    private static int? ReadWidth(PSHost host)
    {
        if (host.Name == "ConsoleHost" && Console.IsOutputRedirected)
        {
            return null;
        }

        try
        {
            return host.UI?.RawUI?.WindowSize.Width is int width and > 0 ? width : null;
        }
        catch (Exception e) when (e is HostException or NotImplementedException or IOException)
        {
            return null;
        }
    }

    /// <summary>Marks an object for the tables of wide screens, by a type name before its own: views are chosen by it, and nothing else is.</summary>
    public object Fit(object item)
    {
        var name = item.GetType().FullName + Mark;
        var shown = PSObject.AsPSObject(item);

        // An object that is passed on may have been given on another screen.
        _ = shown.TypeNames.Remove(name);
        if (_isWide)
        {
            shown.TypeNames.Insert(0, name);
        }

        return shown;
    }
}
