using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Disbursement.Host.Fuzz;

/// <summary>Makes a copy of an assembly that tells <see cref="EdgeMap"/> of every block it enters.</summary>
/// <remarks>Needs Mono.Cecil, which does not ship with the program (specs/adr/0020): whoever calls this has seen to it
/// that it can be loaded.</remarks>
public static class Instrumenter
{
    private static readonly Dictionary<string, OpCode> s_longBranches = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!).Where(code => code.OperandType is OperandType.InlineBrTarget)
        .ToDictionary(code => code.Name, StringComparer.Ordinal);

    /// <summary>The copy's bytes: the same file and choice give the same ones but for its head.</summary>
    /// <param name="includes">By full name, which types are counted.</param>
    public static byte[] Of(string assembly, Func<string, bool> includes)
    {
        using var module = ModuleDefinition.ReadModule(assembly);
        var hit = module.ImportReference(typeof(EdgeMap).GetMethod(nameof(EdgeMap.Hit)));
        var blocks = 0;
        foreach (var type in module.GetTypes().Where(type => includes(type.FullName)))
            foreach (var method in type.Methods.Where(method => method.HasBody))
                blocks = Mark(method.Body, hit, blocks);
        using var copy = new MemoryStream();
        module.Write(copy);
        return copy.ToArray();
    }

    private static int Mark(MethodBody body, MethodReference hit, int blocks)
    {
        foreach (var branch in body.Instructions.Where(i => i.OpCode.OperandType is OperandType.ShortInlineBrTarget))
            branch.OpCode = s_longBranches[branch.OpCode.Name[..^".s".Length]];
        var (leaders, code) = (Leaders(body), body.GetILProcessor());
        foreach (var leader in body.Instructions.Where(leaders.Contains).ToList())
        {
            // What jumps to the block, and the bounds of handlers, name this very instruction: it becomes the call's
            // first, and what it was comes behind.
            var was = code.Create(OpCodes.Nop);
            (was.OpCode, was.Operand) = (leader.OpCode, leader.Operand);
            code.InsertAfter(leader, was);
            code.InsertAfter(leader, code.Create(OpCodes.Call, hit));
            (leader.OpCode, leader.Operand) = (OpCodes.Ldc_I4, Spread(blocks++));
        }
        return blocks;
    }

    /// <summary>Each number below the map's size gives another one, without any pattern: blocks that are numbered in a
    /// row would give many edges one place.</summary>
    private static int Spread(int block)
    {
        unchecked
        {
            var spread = ((uint)block * 0x9E3779B1) % EdgeMap.Size;
            spread = ((spread ^ (spread >> 9)) * 0x85EBCA6B) % EdgeMap.Size;
            return (int)(spread ^ (spread >> 9));
        }
    }

    /// <summary>The first instruction of every block.</summary>
    private static HashSet<Instruction> Leaders(MethodBody body)
    {
        var leaders = new HashSet<Instruction> { body.Instructions[0] };
        foreach (var instruction in body.Instructions)
        {
            if (instruction.Operand is Instruction target) leaders.Add(target);
            if (instruction.Operand is Instruction[] targets) leaders.UnionWith(targets);
            if (instruction.OpCode.FlowControl is FlowControl.Cond_Branch && instruction.Next is { } otherwise)
                leaders.Add(otherwise);
        }
        foreach (var handler in body.ExceptionHandlers)
        {
            leaders.Add(handler.HandlerStart);
            if (handler.FilterStart is { } filter) leaders.Add(filter);
        }
        return leaders;
    }
}
