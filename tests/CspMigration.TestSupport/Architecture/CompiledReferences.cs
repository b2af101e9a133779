using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace CspMigration.TestSupport.Architecture;

/// <summary>Which types of an assembly use which others of it, read from its metadata without loading it. What is nested belongs to the outermost type.</summary>
internal sealed class CompiledReferences
{
    private static readonly Dictionary<int, OpCode> OpCodesByValue = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => (int)(ushort)code.Value);

    private readonly HashSet<Reference> _all = [];
    private readonly MetadataReader _metadata;
    private readonly PEReader _file;
    private readonly UsedTypes _signatures;

    private CompiledReferences(PEReader file)
    {
        _file = file;
        _metadata = file.GetMetadataReader();
        _signatures = new UsedTypes(_metadata);
    }

    public IReadOnlyCollection<Reference> All => _all;

    public IReadOnlyList<string> Namespaces { get; private set; } = [];

    public static CompiledReferences Read(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        var references = new CompiledReferences(file);
        references.ReadTypes();
        return references;
    }

    private void ReadTypes()
    {
        foreach (var handle in _metadata.TypeDefinitions)
        {
            var type = _metadata.GetTypeDefinition(handle);
            var name = FullName(handle);
            IEnumerable<EntityHandle> heritage = [type.BaseType, .. type.GetInterfaceImplementations().Select(item => _metadata.GetInterfaceImplementation(item).Interface)];
            Add(handle, name, heritage.SelectMany(TypesOf));
            Add(handle, name, Constraints(type.GetGenericParameters()).Concat(Attributes(type.GetCustomAttributes())));
            foreach (var field in type.GetFields().Select(_metadata.GetFieldDefinition))
            {
                Add(handle, $"{name}.{_metadata.GetString(field.Name)}", field.DecodeSignature(_signatures, null).Concat(Attributes(field.GetCustomAttributes())));
            }

            foreach (var method in type.GetMethods().Select(_metadata.GetMethodDefinition))
            {
                Add(handle, $"{name}.{_metadata.GetString(method.Name)}", TypesOf(method));
            }
        }

        Namespaces = _metadata.TypeDefinitions.Select(handle => _metadata.GetString(_metadata.GetTypeDefinition(Outermost(handle)).Namespace)).Distinct().ToList();
    }

    private void Add(TypeDefinitionHandle from, string member, IEnumerable<TypeDefinitionHandle> used)
    {
        var fromNamespace = NamespaceOf(from);
        foreach (var type in used.Select(Outermost).Distinct())
        {
            _ = _all.Add(new Reference(fromNamespace, member, NamespaceOf(type), FullName(type)));
        }
    }

    private IEnumerable<TypeDefinitionHandle> TypesOf(MethodDefinition method)
    {
        var signature = method.DecodeSignature(_signatures, null);
        var types = signature.ReturnType.Concat(signature.ParameterTypes.SelectMany(parameter => parameter))
            .Concat(Constraints(method.GetGenericParameters()))
            .Concat(Attributes(method.GetCustomAttributes()));
        if (method.RelativeVirtualAddress == 0)
        {
            return types;
        }

        var body = _file.GetMethodBody(method.RelativeVirtualAddress);
        var locals = body.LocalSignature.IsNil ? [] : _metadata.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(_signatures, null).SelectMany(local => local);
        return types.Concat(locals)
            .Concat(body.ExceptionRegions.SelectMany(region => TypesOf(region.CatchType)))
            .Concat(Tokens(body.GetILBytes()!).SelectMany(TypesOf));
    }

    private IEnumerable<TypeDefinitionHandle> TypesOf(EntityHandle handle)
    {
        if (handle.IsNil)
        {
            return [];
        }

        switch (handle.Kind)
        {
            case HandleKind.TypeDefinition:
                return [(TypeDefinitionHandle)handle];
            case HandleKind.TypeSpecification:
                return _metadata.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(_signatures, null);
            case HandleKind.FieldDefinition:
                return [_metadata.GetFieldDefinition((FieldDefinitionHandle)handle).GetDeclaringType()];
            case HandleKind.MethodDefinition:
                return [_metadata.GetMethodDefinition((MethodDefinitionHandle)handle).GetDeclaringType()];
            case HandleKind.MemberReference:
                return TypesOf(_metadata.GetMemberReference((MemberReferenceHandle)handle).Parent);
            case HandleKind.MethodSpecification:
                var method = _metadata.GetMethodSpecification((MethodSpecificationHandle)handle);
                return TypesOf(method.Method).Concat(method.DecodeSignature(_signatures, null).SelectMany(argument => argument));
            default:
                return [];
        }
    }

    private IEnumerable<TypeDefinitionHandle> Constraints(GenericParameterHandleCollection parameters) => parameters
        .SelectMany(parameter => _metadata.GetGenericParameter(parameter).GetConstraints())
        .SelectMany(constraint => TypesOf(_metadata.GetGenericParameterConstraint(constraint).Type));

    private IEnumerable<TypeDefinitionHandle> Attributes(CustomAttributeHandleCollection attributes) =>
        attributes.SelectMany(attribute => TypesOf(_metadata.GetCustomAttribute(attribute).Constructor));

    private static IEnumerable<EntityHandle> Tokens(byte[] code)
    {
        for (var at = 0; at < code.Length;)
        {
            var value = code[at] == 0xFE ? (code[at] << 8) | code[at + 1] : code[at];
            var opCode = OpCodesByValue[value];
            at += opCode.Size;
            if (opCode.OperandType is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType)
            {
                yield return MetadataTokens.EntityHandle(BitConverter.ToInt32(code, at));
            }

            at += OperandSize(opCode.OperandType, code, at);
        }
    }

    private static int OperandSize(OperandType operand, byte[] code, int at) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
        _ => 4,
    };

    private TypeDefinitionHandle Outermost(TypeDefinitionHandle handle)
    {
        var type = _metadata.GetTypeDefinition(handle);
        return type.IsNested ? Outermost(type.GetDeclaringType()) : handle;
    }

    private string NamespaceOf(TypeDefinitionHandle handle) => _metadata.GetString(_metadata.GetTypeDefinition(Outermost(handle)).Namespace);

    private string FullName(TypeDefinitionHandle handle) => _metadata.GetString(_metadata.GetTypeDefinition(Outermost(handle)).Name);

    /// <summary>One use of a type.</summary>
    internal sealed record Reference(string FromNamespace, string Member, string ToNamespace, string UsedType)
    {
        public override string ToString() => $"{Member} uses {UsedType}";
    }

    /// <summary>Collects the assembly's own types out of a signature.</summary>
    private sealed class UsedTypes(MetadataReader metadata) : ISignatureTypeProvider<ImmutableArray<TypeDefinitionHandle>, object?>
    {
        public ImmutableArray<TypeDefinitionHandle> GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => [handle];

        public ImmutableArray<TypeDefinitionHandle> GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => [];

        public ImmutableArray<TypeDefinitionHandle> GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
            metadata.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

        public ImmutableArray<TypeDefinitionHandle> GetGenericInstantiation(
            ImmutableArray<TypeDefinitionHandle> genericType, ImmutableArray<ImmutableArray<TypeDefinitionHandle>> typeArguments) => [.. genericType, .. typeArguments.SelectMany(argument => argument)];

        public ImmutableArray<TypeDefinitionHandle> GetFunctionPointerType(MethodSignature<ImmutableArray<TypeDefinitionHandle>> signature) =>
            [.. signature.ReturnType, .. signature.ParameterTypes.SelectMany(parameter => parameter)];

        public ImmutableArray<TypeDefinitionHandle> GetModifiedType(
            ImmutableArray<TypeDefinitionHandle> modifier, ImmutableArray<TypeDefinitionHandle> unmodifiedType, bool isRequired) => [.. modifier, .. unmodifiedType];

        public ImmutableArray<TypeDefinitionHandle> GetArrayType(ImmutableArray<TypeDefinitionHandle> elementType, ArrayShape shape) => elementType;

        public ImmutableArray<TypeDefinitionHandle> GetByReferenceType(ImmutableArray<TypeDefinitionHandle> elementType) => elementType;

        public ImmutableArray<TypeDefinitionHandle> GetPinnedType(ImmutableArray<TypeDefinitionHandle> elementType) => elementType;

        public ImmutableArray<TypeDefinitionHandle> GetPointerType(ImmutableArray<TypeDefinitionHandle> elementType) => elementType;

        public ImmutableArray<TypeDefinitionHandle> GetSZArrayType(ImmutableArray<TypeDefinitionHandle> elementType) => elementType;

        public ImmutableArray<TypeDefinitionHandle> GetGenericMethodParameter(object? genericContext, int index) => [];

        public ImmutableArray<TypeDefinitionHandle> GetGenericTypeParameter(object? genericContext, int index) => [];

        public ImmutableArray<TypeDefinitionHandle> GetPrimitiveType(PrimitiveTypeCode typeCode) => [];
    }
}
