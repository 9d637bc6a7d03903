using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Disbursement.Tests.Mutation;

/// <summary>One slip of one instruction.</summary>
/// <param name="Id">Its number among all of the assembly: the same for the same build.</param>
/// <param name="Place">Type and method, source file and line.</param>
/// <param name="Slip">What it does, as "&lt; to &lt;=".</param>
public sealed record Mutant(int Id, string Place, string Slip);

/// <summary>
/// Makes a copy of an assembly that has every mutant in it, each behind a question to <see cref="Mutants.Is"/>: one
/// build and one start for all of them.
/// </summary>
public static class MutantWriter
{
    /// <summary>The copy, and the mutants in it.</summary>
    /// <param name="assembly">With its symbols beside it.</param>
    /// <param name="includes">Which types, by full name of the outermost one.</param>
    public static (byte[] Copy, IReadOnlyList<Mutant> Mutants) Of(string assembly, Func<string, bool> includes)
    {
        using var module = ModuleDefinition.ReadModule(assembly, new ReaderParameters { ReadSymbols = true });
        var question = module.ImportReference(typeof(Mutants).GetMethod(nameof(Mutants.Is)));
        var mutants = new List<Mutant>();
        foreach (var type in module.GetTypes().Where(t => includes(Outermost(t).FullName)))
            foreach (var method in type.Methods.Where(IsWritten))
                Plant(method, question, mutants);
        using var copy = new MemoryStream();
        module.Write(copy);
        return (copy.ToArray(), mutants);
    }

    /// <summary>By a person: not a record's equality, not a property's own accessor, not a state machine of yield.
    /// </summary>
    private static bool IsWritten(MethodDefinition method) => method.HasBody
        && method.DebugInformation.HasSequencePoints
        && !method.DeclaringType.Interfaces.Any(i => i.InterfaceType.Name == "IEnumerator")
        && (method.Name.StartsWith('<') || !method.CustomAttributes.Any(a =>
            a.AttributeType.Name == "CompilerGeneratedAttribute"));

    private static void Plant(MethodDefinition method, MethodReference question, List<Mutant> mutants)
    {
        var body = method.Body;
        body.SimplifyMacros();
        var lines = Lines(method);
        var code = body.GetILProcessor();
        foreach (var at in body.Instructions.ToList())
        {
            var slips = Slips.Of(method, at).ToList();
            if (slips.Count == 0 || !lines.TryGetValue(at, out var line)) continue;
            // What jumps here, and the bounds of handlers, name this very instruction: it becomes the first question,
            // and what it was comes behind.
            var was = code.Create(OpCodes.Nop);
            (was.OpCode, was.Operand) = (at.OpCode, at.Operand);
            var next = at.Next;
            code.InsertAfter(at, was);
            var last = at;
            foreach (var (slip, wrong) in slips)
            {
                var id = mutants.Count;
                mutants.Add(new Mutant(id, $"{Outermost(method.DeclaringType).Name}.{Name(method)} {line}", slip));
                var (number, otherwise) = (code.Create(OpCodes.Ldc_I4, id), code.Create(OpCodes.Nop));
                if (last == at) (at.OpCode, at.Operand) = (OpCodes.Ldc_I4, id);
                else Add(number);
                Add(code.Create(OpCodes.Call, question));
                Add(code.Create(OpCodes.Brfalse, otherwise));
                foreach (var instruction in wrong) Add(instruction);
                if (next is not null && wrong[^1].OpCode != OpCodes.Ret) Add(code.Create(OpCodes.Br, next));
                Add(otherwise);
            }

            void Add(Instruction instruction)
            {
                code.InsertAfter(last, instruction);
                last = instruction;
            }
        }
    }

    /// <summary>File and line of each instruction that has one.</summary>
    private static Dictionary<Instruction, string> Lines(MethodDefinition method)
    {
        var points = method.DebugInformation.SequencePoints.Where(p => !p.IsHidden).ToList();
        var lines = new Dictionary<Instruction, string>();
        foreach (var instruction in method.Body.Instructions)
            if (points.LastOrDefault(p => p.Offset <= instruction.Offset) is { } point)
                lines[instruction] = $"{Path.GetFileName(point.Document.Url)}:{point.StartLine}";
        return lines;
    }

    private static string Name(MethodDefinition method) =>
        method.Name.StartsWith('<') ? method.Name[1..method.Name.IndexOf('>', StringComparison.Ordinal)] : method.Name;

    private static TypeDefinition Outermost(TypeDefinition type) =>
        type.DeclaringType is { } outer ? Outermost(outer) : type;
}
