namespace Disbursement.Engine.Ports;

/// <summary>Reads rows of the locked ledger within the decision's transaction.</summary>
/// <remarks>Conditions are equalities on columns, named as in the table. Results are in key order.</remarks>
public interface IRowReader
{
    T? Find<T>(params ReadOnlySpan<(string Column, object Value)> where) where T : class, IRow;
    IReadOnlyList<T> List<T>(params ReadOnlySpan<(string Column, object Value)> where) where T : class, IRow;
    long Count<T>(params ReadOnlySpan<(string Column, object Value)> where) where T : class, IRow;
}
