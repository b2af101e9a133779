using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Xml.Linq;
using CspMigration.HelpBuilder.Cmdlets;
using CspMigration.HelpBuilder.Markdown;

namespace CspMigration.HelpBuilder.Output;

/// <summary>Writes the help of cmdlets as MAML, the XML that Get-Help reads.</summary>
internal static class MamlWriter
{
    private static readonly XNamespace Msh = "http://msh";
    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    public static void Write(string path, IReadOnlyList<CmdletHelp> help)
    {
        var root = new XElement(Msh + "helpItems", new XAttribute("schema", "maml"), help.Select(Element));
        new XDocument(root).Save(path);
    }

    private static XElement Element(CmdletHelp help)
    {
        return new XElement(
            Command + "command",
            new XAttribute(XNamespace.Xmlns + "maml", Maml),
            new XAttribute(XNamespace.Xmlns + "command", Command),
            new XAttribute(XNamespace.Xmlns + "dev", Dev),
            new XElement(
                Command + "details",
                new XElement(Command + "name", help.Cmdlet.Name),
                new XElement(Command + "verb", help.Cmdlet.Verb),
                new XElement(Command + "noun", help.Cmdlet.Noun),
                Description([help.Synopsis])),
            Description(help.Description),
            new XElement(Command + "syntax", help.Cmdlet.Sets.Select(set => Syntax(help, set))),
            new XElement(
                Command + "parameters",
                help.Cmdlet.Parameters.OrderBy(parameter => parameter.Name).Select(parameter => Parameter(help, parameter, parameter.Combined, withValues: false))),
            new XElement(Command + "inputTypes", help.Inputs.Select(input => Typed("inputType", input.Type, input.Text))),
            new XElement(Command + "returnValues", help.Outputs.Select(output => Typed("returnValue", output.Type, output.Text))),
            new XElement(Maml + "alertSet", new XElement(Maml + "alert", Paragraphs(help.Errors))),
            new XElement(Command + "examples", help.Examples.Select(Element)),
            new XElement(Command + "relatedLinks", help.Links.Select(link => Element(link.Text, link.Address))));
    }

    private static XElement Syntax(CmdletHelp help, string set)
    {
        var used = help.Cmdlet.Parameters
            .Select(parameter => (Parameter: parameter, Use: parameter.In(set)))
            .Where(pair => pair.Use is not null)
            .OrderBy(pair => CmdletParameter.Order(pair.Use!));
        return new XElement(
            Command + "syntaxItem",
            new XElement(Maml + "name", help.Cmdlet.Name),
            used.Select(pair => Parameter(help, pair.Parameter, pair.Use!, withValues: true)));
    }

    private static XElement Parameter(CmdletHelp help, CmdletParameter parameter, ParameterUse use, bool withValues)
    {
        return new XElement(
            Command + "parameter",
            new XAttribute("required", use.IsMandatory),
            new XAttribute("variableLength", parameter.IsArray),
            new XAttribute("globbing", parameter.AcceptsWildcards),
            new XAttribute("pipelineInput", PipelineInput(use)),
            new XAttribute("position", use.Position?.ToString(CultureInfo.InvariantCulture) ?? "named"),
            new XAttribute("aliases", parameter.Aliases.Count == 0 ? "none" : string.Join(", ", parameter.Aliases)),
            new XElement(Maml + "name", parameter.Name),
            Description(help.Parameters[parameter.Name]),
            withValues && parameter.Values.Count > 0
                ? new XElement(Command + "parameterValueGroup", parameter.Values.Select(value => ParameterValue(value, isRequired: false, isArray: false)))
                : null,
            withValues && parameter.IsSwitch ? null : ParameterValue(parameter.TypeName, isRequired: !parameter.IsSwitch, parameter.IsArray),
            new XElement(Dev + "type", new XElement(Maml + "name", parameter.FullTypeName), new XElement(Maml + "uri")));
    }

    private static XElement ParameterValue(string value, bool isRequired, bool isArray)
    {
        return new XElement(
            Command + "parameterValue",
            new XAttribute("required", isRequired),
            new XAttribute("variableLength", isArray),
            value);
    }

    private static string PipelineInput(ParameterUse use)
    {
        return (use.ByValue, use.ByPropertyName) switch
        {
            (true, true) => "True (ByPropertyName, ByValue)",
            (true, false) => "True (ByValue)",
            (false, true) => "True (ByPropertyName)",
            _ => "False",
        };
    }

    private static XElement Typed(string name, string type, IReadOnlyList<string> text)
    {
        return new XElement(
            Command + name,
            new XElement(Dev + "type", new XElement(Maml + "name", type)),
            Description(text));
    }

    // The output stands with the code, because only there does Get-Help keep columns. The empty paragraph parts examples.
    private static XElement Element(Example example, int number)
    {
        return new XElement(
            Command + "example",
            new XElement(Maml + "title", $"---------- Example {number + 1}: {example.Title} ----------"),
            new XElement(Dev + "code", example.Output is null ? example.Code : $"{example.Code}\n\n{ConsoleText.Narrow(example.Output)}"),
            new XElement(Dev + "remarks", Paragraphs([.. example.Remarks, ""])));
    }

    private static XElement Element(string text, string? address)
    {
        return new XElement(Maml + "navigationLink", new XElement(Maml + "linkText", text), new XElement(Maml + "uri", address));
    }

    private static XElement Description(IEnumerable<string> paragraphs) => new(Maml + "description", Paragraphs(paragraphs));

    private static IEnumerable<XElement> Paragraphs(IEnumerable<string> paragraphs) => paragraphs.Select(text => new XElement(Maml + "para", text));
}
