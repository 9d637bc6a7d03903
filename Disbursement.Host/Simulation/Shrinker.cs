namespace Disbursement.Host.Simulation;

/// <summary>
/// Makes a failing script shorter: steps are left out, then faults, as long as the same law still breaks. A step keeps
/// its number and its moment, so that what is left plays as it did.
/// </summary>
/// <param name="plays">How many scripts are tried at most.</param>
internal sealed class Shrinker(Simulator simulator, long seed, int plays)
{
    private int _left = plays;

    /// <summary>The shortest script found that breaks the law, and how it does.</summary>
    public (IReadOnlyList<Step> Steps, Violation Violation) Shrink(IReadOnlyList<Step> steps, Violation violation)
    {
        // What comes after the step that broke the law did nothing to it; a world that did not rest needs the end.
        var last = violation.Law is "L10" or "books" ? int.MaxValue : violation.Step.Index;
        var (least, broken) = ((IReadOnlyList<Step>)[.. steps.Where(s => s.Index <= last)], violation);
        for (var size = least.Count / 2; size > 0; size /= 2)
            for (var at = 0; at < least.Count && least.Count > 1;)
            {
                List<Step> shorter = [.. least.Take(at), .. least.Skip(at + size)];
                if (Breaks(shorter, violation.Law) is { } same) (least, broken) = (shorter, same);
                else at += size;
                if (_left <= 0) return (least, broken);
            }
        for (var at = 0; at < least.Count; at++)
        {
            if (least[at].Mishap.Fault == Fault.None) continue;
            List<Step> calmer = [.. least];
            calmer[at] = calmer[at] with { Mishap = default };
            if (Breaks(calmer, violation.Law) is { } same) (least, broken) = (calmer, same);
            if (_left <= 0) break;
        }
        return (least, broken);
    }

    private Violation? Breaks(List<Step> steps, string law)
    {
        if (_left-- <= 0 || steps.Count == 0) return null;
        var played = simulator.Play(seed, steps);
        return played.Violation?.Law == law ? played.Violation : null;
    }
}
