namespace Disbursement.BankAdapters.Sandbox.Https;

/// <summary>What a server of the bank's answers with.</summary>
internal interface IPages
{
    HttpReply Answer(HttpRequest request);

    /// <summary>The name of the disbursement file that such a request uploads; null for anything else.</summary>
    string? Upload(string method, string path, string query);
}
