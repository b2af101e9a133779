using System;
using System.IO;
using System.Reflection;
using CspMigration.Contracts;

namespace CspMigration.PowerShell.Loading;

/// <summary>
/// Loads everything in <c>lib/</c> into a load context of its own, so that the module's dependencies meet no one
/// else's. No type of Core may be named in this class: it runs before Core can be found.
/// </summary>
internal static class PrivateLoad
{
    /// <summary>Where the private libraries are.</summary>
    public static readonly string Library = Path.Combine(Path.GetDirectoryName(typeof(PrivateLoad).Assembly.Location), "lib");
    private static readonly Lazy<Func<string, Assembly?>> Loader = new(CreateLoader);
    private static readonly object Gate = new();
    private static bool _enabled;

    /// <summary>Once a process: there is one handler, and it stays, because a held cmdlet may outlive the module. Runspaces that import at once all wait for it.</summary>
    public static void Enable()
    {
        lock (Gate)
        {
            if (_enabled)
            {
                return;
            }

            // Contracts are shared with PowerShell: they are loaded there before Core asks for them.
            GC.KeepAlive(typeof(CspPartner));
            AppDomain.CurrentDomain.AssemblyResolve += Answer;
            _enabled = true;
        }
    }

    private static Assembly? Answer(object sender, ResolveEventArgs request)
    {
        var name = new AssemblyName(request.Name).Name;
        var isOurs = name is "CspMigration.Core" or "CspMigration.Graph" or "CspMigration.PartnerCenter" or "CspMigration.Sandbox";
        return isOurs || IsDesktopRequest(request) ? Loader.Value(name) : null;
    }

    // .NET Framework has no load contexts: what a library of ours asks for is answered here too, whatever the version.
    private static bool IsDesktopRequest(ResolveEventArgs request)
    {
        return LoadContextType() is null
            && request.RequestingAssembly is { IsDynamic: false } asking
            && asking.Location.StartsWith(Library, StringComparison.OrdinalIgnoreCase);
    }

    private static Func<string, Assembly?> CreateLoader()
    {
        var type = LoadContextType();
        if (type is null)
        {
            return name => Find(name, "desktop") is { } file ? Assembly.LoadFrom(file) : null;
        }

        var context = Activator.CreateInstance(type, "CspMigration", false);
        var load = (Func<string, Assembly>)type.GetMethod("LoadFromAssemblyPath").CreateDelegate(typeof(Func<string, Assembly>), context);

        // Asked only after PowerShell's own context failed: System.* files of lib/ serve only hosts that lack the version.
        Func<object, AssemblyName, Assembly?> missing = (_, name) => Find(name.Name) is { } file ? load(file) : null;
        var resolving = type.GetEvent("Resolving");
        resolving.AddEventHandler(context, Delegate.CreateDelegate(resolving.EventHandlerType, missing.Target, missing.Method));
        foreach (var file in Directory.GetFiles(Library, "*.dll"))
        {
            if (!Path.GetFileName(file).StartsWith("System.", StringComparison.Ordinal))
            {
                _ = load(file);
            }
        }

        return name => Find(name) is { } file ? load(file) : null;
    }

    /// <summary>The type of load contexts; null on .NET Framework, which has none.</summary>
    public static Type? LoadContextType() => typeof(object).Assembly.GetType("System.Runtime.Loader.AssemblyLoadContext");

    private static string? Find(string name, string? preferredFolder = null)
    {
        var preferred = preferredFolder is null ? null : Path.Combine(Library, preferredFolder, name + ".dll");
        if (preferred is not null && File.Exists(preferred))
        {
            return preferred;
        }

        var file = Path.Combine(Library, name + ".dll");
        return File.Exists(file) ? file : null;
    }
}
