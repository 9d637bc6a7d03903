using System.Globalization;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Disbursement.Tests.Mutation;

/// <summary>
/// The classic operators: a bound moved by one, a condition negated, an arithmetic sign turned, a constant one more, a
/// call of no value left out, a returned value changed.
/// </summary>
internal static class Slips
{
    private static readonly Dictionary<Code, OpCode> s_negated = Pairs(
        (OpCodes.Beq, OpCodes.Bne_Un), (OpCodes.Blt, OpCodes.Bge), (OpCodes.Bgt, OpCodes.Ble),
        (OpCodes.Blt_Un, OpCodes.Bge_Un), (OpCodes.Bgt_Un, OpCodes.Ble_Un), (OpCodes.Brtrue, OpCodes.Brfalse));

    private static readonly Dictionary<Code, OpCode> s_moved = Pairs(
        (OpCodes.Blt, OpCodes.Ble), (OpCodes.Bgt, OpCodes.Bge), (OpCodes.Blt_Un, OpCodes.Ble_Un),
        (OpCodes.Bgt_Un, OpCodes.Bge_Un));

    private static readonly Dictionary<Code, OpCode> s_turned = Pairs(
        (OpCodes.Add, OpCodes.Sub), (OpCodes.Add_Ovf, OpCodes.Sub_Ovf), (OpCodes.Mul, OpCodes.Div),
        (OpCodes.Add_Ovf_Un, OpCodes.Sub_Ovf_Un));

    /// <summary>Operators of Money, moments and days.</summary>
    private static readonly Dictionary<string, (string[] Others, string Kind)> s_operators = new()
    {
        ["op_LessThan"] = (["op_LessThanOrEqual", "op_GreaterThanOrEqual"], "comparison"),
        ["op_LessThanOrEqual"] = (["op_LessThan", "op_GreaterThan"], "comparison"),
        ["op_GreaterThan"] = (["op_GreaterThanOrEqual", "op_LessThanOrEqual"], "comparison"),
        ["op_GreaterThanOrEqual"] = (["op_GreaterThan", "op_LessThan"], "comparison"),
        ["op_Equality"] = (["op_Inequality"], "comparison"),
        ["op_Inequality"] = (["op_Equality"], "comparison"),
        ["op_Addition"] = (["op_Subtraction"], "arithmetic"),
        ["op_Subtraction"] = (["op_Addition"], "arithmetic"),
    };

    /// <summary>Each slip of an instruction: what is done in its stead, with the same things on the stack.</summary>
    public static IEnumerable<(string Slip, Instruction[] Wrong)> Of(MethodDefinition method, Instruction at)
    {
        if (at.Previous is { OpCode.OpCodeType: OpCodeType.Prefix }) return [];
        return [.. Conditions(at), .. Arithmetic(at), .. Constants(at), .. Calls(at), .. Returns(method, at)];
    }

    private static IEnumerable<(string, Instruction[])> Conditions(Instruction at)
    {
        if (s_moved.TryGetValue(at.OpCode.Code, out var moved))
            yield return ($"bound {at.OpCode} to {moved}", [Instruction.Create(moved, (Instruction)at.Operand)]);
        if (s_negated.TryGetValue(at.OpCode.Code, out var negated) && !IsOwn(at))
            yield return ($"condition {at.OpCode} to {negated}",
                [Instruction.Create(negated, (Instruction)at.Operand)]);
        if (at.OpCode.Code is Code.Ceq or Code.Clt or Code.Cgt or Code.Clt_Un or Code.Cgt_Un && !IsNot(at))
            yield return ($"condition {at.OpCode} negated", [Instruction.Create(at.OpCode), .. Not()]);
        if (at.OpCode.Code is Code.Clt or Code.Cgt)
            yield return ($"bound {at.OpCode}",
                [Instruction.Create(at.OpCode.Code == Code.Clt ? OpCodes.Cgt : OpCodes.Clt), .. Not()]);
    }

    private static IEnumerable<(string, Instruction[])> Arithmetic(Instruction at)
    {
        if (s_turned.TryGetValue(at.OpCode.Code, out var turned))
            yield return ($"arithmetic {at.OpCode} to {turned}", [Instruction.Create(turned)]);
        if (at.OpCode.Code != Code.Call || at.Operand is not MethodReference called
            || !s_operators.TryGetValue(called.Name, out var others)) yield break;
        foreach (var name in others.Others)
            if (Sibling(called, name) is { } other)
                yield return ($"{others.Kind} {called.DeclaringType.Name}.{called.Name} to {name}",
                    [Instruction.Create(OpCodes.Call, other)]);
    }

    private static IEnumerable<(string, Instruction[])> Constants(Instruction at)
    {
        if (at.OpCode.Code is not (Code.Ldc_I4 or Code.Ldc_I8) || IsShape(at)) yield break;
        // 1 is true, too.
        var said = Convert.ToInt64(at.Operand, CultureInfo.InvariantCulture);
        var other = said is 1 or int.MaxValue or long.MaxValue ? said - 1 : said + 1;
        yield return ($"constant {said} to {other}", [at.OpCode.Code == Code.Ldc_I8
            ? Instruction.Create(OpCodes.Ldc_I8, other) : Instruction.Create(OpCodes.Ldc_I4, (int)other)]);
    }

    private static IEnumerable<(string, Instruction[])> Calls(Instruction at)
    {
        if (at.OpCode.Code is not (Code.Call or Code.Callvirt) || at.Operand is not MethodReference called
            || called.ReturnType.MetadataType != MetadataType.Void
            || called.Name is ".ctor" or "Dispose" or "AppendLiteral" or "AppendFormatted" or "SetCount") yield break;
        var many = called.Parameters.Count + (called.HasThis ? 1 : 0);
        var popped = Enumerable.Range(0, many).Select(_ => Instruction.Create(OpCodes.Pop)).ToArray();
        yield return ($"no call of {called.DeclaringType.Name}.{called.Name}",
            popped.Length > 0 ? popped : [Instruction.Create(OpCodes.Nop)]);
    }

    private static IEnumerable<(string, Instruction[])> Returns(MethodDefinition method, Instruction at)
    {
        if (at.OpCode.Code != Code.Ret) yield break;
        switch (method.ReturnType.MetadataType)
        {
            case MetadataType.Boolean:
                yield return ("the other is returned", [.. Not(), Instruction.Create(OpCodes.Ret)]);
                break;
            case MetadataType.Int32:
                yield return ("0 is returned", [Instruction.Create(OpCodes.Pop),
                    Instruction.Create(OpCodes.Ldc_I4, 0), Instruction.Create(OpCodes.Ret)]);
                break;
            case MetadataType.Int64:
                yield return ("0 is returned", [Instruction.Create(OpCodes.Pop),
                    Instruction.Create(OpCodes.Ldc_I8, 0L), Instruction.Create(OpCodes.Ret)]);
                break;
        }
    }

    private static Instruction[] Not() => [Instruction.Create(OpCodes.Ldc_I4, 0), Instruction.Create(OpCodes.Ceq)];

    /// <summary>The compiler's way to say "not" of what was compared just before.</summary>
    private static bool IsNot(Instruction at) => at.OpCode.Code == Code.Ceq
        && at.Previous is { OpCode.Code: Code.Ldc_I4, Operand: 0 } zero
        && zero.Previous?.OpCode.Code is Code.Ceq or Code.Clt or Code.Cgt or Code.Clt_Un or Code.Cgt_Un;

    /// <summary>The compiler's own: whether there is something to dispose of, whether a delegate was made before.
    /// </summary>
    private static bool IsOwn(Instruction at) => at.OpCode.Code is Code.Brtrue or Code.Brfalse
        && (at.Next?.Next is { Operand: MethodReference { Name: "Dispose" } }
            || at.Previous is { OpCode.Code: Code.Dup, Previous.Operand: FieldReference { Name: ['<', '>', ..] } });

    /// <summary>A number that the compiler wrote, or that is a size to begin with: changing it changes no decision.
    /// </summary>
    private static bool IsShape(Instruction at)
    {
        var (next, then) = (at.Next, at.Next?.Next);
        if (next is null || next.OpCode.Code == Code.Newarr) return true;
        if (next.OpCode.Code == Code.Ceq && at.Operand is 0) return true;
        // The place in an array, list or interpolated text that is being written.
        for (var (i, ahead) = (next, 0); i is not null && ahead < 3; i = i.Next, ahead++)
            if (i.Operand is MethodReference { DeclaringType.Name: var type } called
                && (type.StartsWith("<PrivateImpl", StringComparison.Ordinal) || called.Name == "SetCount"
                    || called.Name == ".ctor" && type is "List`1" or "DefaultInterpolatedStringHandler"))
                return ahead < 2 || type == "DefaultInterpolatedStringHandler";
        return at.Previous?.OpCode.Code == Code.Dup && then is not null
            && (next.OpCode.Code is Code.Ldelema || Stores(next));
    }

    private static bool Stores(Instruction value)
    {
        for (var (i, ahead) = (value, 0); i is not null && ahead < 8; i = i.Next, ahead++)
            if (i.OpCode.Code is Code.Stelem_Any or Code.Stelem_I1 or Code.Stelem_I2 or Code.Stelem_I4
                or Code.Stelem_I8 or Code.Stelem_Ref) return true;
        return false;
    }

    private static MethodReference? Sibling(MethodReference called, string name) =>
        called.DeclaringType.Resolve()?.Methods.FirstOrDefault(m => m.Name == name
            && m.ReturnType.FullName == called.ReturnType.FullName
            && m.Parameters.Select(p => p.ParameterType.FullName)
                .SequenceEqual(called.Parameters.Select(p => p.ParameterType.FullName))) is { } found
            && !called.DeclaringType.IsGenericInstance ? called.Module.ImportReference(found) : null;

    private static Dictionary<Code, OpCode> Pairs(params (OpCode One, OpCode Other)[] pairs) => pairs
        .SelectMany(p => new[] { (p.One.Code, p.Other), (p.Other.Code, p.One) })
        .ToDictionary(p => p.Item1, p => p.Item2);
}
