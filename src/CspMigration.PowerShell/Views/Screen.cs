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

    public Screen(PSHost host) => _isWide = WidthOf(host) >= WideWidth;

    /// <summary>The columns of a host's screen.</summary>
    public static int WidthOf(PSHost host)
    {
        try
        {
            return host.UI?.RawUI?.WindowSize.Width is int width and > 0 ? width : NarrowWidth;
        }
        catch (Exception e) when (e is HostException or NotImplementedException or IOException)
        {
            return NarrowWidth;
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
